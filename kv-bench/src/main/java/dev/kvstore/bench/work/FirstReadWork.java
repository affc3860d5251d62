package dev.kvstore.bench.work;

import dev.kvstore.bench.engine.Engine;
import dev.kvstore.bench.engine.EngineType;

/** Opens a store and reads one entry; the parent process takes the time from the start of the process to the mark. */
final class FirstReadWork implements Work {

  @Override
  public void run(Task task, EngineType type, Output output) throws Exception {
    long start = System.nanoTime();
    try (Engine engine = type.open(task.directory(), task.opening())) {
      Object value = engine.read(Keys.key(task.entries() / 3));
      output.mark();
      double millis = (System.nanoTime() - start) / 1e6;
      if (value == null) {
        throw new IllegalStateException("the entry is not there");
      }
      output.measure("in-process", Unit.MILLISECONDS, millis);
    }
  }
}
