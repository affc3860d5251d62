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
    try (Engine engine = type.open(task.directory(), task.opening());
        Crew crew = new Crew(task.threads())) {
      double rate = crew.timed(task.warmUpSeconds(), task.seconds(), n -> {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        for (long i = n * KEYS; i < (n + 1) * KEYS; i++) {
          entries.put(Keys.key(i), values.value(i));
        }
        engine.createAll(entries);
        return true;
      });
      output.measure("throughput", Unit.OPERATIONS_PER_SECOND, rate);
    }
  }
}
