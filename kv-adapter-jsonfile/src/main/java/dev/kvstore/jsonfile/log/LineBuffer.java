package dev.kvstore.jsonfile.log;

import dev.kvstore.core.model.JsonValue;
import java.util.Arrays;

/** Bytes that grow as text is added. For one thread at a time. */
public final class LineBuffer {

  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private static final int INITIAL_BYTES = 256;
  private static final int KEPT_BYTES = 1 << 18;

  private byte[] bytes = new byte[INITIAL_BYTES];
  private int length;

  /** An empty buffer. */
  public LineBuffer() {}

  /** The bytes so far are the first {@link #length()} of this array, until more are added. */
  public byte[] bytes() {
    return bytes;
  }

  /** How many bytes there are. */
  public int length() {
    return length;
  }

  /** Takes all bytes away, and gives much memory back. */
  public LineBuffer clear() {
    if (bytes.length > KEPT_BYTES) {
      bytes = new byte[INITIAL_BYTES];
    }
    length = 0;
    return this;
  }

  /** Takes away what is behind the first {@code newLength} bytes. */
  public void cutTo(int newLength) {
    length = newLength;
  }

  /** Adds {@code count} line feeds. */
  public void feeds(int count) {
    reserve(count);
    Arrays.fill(bytes, length, length + count, (byte) '\n');
    length += count;
  }

  byte[] toArray() {
    return Arrays.copyOf(bytes, length);
  }

  LineBuffer ascii(String text) {
    reserve(text.length());
    for (int i = 0; i < text.length(); i++) {
      bytes[length++] = (byte) text.charAt(i);
    }
    return this;
  }

  LineBuffer decimal(long number) {
    if (number < 0) {
      return ascii(Long.toString(number));
    }
    int digits = 1;
    for (long rest = number / 10; rest != 0; rest /= 10) {
      digits++;
    }
    reserve(digits);
    long rest = number;
    for (int i = length + digits - 1; i >= length; i--) {
      bytes[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += digits;
    return this;
  }

  /** A member with a number, and the comma after it; {@code start} is its quoted name and the colon. */
  LineBuffer member(byte[] start, long number) {
    return raw(start).decimal(number).one(',');
  }

  LineBuffer one(char character) {
    reserve(1);
    bytes[length++] = (byte) character;
    return this;
  }

  /** A value in its compact form. */
  LineBuffer value(JsonValue value) {
    reserve(value.sizeInBytes());
    value.copyTo(bytes, length);
    length += value.sizeInBytes();
    return this;
  }

  /** Eight lower-case digits. */
  LineBuffer hex(int number) {
    reserve(LogFormat.CRC_DIGITS);
    for (int shift = 28; shift >= 0; shift -= 4) {
      bytes[length++] = (byte) HEX[(number >>> shift) & 0xf];
    }
    return this;
  }

  LineBuffer raw(byte[] source) {
    reserve(source.length);
    System.arraycopy(source, 0, bytes, length, source.length);
    length += source.length;
    return this;
  }

  /** UTF-8 text as the inside of a JSON string; it holds no control characters. */
  LineBuffer quoted(byte[] utf8) {
    reserve(2 * utf8.length + 2);
    bytes[length++] = '"';
    for (byte b : utf8) {
      if (isEscaped(b)) {
        bytes[length++] = '\\';
      }
      bytes[length++] = b;
    }
    bytes[length++] = '"';
    return this;
  }

  /** Whether {@code b} has a backslash before it in a JSON string; control characters cannot occur. */
  static boolean isEscaped(byte b) {
    return b == '"' || b == '\\';
  }

  private void reserve(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
  }
}
