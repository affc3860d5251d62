package dev.kvstore.core.model;

import dev.kvstore.core.error.InvalidInputException;
import dev.kvstore.core.json.JsonCompactor;
import dev.kvstore.core.json.JsonType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * One JSON value (RFC 8259) in compact form: without insignificant white space, otherwise to the letter as it was given. At
 * most {@value #MAX_BYTES} bytes of UTF-8, nested at most {@value #MAX_DEPTH} deep. Two values are equal if their compact
 * texts are. Immutable.
 */
public final class JsonValue {

  /** The most bytes of a value in compact UTF-8 form: 16 KB. */
  public static final int MAX_BYTES = 16_384;

  /** How deep objects and arrays may nest. */
  public static final int MAX_DEPTH = 500;

  private final byte[] compact;

  private JsonValue(byte[] compact) {
    this.compact = compact;
  }

  /**
   * Reads a JSON text.
   *
   * @param text one JSON value of any type, with any white space
   * @throws InvalidInputException INVALID_VALUE if it is no JSON, too long or too deep; the message tells the place
   */
  public static JsonValue parse(String text) {
    int lone = loneSurrogate(text);
    if (lone >= 0) {
      long line = 1 + text.substring(0, lone).chars().filter(c -> c == '\n').count();
      long column = 1L + text.codePointCount(text.lastIndexOf('\n', lone) + 1, lone);
      throw InvalidInputException.value(
          "the value has half of a surrogate pair at line "
              + line
              + ", column "
              + column
              + ", which UTF-8 cannot hold; write it as an escape",
          Map.of("line", line, "column", column));
    }
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return new JsonValue(JsonCompactor.compactOwned(utf8, MAX_DEPTH, MAX_BYTES));
  }

  /**
   * Reads a JSON text in UTF-8.
   *
   * @param utf8 one JSON value of any type, with any white space; not kept, not changed
   * @throws InvalidInputException INVALID_VALUE if it is no JSON, too long or too deep; the message tells the place
   */
  public static JsonValue parse(byte[] utf8) {
    return new JsonValue(JsonCompactor.compact(utf8, MAX_DEPTH, MAX_BYTES));
  }

  /**
   * Takes back what {@link #utf8()} gave, unchecked: for an engine that has verified by checksum that these are the bytes
   * it was handed.
   *
   * @param compact a value in compact form; the caller gives the array away and must not change it
   */
  public static JsonValue ofVerified(byte[] compact) {
    return new JsonValue(compact);
  }

  /** A new array with the compact form in UTF-8. */
  public byte[] utf8() {
    return compact.clone();
  }

  /** Copies the compact form in UTF-8, {@link #sizeInBytes()} bytes, into {@code target} from {@code at} on. */
  public void copyTo(byte[] target, int at) {
    System.arraycopy(compact, 0, target, at, compact.length);
  }

  /** The compact form. */
  public String text() {
    return new String(compact, StandardCharsets.UTF_8);
  }

  /** The length of the compact form in UTF-8, in bytes. */
  public int sizeInBytes() {
    return compact.length;
  }

  /** What kind of JSON value this is. */
  public JsonType type() {
    return JsonType.of(compact);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof JsonValue value && Arrays.equals(compact, value.compact);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(compact);
  }

  /** The same as {@link #text()}. */
  @Override
  public String toString() {
    return text();
  }

  private static int loneSurrogate(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (i + 1 == text.length()
            || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
          return i;
        }
        i++;
      }
    }
    return -1;
  }
}
