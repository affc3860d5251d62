package dev.kvstore.bench.work;

import dev.kvstore.bench.engine.Engine;
import dev.kvstore.bench.engine.EngineType;

/** Deletes for a time, or until nothing is left. */
final class DeleteWork implements Work {

  @Override
  public void run(Task task, EngineType type, Output output) throws Exception {
    Values values = new Values(task.valueBytes());
    try (Crew crew = new Crew(task.threads())) {
      double rate = WarmUp.measured(task, type, (engine, operations, warmUp, seconds) -> {
        long entries = Math.min(operations, task.entries());
        Filling.fill(engine, type, entries, values);
        return crew.timed(entries, warmUp, seconds, n -> delete(engine, n));
      });
      output.measure("throughput", Unit.OPERATIONS_PER_SECOND, rate);
    }
  }

  private static void delete(Engine engine, long n) throws Exception {
    if (!engine.delete(Keys.key(n))) {
      throw new IllegalStateException("entry " + n + " was not there to delete");
    }
  }
}
