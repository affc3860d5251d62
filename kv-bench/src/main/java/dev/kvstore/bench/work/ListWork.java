package dev.kvstore.bench.work;

import dev.kvstore.bench.engine.Engine;
import dev.kvstore.bench.engine.EngineType;

/** Lists of about a hundred keys by prefix. */
final class ListWork implements Work {

  private static final int MATCHES = 100;
  private static final int LIMIT = 1_000;

  @Override
  public void run(Task task, EngineType type, Output output) throws Exception {
    try (Engine engine = Subject.open(task, type);
        Crew crew = new Crew(task.threads())) {
      double rate = crew.timed(task.readWarmUpSeconds(), task.seconds(), n -> {
        String prefix = Keys.prefix(task.entries(), MATCHES, n % task.entries());
        int found = engine.list(prefix, LIMIT);
        if (found < MATCHES / 4) {
          throw new IllegalStateException("only " + found + " keys begin with " + prefix);
        }
      });
      output.measure("throughput", Unit.OPERATIONS_PER_SECOND, rate);
    }
  }
}
