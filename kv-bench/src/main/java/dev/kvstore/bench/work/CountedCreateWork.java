package dev.kvstore.bench.work;

import dev.kvstore.bench.engine.Engine;
import dev.kvstore.bench.engine.EngineType;
import dev.kvstore.bench.engine.Opening;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Creates from an empty store up to a number of entries, or as many as the time allows: for stores that do not force. Tells how many
 * there were if they were fewer.
 */
final class CountedCreateWork implements Work {

  private static final long MAX_WARM_UP = 400_000;
  private static final long WARM_UP_TIMES = 40;
  private static final double MAX_WARM_UP_PARTS = 6;
  private static final double MAX_SECONDS = 15;

  @Override
  public void run(Task task, EngineType type, Output output) throws Exception {
    Values values = new Values(task.valueBytes());
    try (Crew crew = new Crew(task.threads())) {
      long warmUp = Math.min(MAX_WARM_UP, WARM_UP_TIMES * task.entries());
      Opening small = new Opening(task.durability(), warmUp, task.valueBytes());
      Path beside = Files.createDirectory(task.directory().resolve("warm-up"));
      try (Engine engine = type.open(beside, small)) {
        create(crew, warmUp, MAX_WARM_UP_PARTS * task.warmUpSeconds(), engine, values);
      }
      Folders.delete(beside);
      try (Engine engine =
          type.open(Files.createDirectory(task.directory().resolve("measured")), task.opening())) {
        Crew.Pace pace = create(crew, task.entries(), MAX_SECONDS, engine, values);
        output.measure("throughput", Unit.OPERATIONS_PER_SECOND, pace.perSecond());
        if (pace.steps() < task.entries()) {
          output.measure(Measure.STOPPED_AT, Unit.ENTRIES, (double) pace.steps());
        }
      }
    }
  }

  /** One place for both, so that what is measured is the code that was warmed up. */
  private static Crew.Pace create(
      Crew crew, long entries, double maxSeconds, Engine engine, Values values)
      throws InterruptedException {
    return crew.counted(entries, maxSeconds, n -> Creating.create(engine, n, values));
  }
}
