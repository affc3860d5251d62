package dev.kvstore.bench.work;

import dev.kvstore.bench.engine.Engine;
import dev.kvstore.bench.engine.EngineType;
import dev.kvstore.bench.engine.Feature;
import java.util.Arrays;

/** A filled store that is read, checked once before it is measured. */
final class Subject {

  private Subject() {}

  /** Opens the store; one that keeps nothing in files is filled first. */
  static Engine open(Task task, EngineType type) throws Exception {
    Engine engine = type.open(task.directory(), task.opening());
    if (type.cannot(Feature.PERSISTENCE).isPresent()) {
      Filling.fill(engine, type, task.entries(), new Values(task.valueBytes()));
    }
    return engine;
  }

  /** Throws if entry {@code n} does not read as it was created. */
  static void check(Engine engine, EngineType type, Task task, long n) throws Exception {
    Object value = engine.read(Keys.key(n));
    if (value == null) {
      throw new IllegalStateException("entry " + n + " is not there");
    }
    byte[] expected = new Values(task.valueBytes()).value(n);
    boolean same = type.cannot(Feature.DELETES).isPresent()
        ? engine.bytes(value).length == expected.length
        : Arrays.equals(engine.bytes(value), expected);
    if (!same) {
      throw new IllegalStateException("entry " + n + " does not read as it was created");
    }
  }
}
