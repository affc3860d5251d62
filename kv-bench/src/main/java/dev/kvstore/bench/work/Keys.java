package dev.kvstore.bench.work;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * The keys of all works: 20 characters, {@code user:} and 15 digits. Key number n is n times a constant modulo 10^12, so that
 * neighbours in time are no neighbours in order, and every range of the order holds its even share.
 */
public final class Keys {

  /** The length of a key, in bytes and characters. */
  public static final int BYTES = 20;

  private static final String START = "user:";
  private static final long SPREAD = 618_033_988_751L;
  private static final long RANGE = 1_000_000_000_000L;
  private static final long MAX = Long.MAX_VALUE / SPREAD;

  private Keys() {}

  /** Key number {@code n}, 0 to 14 million; no two are the same. */
  public static String key(long n) {
    if (n < 0 || n > MAX) {
      throw new IllegalArgumentException("there is no key number " + n);
    }
    byte[] text = new byte[BYTES];
    for (int i = 0; i < START.length(); i++) {
      text[i] = (byte) START.charAt(i);
    }
    long rest = n * SPREAD % RANGE;
    for (int i = BYTES - 1; i >= START.length(); i--) {
      text[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    return new String(text, ISO_8859_1);
  }

  /** A prefix that about {@code matches} of the first {@code entries} keys have; {@code n} chooses among them. */
  public static String prefix(long entries, long matches, long n) {
    int digits = Long.toString(Math.max(1, entries / matches)).length() - 1;
    return key(n).substring(0, START.length() + 3 + digits);
  }
}
