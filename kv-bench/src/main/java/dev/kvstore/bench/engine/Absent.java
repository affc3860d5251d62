package dev.kvstore.bench.engine;

/** The check that a commit of new entries met no old one. */
final class Absent {

  private Absent() {}

  static void require(boolean absent, String key) {
    if (!absent) {
      throw new IllegalStateException("the key " + key + " is there already");
    }
  }
}
