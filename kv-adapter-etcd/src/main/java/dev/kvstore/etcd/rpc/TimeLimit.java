package dev.kvstore.etcd.rpc;

import java.time.Duration;

/** The instant at which a piece of work must be over, on the machine's monotonic clock. Immutable. */
public final class TimeLimit {

  private final long endNanos;

  private TimeLimit(long endNanos) {
    this.endNanos = endNanos;
  }

  /** So much from now on. */
  public static TimeLimit after(Duration duration) {
    return new TimeLimit(System.nanoTime() + duration.toNanos());
  }

  /** The shorter of two times. */
  public static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /** The instant so long before this one. */
  public TimeLimit earlier(Duration by) {
    return new TimeLimit(endNanos - by.toNanos());
  }

  /** What is left; zero if nothing is. */
  public Duration left() {
    return Duration.ofNanos(Math.max(0, endNanos - System.nanoTime()));
  }

  /** Whether nothing is left. */
  public boolean isOver() {
    return endNanos - System.nanoTime() <= 0;
  }

  /** Lets {@code pause} pass, or what is left if that is less. An interrupt is kept for later. */
  public void pause(Duration pause) {
    TimeLimit end = after(shorter(left(), pause));
    boolean interrupted = false;
    while (!end.isOver()) {
      try {
        Thread.sleep(1 + end.left().toMillis());
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
