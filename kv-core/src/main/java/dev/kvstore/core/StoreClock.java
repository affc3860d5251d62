package dev.kvstore.core;

import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The wall clock in whole milliseconds, which does not go back for small steps: while the source is less than an hour behind
 * the latest time given out, that time is given again. A larger step back is taken as a correction of the clock and followed.
 * Safe for any number of threads; never blocks.
 */
final class StoreClock {

  /** A step back of this many milliseconds or more is a correction. */
  static final long CORRECTION_MILLIS = 3_600_000;

  private final InstantSource source;
  private final AtomicLong latest = new AtomicLong(Long.MIN_VALUE);

  StoreClock(InstantSource source) {
    this.source = source;
  }

  long millis() {
    while (true) {
      // In this order: a reading that another thread has overtaken meanwhile is taken anew, not for
      // a correction.
      long last = latest.get();
      long now = source.millis();
      if (now <= last && now > last - CORRECTION_MILLIS) {
        return last;
      }
      if (latest.compareAndSet(last, now)) {
        return now;
      }
    }
  }
}
