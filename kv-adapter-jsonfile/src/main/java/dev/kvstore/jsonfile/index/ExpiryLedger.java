package dev.kvstore.jsonfile.index;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * How many lines expire when, and how many bytes they have: at most {@value #MAX_SPANS} sums over spans of time of equal width.
 * The first width is 1,024 milliseconds; when there are more spans than that, it doubles. The cost of each method is bounded
 * by the number of spans, whatever the number of lines. Sums lag behind by up to one width: a line counts as expired when its
 * whole span has passed.
 *
 * <p>Time here never goes back: what counted as expired once goes on to. For one thread at a time.
 */
public final class ExpiryLedger {

  /** The most sums that are kept, beside the one of what has expired. */
  public static final int MAX_SPANS = 1_024;

  /** More than all lines of a file have; sums of so much cannot overflow. */
  private static final long MAX_BYTES = 1L << 40;

  private static final int FIRST_SHIFT = 10;
  private static final int HEADER_BYTES = 5 * Long.BYTES;
  private static final int SPAN_BYTES = 3 * Long.BYTES;

  /** Lines, and their bytes. */
  private record Sum(long lines, long bytes) {

    static final Sum NONE = new Sum(0, 0);

    Sum plus(Sum other) {
      return new Sum(lines + other.lines, bytes + other.bytes);
    }

    Sum minus(Sum other) {
      return new Sum(Math.max(0, lines - other.lines), Math.max(0, bytes - other.bytes));
    }
  }

  /** By the number of the span, which is a time shifted to the right by {@link #shift}. */
  private TreeMap<Long, Sum> spans = new TreeMap<>();

  private int shift = FIRST_SHIFT;
  /** Lines that expire before this are in {@link #expired}, all others in {@link #spans}. */
  private long passedMillis = Long.MIN_VALUE;

  private Sum expired = Sum.NONE;

  /** All of both; changed by adding and removing alone. */
  private Sum total = Sum.NONE;

  /** A ledger without lines. */
  public ExpiryLedger() {}

  /**
   * Counts a line.
   *
   * @param expiresAtMillis when it expires; not for lines that never do
   * @param bytes of the line, at least 1
   */
  public void add(long expiresAtMillis, long bytes) {
    Sum line = new Sum(1, bytes);
    total = total.plus(line);
    if (expiresAtMillis < passedMillis) {
      expired = expired.plus(line);
    } else {
      spans.merge(expiresAtMillis >> shift, line, Sum::plus);
      while (spans.size() > MAX_SPANS) {
        widen();
      }
    }
  }

  /**
   * Takes back what {@link #add} did with the same arguments. Sums never fall below zero: one that was read from elsewhere and is
   * wrong must not keep a line from being removed.
   */
  public void remove(long expiresAtMillis, long bytes) {
    Sum line = new Sum(1, bytes);
    total = total.minus(line);
    if (expiresAtMillis < passedMillis) {
      expired = expired.minus(line);
    } else {
      long span = expiresAtMillis >> shift;
      Sum rest = spans.getOrDefault(span, Sum.NONE).minus(line);
      if (rest.lines == 0) {
        spans.remove(span);
      } else {
        spans.put(span, rest);
      }
    }
  }

  /** How many lines there are, expired or not. */
  public long lines() {
    return total.lines;
  }

  /** How many bytes they have. */
  public long bytes() {
    return total.bytes;
  }

  /** How many bytes the lines have of which it is certain that they have expired by {@code nowMillis}. */
  public long expiredBytes(long nowMillis) {
    pass(nowMillis);
    return expired.bytes;
  }

  /** How many bytes the lines have at the most that have expired by {@code nowMillis}: those of the running span are in it. */
  public long perhapsExpiredBytes(long nowMillis) {
    pass(nowMillis);
    return expired.bytes + spans.getOrDefault(nowMillis >> shift, Sum.NONE).bytes;
  }

  /** How many lines have certainly expired by {@code nowMillis}. */
  public long expiredLines(long nowMillis) {
    pass(nowMillis);
    return expired.lines;
  }

  /** A time before which no line expires that does not count as expired yet; empty if there is no such line. */
  public OptionalLong nextExpiryMillis() {
    return spans.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(Math.max(spans.firstKey() << shift, passedMillis));
  }

  private void pass(long nowMillis) {
    long current = nowMillis >> shift;
    long start = current << shift;
    if (start <= passedMillis) {
      return;
    }
    passedMillis = start;
    Map<Long, Sum> passed = spans.headMap(current);
    for (Sum sum : passed.values()) {
      expired = expired.plus(sum);
    }
    passed.clear();
  }

  private void widen() {
    TreeMap<Long, Sum> wide = new TreeMap<>();
    spans.forEach((span, sum) -> wide.merge(span >> 1, sum, Sum::plus));
    spans = wide;
    shift++;
  }

  /** How many bytes {@link #write} writes. */
  public int byteSize() {
    return HEADER_BYTES + spans.size() * SPAN_BYTES;
  }

  /**
   * Writes it at the buffer's position, as numbers of 64 bits: the binary logarithm of the width, the time up to which all is
   * expired, the lines and the bytes that are, the number of spans; for each span its number (a time divided by the width,
   * rounded down), its lines, its bytes, in rising order.
   */
  public void write(ByteBuffer target) {
    target.putLong(shift).putLong(passedMillis).putLong(expired.lines).putLong(expired.bytes);
    target.putLong(spans.size());
    spans.forEach((span, sum) -> target.putLong(span).putLong(sum.lines).putLong(sum.bytes));
  }

  /**
   * Reads what {@link #write} wrote, from the buffer's position on.
   *
   * @throws IllegalArgumentException if it cannot have been written so
   */
  public static ExpiryLedger read(ByteBuffer source) {
    require(source.remaining() >= HEADER_BYTES);
    ExpiryLedger ledger = new ExpiryLedger();
    long shift = source.getLong();
    require(shift >= FIRST_SHIFT && shift < Long.SIZE);
    ledger.shift = (int) shift;
    ledger.passedMillis = source.getLong();
    ledger.expired = sum(source);
    ledger.total = ledger.expired;
    long count = source.getLong();
    require(count >= 0 && count <= MAX_SPANS && source.remaining() >= count * SPAN_BYTES);
    for (int i = 0; i < count; i++) {
      long span = source.getLong();
      require(ledger.spans.isEmpty() || span > ledger.spans.lastKey());
      require(span << shift >> shift == span);
      Sum lines = sum(source);
      ledger.spans.put(span, lines);
      ledger.total = ledger.total.plus(lines);
    }
    return ledger;
  }

  private static Sum sum(ByteBuffer source) {
    long lines = source.getLong();
    long bytes = source.getLong();
    require(lines >= 0 && lines <= Integer.MAX_VALUE && bytes >= lines && bytes <= MAX_BYTES);
    return new Sum(lines, bytes);
  }

  private static void require(boolean sound) {
    if (!sound) {
      throw new IllegalArgumentException("no ledger of expiries");
    }
  }
}
