package dev.kvstore.bench.work;

import dev.kvstore.bench.engine.Engine;
import dev.kvstore.bench.engine.EngineType;
import java.util.concurrent.CountDownLatch;

/** Opens a filled store, creates for a while, tells so, and waits to be killed. */
final class AbandonWork implements Work {

  @Override
  public void run(Task task, EngineType type, Output output) throws Exception {
    Values values = new Values(task.valueBytes());
    try (Engine engine = type.open(task.directory(), task.opening());
        Crew crew = new Crew(task.threads())) {
      crew.timed(0, task.seconds(), n -> Creating.create(engine, task.entries() + n, values));
      output.mark();
      new CountDownLatch(1).await();
    }
  }
}
