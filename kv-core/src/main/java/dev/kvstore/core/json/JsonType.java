package dev.kvstore.core.json;

/** The types of a JSON value (RFC 8259, section 3). */
public enum JsonType {
  /** {@code {"name": value, ...}}. */
  OBJECT("an object"),
  /** {@code [value, ...]}. */
  ARRAY("an array"),
  /** Text in double quotes. */
  STRING("a string"),
  /** A decimal number of any length. */
  NUMBER("a number"),
  /** {@code true} or {@code false}. */
  BOOLEAN("a boolean"),
  /** {@code null}. */
  NULL("null");

  private final String phrase;

  JsonType(String phrase) {
    this.phrase = phrase;
  }

  /** The type as it reads in a sentence, such as "an object". */
  public String phrase() {
    return phrase;
  }

  /**
   * The type of the JSON value that begins with {@code first}, its first byte after white space.
   *
   * @throws IllegalArgumentException if no JSON value begins so
   */
  static JsonType startingWith(byte first) {
    return switch (first) {
      case '{' -> OBJECT;
      case '[' -> ARRAY;
      case '"' -> STRING;
      case 't', 'f' -> BOOLEAN;
      case 'n' -> NULL;
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> NUMBER;
      default -> throw new IllegalArgumentException("no JSON value begins with byte " + first);
    };
  }

  /** The type of {@code compact}, a JSON text in compact form, by its first byte. */
  public static JsonType of(byte[] compact) {
    return startingWith(compact[0]);
  }
}
