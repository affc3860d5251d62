package dev.kvstore.bench.work;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/** Threads that do the same step again and again, and how many steps they do a second. */
final class Crew implements AutoCloseable {

  /** A step of the work. */
  interface Step {
    /** Does step {@code n}; the steps of all threads have different numbers from 0. */
    void run(long n) throws Exception;
  }

  /** Keeps the counters of two threads off one cache line. */
  private static final int SPACING = 16;

  private final int threads;
  private final ExecutorService pool;

  Crew(int threads) {
    this.threads = threads;
    this.pool = Executors.newFixedThreadPool(threads);
  }

  /** Like {@link #timed(long, double, double, Step)}, however many steps that are. */
  double timed(double warmUp, double seconds, Step step) throws InterruptedException {
    return timed(Long.MAX_VALUE, warmUp, seconds, step);
  }

  /** Works for {@code warmUp} seconds, then counts for {@code seconds}, or until {@code total} steps are done. Steps a second. */
  double timed(long total, double warmUp, double seconds, Step step) throws InterruptedException {
    AtomicLongArray counters = new AtomicLongArray(threads * SPACING);
    Stop stop = new Stop();
    List<Future<?>> running = new ArrayList<>();
    for (int thread = 0; thread < threads; thread++) {
      int first = thread;
      running.add(pool.submit(() -> {
        for (long n = first; n < total && !stop.asked(); n += threads) {
          step.run(n);
          counters.lazySet(first * SPACING, counters.getPlain(first * SPACING) + 1);
        }
        stop.ask();
        return null;
      }));
    }
    stop.await(warmUp);
    long start = System.nanoTime();
    long before = sum(counters);
    stop.await(seconds);
    long after = sum(counters);
    double elapsed = (System.nanoTime() - start) / 1e9;
    stop.ask();
    finish(running);
    return (after - before) / elapsed;
  }

  /**
   * What was done.
   *
   * @param steps how many steps
   * @param perSecond how many a second
   */
  record Pace(long steps, double perSecond) {}

  /** Does {@code total} steps, or those that begin within {@code maxSeconds}. */
  Pace counted(long total, double maxSeconds, Step step) throws InterruptedException {
    AtomicLong done = new AtomicLong();
    CountDownLatch ready = new CountDownLatch(threads);
    CountDownLatch go = new CountDownLatch(1);
    List<Future<?>> running = new ArrayList<>();
    for (int thread = 0; thread < threads; thread++) {
      int first = thread;
      running.add(pool.submit(() -> {
        ready.countDown();
        go.await();
        long begin = System.nanoTime();
        long mine = 0;
        for (long n = first;
            n < total && System.nanoTime() - begin < maxSeconds * 1e9;
            n += threads) {
          step.run(n);
          mine++;
        }
        done.addAndGet(mine);
        return null;
      }));
    }
    ready.await();
    long start = System.nanoTime();
    go.countDown();
    finish(running);
    return new Pace(done.get(), done.get() / ((System.nanoTime() - start) / 1e9));
  }

  @Override
  public void close() {
    pool.shutdown();
  }

  private static void finish(List<Future<?>> running) throws InterruptedException {
    for (Future<?> thread : running) {
      try {
        thread.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException("a step failed: " + e.getCause(), e.getCause());
      }
    }
  }

  private static long sum(AtomicLongArray counters) {
    long sum = 0;
    for (int i = 0; i < counters.length(); i += SPACING) {
      sum += counters.get(i);
    }
    return sum;
  }

  /** Asked for once, by the clock or by a thread that has nothing left to do. */
  private static final class Stop {

    private final CountDownLatch asked = new CountDownLatch(1);

    boolean asked() {
      return asked.getCount() == 0;
    }

    void ask() {
      asked.countDown();
    }

    boolean await(double seconds) throws InterruptedException {
      return asked.await((long) (seconds * 1e9), TimeUnit.NANOSECONDS);
    }
  }
}
