package dev.kvstore.core.json;

import dev.kvstore.core.error.InvalidInputException;
import java.util.Arrays;
import java.util.Map;

/**
 * Checks that bytes are exactly one JSON text by RFC 8259 in strict UTF-8, and takes out the insignificant white space.
 * Everything else is kept to the letter: the text of numbers, escapes, the order of members, repeated names. A byte order
 * mark, other encodings, overlong or surrogate UTF-8 and text after the value are refused; escapes of lone surrogates are
 * legal by the grammar and kept.
 *
 * <p>It does not recurse, so nesting cannot exhaust the stack. Time is linear in the length of the input; memory is one copy
 * of the result, at most. An instance serves one call in one thread.
 */
public final class JsonCompactor {

  private final byte[] text;
  private final boolean owned;
  private final int end;
  private final int maxBytes;
  private final Nesting nesting;

  private int position;
  private int runStart;
  private byte[] compact = {};
  private long compactLength;

  private JsonCompactor(byte[] text, boolean owned, int maxDepth, int maxBytes) {
    this.text = text;
    this.owned = owned;
    this.end = text.length;
    this.maxBytes = maxBytes;
    this.nesting = new Nesting(maxDepth);
  }

  /**
   * The compact form of a JSON text.
   *
   * @param text UTF-8 bytes; not changed and not kept
   * @param maxDepth how deep objects and arrays may nest; a scalar has depth 0
   * @param maxBytes how long the compact form may be, in bytes
   * @return a new array with the compact form
   * @throws InvalidInputException INVALID_VALUE if the text is no JSON (with line and column, from 1, counted in
   *     characters), nests too deeply, or its compact form is too long
   */
  public static byte[] compact(byte[] text, int maxDepth, int maxBytes) {
    return new JsonCompactor(text, false, maxDepth, maxBytes).run();
  }

  /**
   * Like {@link #compact}, for a text that the caller gives away and does not change any more.
   *
   * @return the compact form: the text itself if it has that form, else a new array
   */
  public static byte[] compactOwned(byte[] text, int maxDepth, int maxBytes) {
    return new JsonCompactor(text, true, maxDepth, maxBytes).run();
  }

  private byte[] run() {
    skipWhiteSpace();
    do {
      value();
      skipWhiteSpace();
    } while (nextMember());
    if (position < end) {
      throw unexpected("the end of the value");
    }
    if (runStart == 0 && end <= maxBytes) {
      return owned ? text : text.clone();
    }
    flushRun(end);
    if (compactLength > maxBytes) {
      throw InvalidInputException.value(
          "the value has "
              + compactLength
              + " bytes in compact form; the limit is "
              + maxBytes
              + ". Split it over several keys",
          Map.of("limit", (long) maxBytes, "actual", compactLength));
    }
    return compact.length == compactLength ? compact : Arrays.copyOf(compact, (int) compactLength);
  }

  /** Opens what containers begin here, then reads one scalar, or stops before the end of an empty container. */
  private void value() {
    while (true) {
      int first = peek();
      if (first == '{') {
        open(true);
        if (peek() != '}') {
          name();
          continue;
        }
      } else if (first == '[') {
        open(false);
        if (peek() != ']') {
          continue;
        }
      } else {
        scalar(first);
      }
      return;
    }
  }

  /** After a value: closes what ends here; true if another value of an open container follows. */
  private boolean nextMember() {
    while (nesting.depth() > 0) {
      int next = peek();
      boolean inObject = nesting.inObject();
      if (next == ',') {
        position++;
        skipWhiteSpace();
        if (inObject) {
          name();
        }
        return true;
      }
      if (next != (inObject ? '}' : ']')) {
        throw unexpected(inObject ? "',' or '}'" : "',' or ']'");
      }
      position++;
      nesting.leave();
      skipWhiteSpace();
    }
    return false;
  }

  private void open(boolean object) {
    if (!nesting.enter(object)) {
      TextPlace place = TextPlace.of(text, position);
      throw InvalidInputException.value(
          "the value nests deeper than the limit of "
              + nesting.maxDepth()
              + " levels "
              + place.phrase()
              + ". Make it flatter",
          Map.of(
              "limit", (long) nesting.maxDepth(), "line", place.line(), "column", place.column()));
    }
    position++;
    skipWhiteSpace();
  }

  private void name() {
    if (peek() != '"') {
      throw unexpected("a member name in double quotes");
    }
    string();
    skipWhiteSpace();
    if (peek() != ':') {
      throw unexpected("':'");
    }
    position++;
    skipWhiteSpace();
  }

  private void scalar(int first) {
    switch (first) {
      case '"' -> string();
      case 't' -> literal("true");
      case 'f' -> literal("false");
      case 'n' -> literal("null");
      default -> number();
    }
  }

  private void literal(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (peek() != word.charAt(i)) {
        throw unexpected("a value");
      }
      position++;
    }
  }

  private void number() {
    if (peek() == '-') {
      position++;
    } else if (!isDigit(peek())) {
      throw unexpected("a value");
    }
    if (peek() == '0') {
      position++;
    } else {
      digits();
    }
    if (peek() == '.') {
      position++;
      digits();
    }
    if ((peek() | 0x20) == 'e') {
      position++;
      if (peek() == '+' || peek() == '-') {
        position++;
      }
      digits();
    }
  }

  private void digits() {
    if (!isDigit(peek())) {
      throw unexpected("a digit");
    }
    while (isDigit(peek())) {
      position++;
    }
  }

  private void string() {
    int at = PlainText.end(text, position + 1, end);
    while (at == end || text[at] != '"') {
      at = PlainText.end(text, special(at), end);
    }
    position = at + 1;
  }

  /** Checks what is no plain text in a string at {@code at}, or no text at all; returns where it ends. */
  private int special(int at) {
    position = at;
    int next = peek();
    if (next == '\\') {
      return escape(at);
    }
    if (next < 0x80) {
      throw unexpected(
          next < 0 ? "the end of a string" : "no control character in a string; escape it");
    }
    int length = Utf8.sequenceLength(text, at, end);
    if (length == 0) {
      TextPlace place = TextPlace.of(text, at);
      throw InvalidInputException.value(
          "the value is not valid UTF-8 " + place.phrase(), place.details());
    }
    return at + length;
  }

  /** Checks the escape that begins at {@code at}; returns where it ends. */
  private int escape(int at) {
    position = at + 1;
    switch (peek()) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> position++;
      case 'u' -> {
        position++;
        for (int i = 0; i < 4; i++) {
          if (Character.digit(peek(), 16) < 0) {
            throw unexpected("four hexadecimal digits after \\u");
          }
          position++;
        }
      }
      default -> throw unexpected("an escape: one of \" \\ / b f n r t u after a backslash");
    }
    return position;
  }

  private void skipWhiteSpace() {
    if (!isWhiteSpace(peek())) {
      return;
    }
    flushRun(position);
    do {
      position++;
    } while (isWhiteSpace(peek()));
    runStart = position;
  }

  /** Moves the kept bytes since the last white space to the result; past the limit they are only counted. */
  private void flushRun(int to) {
    int length = to - runStart;
    if (compactLength + length <= maxBytes) {
      if (compact.length < compactLength + length) {
        compact =
            Arrays.copyOf(compact, Math.min(maxBytes, (int) compactLength + (end - runStart)));
      }
      System.arraycopy(text, runStart, compact, (int) compactLength, length);
    }
    compactLength += length;
    runStart = to;
  }

  private int peek() {
    return position < end ? text[position] & 0xff : -1;
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isWhiteSpace(int c) {
    return c <= ' ' && (c == ' ' || c == '\n' || c == '\r' || c == '\t');
  }

  private InvalidInputException unexpected(String wanted) {
    String found =
        position >= end ? "the text ends" : "there is " + TextPlace.describe(text, position, end);
    TextPlace place = TextPlace.of(text, position);
    return InvalidInputException.value(
        "the value is no JSON: " + place.phrase() + " " + found + ", expected " + wanted,
        place.details());
  }
}
