package dev.kvstore.bench.engine;

/** What has happened to a write when the call returns. */
public enum Durability {
  /** It was forced to the disk, alone or in a group. */
  FORCED,
  /** Nothing was forced; {@link EngineType#settings} says what a killed process loses. */
  UNFORCED
}
