package dev.kvstore.core.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Runs of the characters that stand for themselves in a JSON string: ASCII without control characters, quotes and backslashes.
 * They are nearly all of a text, so eight are looked at in one step.
 */
final class PlainText {

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

  private PlainText() {}

  /** Where the run that begins at {@code from} ends: at the first other byte, or at {@code end}. */
  static int end(byte[] text, int from, int end) {
    int at = from;
    while (at <= end - Long.BYTES) {
      long others = others((long) LONG.get(text, at));
      if (others != 0) {
        return at + Long.numberOfTrailingZeros(others) / Byte.SIZE;
      }
      at += Long.BYTES;
    }
    while (at < end && isPlain(text[at])) {
      at++;
    }
    return at;
  }

  /** The high bit of the first byte that is not plain is set, and none below it; those above it may be wrong. */
  private static long others(long bytes) {
    long quotes = bytes ^ ('"' * ONES);
    long backslashes = bytes ^ ('\\' * ONES);
    // A borrow runs from a byte that is less into those above it, which is why only the first
    // counts.
    long less = (bytes - 0x20 * ONES) | (quotes - ONES) | (backslashes - ONES);
    return (less | bytes) & HIGH_BITS;
  }

  private static boolean isPlain(byte b) {
    return b >= 0x20 && b != '"' && b != '\\';
  }
}
