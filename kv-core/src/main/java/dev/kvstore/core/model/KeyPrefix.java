package dev.kvstore.core.model;

import dev.kvstore.core.error.InvalidInputException;
import java.nio.charset.StandardCharsets;

/** What a range of keys begins with: empty for all keys, else text that a key could be. Immutable. */
public final class KeyPrefix {

  private static final KeyPrefix ALL = new KeyPrefix("");

  private final String text;

  private KeyPrefix(String text) {
    this.text = text;
  }

  /** The prefix of every key. */
  public static KeyPrefix all() {
    return ALL;
  }

  /**
   * The prefix that reads {@code text}.
   *
   * @throws InvalidInputException INVALID_KEY if no key could begin so
   */
  public static KeyPrefix of(String text) {
    KeyText.check("prefix", text);
    return text.isEmpty() ? ALL : new KeyPrefix(text);
  }

  /** The prefix as it was given. */
  public String text() {
    return text;
  }

  /** A new array with the prefix in UTF-8. */
  public byte[] utf8() {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Whether {@code key} begins with this prefix. */
  public boolean matches(Key key) {
    return key.text().startsWith(text);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KeyPrefix prefix && text.equals(prefix.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
