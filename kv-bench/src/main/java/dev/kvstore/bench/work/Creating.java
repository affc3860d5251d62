package dev.kvstore.bench.work;

import dev.kvstore.bench.engine.Engine;

/** The step that most works repeat. */
final class Creating {

  private Creating() {}

  /** Creates entry {@code n}, which must not be there. */
  static void create(Engine engine, long n, Values values) throws Exception {
    if (!engine.createIfAbsent(Keys.key(n), values.value(n))) {
      throw new IllegalStateException("entry " + n + " was there before it was created");
    }
  }
}
