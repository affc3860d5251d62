package dev.kvstore.bench.work;

import dev.kvstore.bench.engine.Engine;
import dev.kvstore.bench.engine.EngineType;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** How long creates and reads take, one thread each, first in peace and then while the store compacts. */
final class CompactionWork implements Work {

  /** Percentiles far out need more operations than a rate does. */
  private static final int QUIET_TIMES = 3;

  @Override
  public void run(Task task, EngineType type, Output output) throws Exception {
    Values values = new Values(task.valueBytes());
    RandomGenerator random = RandomGeneratorFactory.of("Xoroshiro128PlusPlus").create(1);
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try (Engine engine = type.open(task.directory(), task.opening())) {
      ShrinkWork.deleteHalf(engine, task.entries());
      Latencies creates = new Latencies("create");
      Latencies reads = new Latencies("read");
      Future<?> creating = pool.submit(
          () -> creates.record(n -> Creating.create(engine, task.entries() + n, values)));
      Future<?> reading = pool.submit(() ->
          reads.record(n -> engine.read(Keys.key(random.nextLong(task.entries() / 2) * 2 + 1))));
      sleep(task.warmUpSeconds());
      long quiet = System.nanoTime();
      sleep(QUIET_TIMES * task.seconds());
      long start = System.nanoTime();
      engine.compact();
      long end = System.nanoTime();
      sleep(task.warmUpSeconds());
      creates.stop();
      reads.stop();
      creating.get();
      reading.get();
      for (Latencies latencies : new Latencies[] {creates, reads}) {
        latencies.report("quiet", quiet, start, output);
        latencies.report("compacting", start, end, output);
        latencies.reportOverTime(quiet, output);
      }
      output.measure("compaction", Unit.SECONDS, (end - start) / 1e9);
    } finally {
      pool.shutdown();
    }
  }

  private static void sleep(double seconds) throws InterruptedException {
    Thread.sleep((long) (seconds * 1000));
  }
}
