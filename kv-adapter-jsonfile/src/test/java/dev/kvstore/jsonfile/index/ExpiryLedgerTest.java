package dev.kvstore.jsonfile.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class ExpiryLedgerTest {

  private static final long NOW = 1_800_000_000_000L;
  private static final long WIDTH = 1_024;

  private record Line(long expiresAt, long bytes) {}

  @Test
  void countsALineOnceItsWholeSpanHasPassed() {
    ExpiryLedger ledger = new ExpiryLedger();
    long spanStart = NOW / WIDTH * WIDTH;
    ledger.add(spanStart + 5, 100);
    ledger.add(spanStart + WIDTH, 30);
    assertEquals(OptionalLong.of(spanStart), ledger.nextExpiryMillis());
    assertEquals(0, ledger.expiredBytes(spanStart + WIDTH - 1));
    assertEquals(100, ledger.expiredBytes(spanStart + WIDTH));
    assertEquals(1, ledger.expiredLines(spanStart + WIDTH));
    assertEquals(OptionalLong.of(spanStart + WIDTH), ledger.nextExpiryMillis());
    assertEquals(130, ledger.expiredBytes(spanStart + 2 * WIDTH));
    assertEquals(OptionalLong.empty(), ledger.nextExpiryMillis());
    assertEquals(130, ledger.expiredBytes(spanStart), "a clock that was set back");
  }

  @Test
  void whatHasExpiredCanStillBeReplaced() {
    ExpiryLedger ledger = new ExpiryLedger();
    ledger.add(NOW, 100);
    ledger.add(NOW + 1, 50);
    assertEquals(150, ledger.expiredBytes(NOW + 5 * WIDTH));
    ledger.remove(NOW, 100);
    assertEquals(50, ledger.expiredBytes(NOW + 5 * WIDTH));
    ledger.add(NOW - 7, 1);
    assertEquals(51, ledger.expiredBytes(NOW + 5 * WIDTH));
    assertEquals(2, ledger.lines());
    assertEquals(51, ledger.bytes());
  }

  @Test
  void whatWasNotAddedIsRemovedWithoutAFailureAndSumsStayAboveZero() {
    ExpiryLedger ledger = new ExpiryLedger();
    ledger.add(NOW, 10);
    ledger.remove(NOW + 10 * WIDTH, 100);
    ledger.remove(NOW, 100);
    ledger.remove(NOW, 100);
    assertEquals(0, ledger.lines());
    assertEquals(0, ledger.expiredBytes(NOW + 20 * WIDTH));
    ledger.remove(NOW, 100);
    assertEquals(0, ledger.expiredBytes(NOW + 20 * WIDTH));
    assertEquals(0, ledger.bytes());
  }

  @Test
  void atMostTheRunningSpanHasPerhapsExpired() {
    ExpiryLedger ledger = new ExpiryLedger();
    ledger.add(NOW, 10);
    ledger.add(NOW + 2 * WIDTH, 100);
    assertEquals(0, ledger.expiredBytes(NOW));
    assertEquals(10, ledger.perhapsExpiredBytes(NOW));
    assertEquals(10, ledger.perhapsExpiredBytes(NOW + WIDTH));
    assertEquals(10, ledger.expiredBytes(NOW + WIDTH));
  }

  @Test
  void toCountTheLinesExpiresNone() {
    ExpiryLedger ledger = new ExpiryLedger();
    ledger.add(NOW + 10 * WIDTH, 10);
    assertEquals(1, ledger.lines());
    assertEquals(10, ledger.bytes());
    assertEquals(0, ledger.expiredBytes(NOW));
  }

  @RepeatedTest(5)
  void neverCountsMoreThanHasExpiredAndAllInTheEnd() {
    long seed = new Random().nextInt(1_000_000);
    Random random = new Random(seed);
    ExpiryLedger ledger = new ExpiryLedger();
    List<Line> lines = new ArrayList<>();
    long reach = 1L << (8 + random.nextInt(34));
    long now = NOW;
    for (int i = 0; i < 20_000; i++) {
      if (lines.isEmpty() || random.nextInt(10) < 6) {
        Line line = new Line(now + random.nextLong(reach) - reach / 8, 1 + random.nextInt(9_000));
        lines.add(line);
        ledger.add(line.expiresAt, line.bytes);
      } else {
        Line line = lines.remove(random.nextInt(lines.size()));
        ledger.remove(line.expiresAt, line.bytes);
      }
      now += random.nextLong(reach / 256 + 1) / 16;
      if (i % 500 == 0) {
        ledger = copy(ledger);
        long limit = now;
        long least = bytesUntil(lines, limit - Math.max(WIDTH, reach / 128));
        long found = ledger.expiredBytes(now);
        assertTrue(found <= bytesUntil(lines, limit) && found >= least, "seed " + seed);
        long next = ledger.nextExpiryMillis().orElse(Long.MAX_VALUE);
        assertTrue(
            lines.stream().allMatch(line -> line.expiresAt >= next || line.expiresAt <= limit));
        assertTrue(ledger.byteSize() <= 25_000, "seed " + seed);
      }
    }
    long end = now + 4 * reach + 4 * WIDTH;
    assertEquals(bytesUntil(lines, end), ledger.expiredBytes(end), "seed " + seed);
    assertEquals(lines.size(), ledger.expiredLines(end), "seed " + seed);
  }

  @Test
  void takesAnyTime() {
    ExpiryLedger ledger = new ExpiryLedger();
    long[] times = {Long.MIN_VALUE, -1, 0, 1, Long.MAX_VALUE - 1};
    for (long time : times) {
      ledger.add(time, 10);
    }
    assertEquals(10L * (times.length - 1), ledger.expiredBytes(NOW));
    assertEquals(10L * (times.length - 1), ledger.expiredBytes(Long.MAX_VALUE - WIDTH));
    for (long time : times) {
      ledger.remove(time, 10);
    }
    assertEquals(0, ledger.expiredBytes(NOW));
    assertEquals(OptionalLong.empty(), ledger.nextExpiryMillis());
  }

  @Test
  void refusesToReadWhatItDidNotWrite() {
    ExpiryLedger ledger = new ExpiryLedger();
    ledger.add(NOW, 10);
    ledger.add(2 * NOW, 10);
    ByteBuffer bytes = written(ledger);
    for (int length = 0; length < bytes.capacity(); length++) {
      ByteBuffer cut = bytes.duplicate().limit(length);
      assertThrows(IllegalArgumentException.class, () -> ExpiryLedger.read(cut));
    }
    for (int at : new int[] {0, 16, 24, 32, 40, 48, 56}) {
      ByteBuffer wrong = written(ledger).putLong(at, at == 40 ? Long.MAX_VALUE : -1);
      assertThrows(IllegalArgumentException.class, () -> ExpiryLedger.read(wrong), "at " + at);
    }
  }

  private static long bytesUntil(List<Line> lines, long now) {
    return lines.stream()
        .filter(line -> line.expiresAt <= now)
        .mapToLong(Line::bytes)
        .sum();
  }

  private static ExpiryLedger copy(ExpiryLedger ledger) {
    ByteBuffer bytes = written(ledger);
    ExpiryLedger copy = ExpiryLedger.read(bytes);
    assertEquals(0, bytes.remaining());
    return copy;
  }

  private static ByteBuffer written(ExpiryLedger ledger) {
    ByteBuffer bytes = ByteBuffer.allocate(ledger.byteSize());
    ledger.write(bytes);
    assertEquals(0, bytes.remaining());
    return bytes.flip();
  }
}
