package dev.kvstore.bench.work;

import dev.kvstore.bench.engine.Engine;
import dev.kvstore.bench.engine.EngineType;
import java.util.LinkedHashMap;
import java.util.Map;

/** Commits of ten new keys each, for a time. */
final class SessionWork implements Work {

  private static final int KEYS = 10;

  @Override
  public void run(Task task, EngineType type, Output output) throws Exception {
    Values values = new Values(task.valueBytes());
    try (Crew crew = new Crew(task.threads())) {
      double rate = WarmUp.measured(
          task,
          type,
          (engine, operations, warmUp, seconds) ->
              crew.timed(operations, warmUp, seconds, n -> commit(engine, n, values)));
      output.measure("throughput", Unit.OPERATIONS_PER_SECOND, rate);
    }
  }

  private static void commit(Engine engine, long n, Values values) throws Exception {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    for (long i = n * KEYS; i < (n + 1) * KEYS; i++) {
      entries.put(Keys.key(i), values.value(i));
    }
    engine.createAll(entries);
  }
}
