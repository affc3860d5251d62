package dev.kvstore.jsonfile.log;

import java.util.Arrays;

/** Bytes that grow as text is added. */
final class LineBuffer {

  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private byte[] bytes = new byte[256];
  private int length;

  /** The bytes so far are the first {@link #length()} of this array. */
  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
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
    return ascii(Long.toString(number));
  }

  /** A member with a number, and the comma after it. */
  LineBuffer member(String name, long number) {
    return ascii("\"").ascii(name).ascii("\":").decimal(number).ascii(",");
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
