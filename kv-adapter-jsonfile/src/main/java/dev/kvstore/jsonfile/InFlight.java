package dev.kvstore.jsonfile;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/**
 * Counts calls in flight, so that what they use is closed only when they are out. Threads count in different places of the
 * memory, and so do not wait for each other.
 */
final class InFlight {

  private static final int STRIPES = 16;

  /** Longs to a line of the processor's cache, twice, because lines are fetched in pairs. */
  private static final int STRIDE = 16;

  private static final long PAUSE_NANOS = 20_000;

  private final AtomicLongArray counts = new AtomicLongArray((STRIPES + 1) * STRIDE);
  private volatile boolean closing;

  /** Counts the calling thread in, unless it is too late. */
  boolean enter() {
    int stripe = stripe();
    counts.getAndIncrement(stripe);
    if (closing) {
      counts.getAndDecrement(stripe);
      return false;
    }
    return true;
  }

  /** Counts the calling thread out again. */
  void exit() {
    counts.getAndDecrement(stripe());
  }

  /** Lets nobody in from now on, and returns when everybody is out. */
  void drain() {
    closing = true;
    boolean interrupted = false;
    for (int i = 1; i <= STRIPES; i++) {
      while (counts.get(i * STRIDE) != 0) {
        LockSupport.parkNanos(this, PAUSE_NANOS);
        interrupted |= Thread.interrupted();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static int stripe() {
    return (1 + ((int) Thread.currentThread().getId() & (STRIPES - 1))) * STRIDE;
  }
}
