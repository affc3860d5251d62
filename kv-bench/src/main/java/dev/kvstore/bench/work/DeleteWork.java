package dev.kvstore.bench.work;

import dev.kvstore.bench.engine.Engine;
import dev.kvstore.bench.engine.EngineType;

/** Deletes for a time, or until nothing is left. */
final class DeleteWork implements Work {

  @Override
  public void run(Task task, EngineType type, Output output) throws Exception {
    try (Engine engine = type.open(task.directory(), task.opening());
        Crew crew = new Crew(task.threads())) {
      Filling.fill(engine, type, task.entries(), new Values(task.valueBytes()));
      double rate = crew.timed(task.warmUpSeconds(), task.seconds(), n -> {
        if (n >= task.entries()) {
          return false;
        }
        if (!engine.delete(Keys.key(n))) {
          throw new IllegalStateException("entry " + n + " was not there to delete");
        }
        return true;
      });
      output.measure("throughput", Unit.OPERATIONS_PER_SECOND, rate);
    }
  }
}
