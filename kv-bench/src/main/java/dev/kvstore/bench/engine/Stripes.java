package dev.kvstore.bench.engine;

/** Locks for the keys of a store that has no create-if-absent of its own: calls on one key take turns, others seldom do. */
final class Stripes {

  private static final int COUNT = 1024;

  private final Object[] locks = new Object[COUNT];

  Stripes() {
    for (int i = 0; i < COUNT; i++) {
      locks[i] = new Object();
    }
  }

  Object of(String key) {
    int hash = key.hashCode() * 0x9E3779B9;
    return locks[hash >>> 22];
  }
}
