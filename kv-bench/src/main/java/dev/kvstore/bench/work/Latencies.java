package dev.kvstore.bench.work;

import dev.kvstore.bench.stats.Percentiles;
import java.util.ArrayList;
import java.util.List;

/** When each operation of one thread began and how long it took. */
final class Latencies {

  private static final int CHUNK = 1 << 16;
  private static final double BUCKET_NANOS = 100e6;

  private final String operation;
  private final List<long[]> starts = new ArrayList<>();
  private final List<long[]> durations = new ArrayList<>();
  private long count;
  private volatile boolean stopped;

  Latencies(String operation) {
    this.operation = operation;
  }

  /** Does one step after the other and records them until {@link #stop}. */
  Void record(Crew.Step step) throws Exception {
    for (long n = 0; !stopped; n++) {
      long start = System.nanoTime();
      step.run(n);
      add(start, System.nanoTime() - start);
    }
    return null;
  }

  void stop() {
    stopped = true;
  }

  /** Tells the percentiles of the operations that began in a span of time. To be called when the recording has ended. */
  void report(String phase, long from, long to, Output output) {
    Percentiles percentiles = new Percentiles(between(from, to));
    String name = operation + "-" + phase + "-";
    output.measure(name + "p50", Unit.MICROSECONDS, percentiles.at(50) / 1e3);
    output.measure(name + "p99", Unit.MICROSECONDS, percentiles.at(99) / 1e3);
    output.measure(name + "p99.9", Unit.MICROSECONDS, percentiles.at(99.9) / 1e3);
    output.measure(name + "max", Unit.MICROSECONDS, percentiles.at(100) / 1e3);
  }

  /**
   * Tells the slowest operation that was under way in each tenth of a second, as figures named by the tenth: one that waits shows
   * in every tenth of its wait.
   */
  void reportOverTime(long origin, Output output) {
    List<Long> slowest = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      long start = at(starts, i);
      long duration = at(durations, i);
      if (start >= origin) {
        int last = (int) ((start + duration - origin) / BUCKET_NANOS);
        while (slowest.size() <= last) {
          slowest.add(0L);
        }
        for (int bucket = (int) ((start - origin) / BUCKET_NANOS); bucket <= last; bucket++) {
          slowest.set(bucket, Math.max(slowest.get(bucket), duration));
        }
      }
    }
    for (int i = 0; i < slowest.size(); i++) {
      output.measure(operation + "-over-time-" + i, Unit.MICROSECONDS, slowest.get(i) / 1e3);
    }
  }

  private void add(long start, long duration) {
    if (count % CHUNK == 0) {
      starts.add(new long[CHUNK]);
      durations.add(new long[CHUNK]);
    }
    starts.get(starts.size() - 1)[(int) (count % CHUNK)] = start;
    durations.get(durations.size() - 1)[(int) (count % CHUNK)] = duration;
    count++;
  }

  private long[] between(long from, long to) {
    List<Long> found = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      long start = at(starts, i);
      if (start >= from && start < to) {
        found.add(at(durations, i));
      }
    }
    return found.stream().mapToLong(Long::longValue).toArray();
  }

  private static long at(List<long[]> chunks, long i) {
    return chunks.get((int) (i / CHUNK))[(int) (i % CHUNK)];
  }
}
