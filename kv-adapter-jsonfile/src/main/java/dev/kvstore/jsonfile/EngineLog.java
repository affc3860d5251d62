package dev.kvstore.jsonfile;

/** The engine's log. In a class of its own, because it takes long to make one, and most openings log nothing. */
final class EngineLog {

  static final System.Logger LOG = System.getLogger(JsonFileStorage.class.getName());

  private EngineLog() {}
}
