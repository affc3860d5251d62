package dev.kvstore.bench.work;

import dev.kvstore.bench.engine.Engine;
import dev.kvstore.bench.engine.EngineType;
import dev.kvstore.bench.engine.Opening;
import java.nio.file.Files;

/** Creates from an empty store up to a number of entries: for stores that do not force. */
final class CountedCreateWork implements Work {

  private static final long MAX_WARM_UP = 400_000;
  private static final long WARM_UP_TIMES = 40;
  private static final double MAX_WARM_UP_SECONDS = 4;

  @Override
  public void run(Task task, EngineType type, Output output) throws Exception {
    Values values = new Values(task.valueBytes());
    try (Crew crew = new Crew(task.threads())) {
      long warmUp = Math.min(MAX_WARM_UP, WARM_UP_TIMES * task.entries());
      Opening small = new Opening(task.durability(), warmUp, task.valueBytes());
      try (Engine engine =
          type.open(Files.createDirectory(task.directory().resolve("warm-up")), small)) {
        create(crew, warmUp, MAX_WARM_UP_SECONDS, engine, values);
      }
      try (Engine engine =
          type.open(Files.createDirectory(task.directory().resolve("measured")), task.opening())) {
        double rate = create(crew, task.entries(), Double.MAX_VALUE, engine, values);
        output.measure("throughput", Unit.OPERATIONS_PER_SECOND, rate);
      }
    }
  }

  /** One place for both, so that what is measured is the code that was warmed up. */
  private static double create(
      Crew crew, long entries, double maxSeconds, Engine engine, Values values)
      throws InterruptedException {
    return crew.counted(entries, maxSeconds, n -> Creating.create(engine, n, values));
  }
}
