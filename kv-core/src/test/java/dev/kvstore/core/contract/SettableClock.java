package dev.kvstore.core.contract;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands still until it is set. Safe for any number of threads. */
public final class SettableClock implements InstantSource {

  private final AtomicLong millis;

  /** A clock that shows {@code startMillis} since 1970. */
  public SettableClock(long startMillis) {
    this.millis = new AtomicLong(startMillis);
  }

  /** Moves it by {@code stepMillis}, back if negative. */
  public void advance(long stepMillis) {
    millis.addAndGet(stepMillis);
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(millis.get());
  }

  @Override
  public long millis() {
    return millis.get();
  }
}
