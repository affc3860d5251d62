package dev.kvstore.core.model;

import dev.kvstore.core.error.InvalidInputException;
import java.nio.charset.StandardCharsets;

/**
 * The name of an entry: 1 to {@value #MAX_CODE_POINTS} characters, counted in Unicode code points, none of them a control
 * character (general category Cc) or an unpaired surrogate. Keys are compared code point by code point; nothing is
 * normalised, folded or trimmed, so two keys that look alike may differ. Immutable.
 */
public final class Key implements Comparable<Key> {

  /** The most characters of a key, in code points. */
  public static final int MAX_CODE_POINTS = 32;

  /** The most bytes of a key in UTF-8. */
  public static final int MAX_UTF8_BYTES = 4 * MAX_CODE_POINTS;

  private final String text;

  private Key(String text) {
    this.text = text;
  }

  /**
   * The key that reads {@code text}.
   *
   * @throws InvalidInputException INVALID_KEY if the text breaks the rule for keys
   */
  public static Key of(String text) {
    if (text.isEmpty()) {
      throw InvalidInputException.key(
          "the key is empty; a key has 1 to " + MAX_CODE_POINTS + " characters",
          KeyText.lengthDetails(0));
    }
    KeyText.check("key", text);
    return new Key(text);
  }

  /** The key's text, as it was given. */
  public String text() {
    return text;
  }

  /** A new array with the key in UTF-8; its unsigned bytes sort as the keys do. */
  public byte[] utf8() {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Orders by code point; the same order as that of the unsigned UTF-8 bytes. */
  @Override
  public int compareTo(Key other) {
    return KeyText.compare(text, other.text);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Key key && text.equals(key.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** The same as {@link #text()}; raw, so not for a terminal. */
  @Override
  public String toString() {
    return text;
  }
}
