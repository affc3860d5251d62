package dev.kvstore.bench.work;

import dev.kvstore.bench.engine.Engine;
import dev.kvstore.bench.engine.EngineType;

/** Makes a store with the task's entries and closes it cleanly, for other works. */
final class FillWork implements Work {

  @Override
  public void run(Task task, EngineType type, Output output) throws Exception {
    long start = System.nanoTime();
    try (Engine engine = type.open(task.directory(), task.opening())) {
      Filling.fill(engine, type, task.entries(), new Values(task.valueBytes()));
    }
    output.measure("fill", Unit.SECONDS, (System.nanoTime() - start) / 1e9);
  }
}
