package dev.kvstore.bench.work;

import dev.kvstore.bench.engine.EngineType;

/** Creates for a time: for stores that force, where the disk sets the pace. */
final class TimedCreateWork implements Work {

  @Override
  public void run(Task task, EngineType type, Output output) throws Exception {
    Values values = new Values(task.valueBytes());
    try (Crew crew = new Crew(task.threads())) {
      double rate = WarmUp.measured(
          task,
          type,
          (engine, operations, warmUp, seconds) ->
              crew.timed(operations, warmUp, seconds, n -> Creating.create(engine, n, values)));
      output.measure("throughput", Unit.OPERATIONS_PER_SECOND, rate);
    }
  }
}
