package dev.kvstore.jsonfile.log;

import java.io.Serial;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Walks over the bytes of a line, and throws {@link WrongFormException} where they are not what must come next. */
final class LineCursor {

  /** The line does not have the form that the format gives it. */
  static final class WrongFormException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    WrongFormException() {
      super("not a line of this format", null, false, false);
    }
  }

  /** The longest number has a sign and 19 digits. */
  private static final int MAX_NUMBER_BYTES = 20;

  private final byte[] line;
  private final int end;
  private int position;

  LineCursor(byte[] line, int end) {
    this.line = line;
    this.end = end;
  }

  int position() {
    return position;
  }

  void expect(String text) {
    if (!skip(text)) {
      throw new WrongFormException();
    }
  }

  void expectEnd() {
    if (position != end) {
      throw new WrongFormException();
    }
  }

  /** Steps over {@code text}, if it comes next. */
  boolean skip(String text) {
    if (end - position < text.length()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (line[position + i] != text.charAt(i)) {
        return false;
      }
    }
    position += text.length();
    return true;
  }

  /** Reads {@code "name":NUMBER,} if it comes next. */
  Optional<Long> member(String name) {
    if (!skip("\"" + name + "\":")) {
      return Optional.empty();
    }
    long number = number();
    expect(",");
    return Optional.of(number);
  }

  /** A number in its one form: no leading zero, no sign but a minus. */
  long number() {
    int start = position;
    while (position < end && position - start <= MAX_NUMBER_BYTES && isNumberByte(line[position])) {
      position++;
    }
    String text = new String(line, start, position - start, StandardCharsets.US_ASCII);
    try {
      long number = Long.parseLong(text);
      if (Long.toString(number).equals(text)) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Falls through to the one answer for every wrong form.
    }
    throw new WrongFormException();
  }

  /** A string in which only quotes and backslashes are escaped. */
  String string() {
    expect("\"");
    byte[] text = new byte[end - position];
    int length = 0;
    while (position < end && line[position] != '"') {
      if (line[position] == '\\') {
        position++;
        if (position == end || (line[position] != '"' && line[position] != '\\')) {
          throw new WrongFormException();
        }
      }
      text[length++] = line[position++];
    }
    expect("\"");
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(text, 0, length))
          .toString();
    } catch (CharacterCodingException e) {
      throw new WrongFormException();
    }
  }

  private static boolean isNumberByte(byte b) {
    return b == '-' || (b >= '0' && b <= '9');
  }
}
