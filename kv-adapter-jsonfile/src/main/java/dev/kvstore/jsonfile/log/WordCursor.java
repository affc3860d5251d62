package dev.kvstore.jsonfile.log;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Walks over the bytes of a line, eight at a time. The array goes on for eight bytes behind what is asked for. */
final class WordCursor {

  /** Numbers of so many digits fit, whatever they are. */
  private static final int MAX_DIGITS = 18;

  private static final long[] POWERS_OF_TEN = {
    1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000
  };

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] bytes;
  private int position;
  private long lastNumber;

  WordCursor(byte[] bytes) {
    this.bytes = bytes;
  }

  int position() {
    return position;
  }

  void moveTo(int newPosition) {
    position = newPosition;
  }

  /** Steps over {@code text}, if it comes next. */
  boolean skip(Word text) {
    if (!text.begins(load(position))) {
      return false;
    }
    position += text.length();
    return true;
  }

  /** Steps over a string that reads {@code text} and has no escapes, with its quotes, and a comma, if they come next. */
  boolean skipString(byte[] text) {
    int start = position + 1;
    int end = start + text.length;
    if (end + 1 >= bytes.length
        || bytes[position] != '"'
        || bytes[end] != '"'
        || bytes[end + 1] != ','
        || !Arrays.equals(bytes, start, end, text, 0, text.length)
        || indexOf((byte) '"', start, end) >= 0
        || indexOf((byte) '\\', start, end) >= 0) {
      return false;
    }
    position = end + 2;
    return true;
  }

  /** Steps over a string, with its quotes, and a comma, if they come next. */
  boolean skipString() {
    int at = position + 1;
    while (at < bytes.length && bytes[at] != '"') {
      at += bytes[at] == '\\' ? 2 : 1;
    }
    if (at + 1 >= bytes.length || bytes[position] != '"' || bytes[at + 1] != ',') {
      return false;
    }
    position = at + 2;
    return true;
  }

  /**
   * Steps over a number and the comma behind it; the number is {@link #lastNumber()}. False as well for those that are rare and
   * need care: negative ones, and those of more than 18 digits.
   */
  boolean number() {
    int start = position;
    long value = 0;
    int count;
    do {
      long loaded = load(position);
      count = Word.leadingDigits(loaded);
      if (count == 0) {
        break;
      }
      value = value * POWERS_OF_TEN[count] + Word.decimal(loaded, count);
      position += count;
    } while (count == Long.BYTES && position - start <= MAX_DIGITS);
    int digits = position - start;
    boolean leadingZero = digits > 1 && bytes[start] == '0';
    lastNumber = value;
    return digits > 0 && digits <= MAX_DIGITS && !leadingZero && bytes[position++] == ',';
  }

  long lastNumber() {
    return lastNumber;
  }

  /** Where from {@code from} on and before {@code end} the first {@code wanted} stands, or -1. */
  int indexOf(byte wanted, int from, int end) {
    for (int at = from; at < end; at += Long.BYTES) {
      int found = Word.indexOf(wanted, load(at));
      if (found < Long.BYTES) {
        return at + found < end ? at + found : -1;
      }
    }
    return -1;
  }

  /** Whether at {@code at} a line ends with {@code checksum}. */
  boolean isTrailer(int at, int checksum) {
    int digits = at + LogFormat.CRC_START.length();
    return Word.CRC_START.begins(load(at))
        && load(digits) == Word.hex(checksum)
        && Word.CRC_END.begins(load(digits + LogFormat.CRC_DIGITS));
  }

  private long load(int at) {
    return (long) LONG.get(bytes, at);
  }
}
