package dev.kvstore.core.json;

import dev.kvstore.core.error.Printable;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A place in a text as a person counts it.
 *
 * @param line from 1; a line ends with a line feed
 * @param column from 1, in characters (code points)
 */
record TextPlace(long line, long column) {

  private static final String BYTE_ORDER_MARK = "\ufeff";

  static TextPlace of(byte[] text, int offset) {
    long line = 1;
    long column = 1;
    for (int i = 0; i < offset; i++) {
      if (text[i] == '\n') {
        line++;
        column = 1;
      } else if ((text[i] & 0xc0) != 0x80) {
        column++;
      }
    }
    return new TextPlace(line, column);
  }

  /** The place as it reads in a sentence. */
  String phrase() {
    return "at line " + line + ", column " + column;
  }

  /** The place for a program. */
  Map<String, Object> details() {
    return Map.of("line", line, "column", column);
  }

  /** The character at {@code offset}, for a message. */
  static String describe(byte[] text, int offset, int end) {
    int first = text[offset] & 0xff;
    int length = first < 0x80 ? 1 : Utf8.sequenceLength(text, offset, end);
    if (length == 0) {
      return "byte 0x" + Integer.toHexString(first);
    }
    String character = new String(text, offset, length, StandardCharsets.UTF_8);
    return character.equals(BYTE_ORDER_MARK) ? "a byte order mark" : Printable.quote(character);
  }
}
