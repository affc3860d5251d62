package dev.kvstore.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StoreClockTest {

  private static final long START = 1_700_000_000_000L;
  private static final long HOUR = 3_600_000;
  private static final long TEN_YEARS = 10 * 365 * 24 * HOUR;

  private final AtomicLong source = new AtomicLong(START);
  private final StoreClock clock = new StoreClock(millis(source));

  @Test
  void followsEveryStepForward() {
    for (long step : new long[] {0, 1, 999, HOUR, TEN_YEARS}) {
      source.addAndGet(step);
      assertEquals(source.get(), clock.millis());
    }
  }

  @Test
  void doesNotFollowAStepBackOfLessThanAnHour() {
    clock.millis();
    for (long back : new long[] {1, 60_000, HOUR - 1}) {
      source.set(START - back);
      assertEquals(START, clock.millis());
    }
    source.set(START + 1);
    assertEquals(START + 1, clock.millis());
  }

  @Test
  void followsAStepBackOfAnHourOrMore() {
    clock.millis();
    source.set(START - HOUR);
    assertEquals(START - HOUR, clock.millis());
    source.set(START - 3 * HOUR);
    assertEquals(START - 3 * HOUR, clock.millis());
    source.set(START - 3 * HOUR + 5);
    assertEquals(START - 3 * HOUR + 5, clock.millis());
  }

  @Test
  void smallStepsBackDoNotAddUpUnseen() {
    clock.millis();
    source.set(START - HOUR / 2);
    assertEquals(START, clock.millis());
    source.set(START - HOUR);
    assertEquals(START - HOUR, clock.millis());
  }

  @Test
  void worksBefore1970() {
    source.set(-TEN_YEARS);
    assertEquals(-TEN_YEARS, clock.millis());
    source.set(-TEN_YEARS - 1);
    assertEquals(-TEN_YEARS, clock.millis());
  }

  /** A caller may be held up, for as long as a machine sleeps, between reading the source and using what it read. */
  @Test
  void aReadingThatWasHeldUpIsNoCorrection() {
    StoreClock[] self = new StoreClock[1];
    boolean[] slept = {false};
    self[0] = new StoreClock(() -> {
      long now = source.get();
      if (now == START + 1 && !slept[0]) {
        slept[0] = true;
        source.set(START + 8 * HOUR);
        assertEquals(START + 8 * HOUR, self[0].millis());
      }
      return Instant.ofEpochMilli(now);
    });
    self[0].millis();
    source.set(START + 1);
    self[0].millis();
    source.set(START + 8 * HOUR - 1);
    assertEquals(START + 8 * HOUR, self[0].millis());
  }

  @Test
  void noThreadSeesItGoBack() throws Exception {
    AtomicLong calls = new AtomicLong();
    StoreClock jittery = new StoreClock(() -> {
      long n = calls.incrementAndGet();
      // Forward on the whole, with steps back of up to 50 minutes.
      return Instant.ofEpochMilli(START + n - (n % 7) * 500_000);
    });
    AtomicLong latestSeen = new AtomicLong(Long.MIN_VALUE);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<Long>> violations = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        violations.add(threads.submit(() -> countStepsBack(jittery, latestSeen)));
      }
      for (Future<Long> each : violations) {
        assertEquals(0, each.get());
      }
    } finally {
      threads.shutdown();
    }
    assertTrue(calls.get() >= 160_000, "calls: " + calls);
  }

  /** What any thread was given before this one asks must not be later than what this one is given. */
  private static long countStepsBack(StoreClock clock, AtomicLong latestSeen) {
    long stepsBack = 0;
    for (int i = 0; i < 20_000; i++) {
      long before = latestSeen.get();
      long now = clock.millis();
      if (now < before) {
        stepsBack++;
      }
      latestSeen.accumulateAndGet(now, Math::max);
    }
    return stepsBack;
  }

  private static InstantSource millis(AtomicLong source) {
    return () -> Instant.ofEpochMilli(source.get());
  }
}
