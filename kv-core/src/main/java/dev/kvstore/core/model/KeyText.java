package dev.kvstore.core.model;

import dev.kvstore.core.error.InvalidInputException;
import dev.kvstore.core.error.Printable;
import java.util.Map;

/** The rules that a key and a prefix of keys have in common. */
final class KeyText {

  private KeyText() {}

  /**
   * Checks the length and the characters of {@code text}.
   *
   * @param what "key" or "prefix", for the message
   * @throws InvalidInputException INVALID_KEY
   */
  static void check(String what, String text) {
    if (isShortAscii(text)) {
      return;
    }
    int length = text.codePointCount(0, text.length());
    if (length > Key.MAX_CODE_POINTS) {
      throw InvalidInputException.key(
          "the "
              + what
              + " "
              + Printable.quote(text)
              + " has "
              + length
              + " characters; the limit is "
              + Key.MAX_CODE_POINTS
              + ". Use a shorter one",
          lengthDetails(length));
    }
    for (int i = 0, character = 1; i < text.length(); character++) {
      int codePoint = text.codePointAt(i);
      int type = Character.getType(codePoint);
      if (type == Character.CONTROL || type == Character.SURROGATE) {
        throw InvalidInputException.key(
            "the "
                + what
                + " "
                + Printable.quote(text)
                + " has "
                + (type == Character.CONTROL ? "a control character" : "half of a surrogate pair")
                + String.format(" (U+%04X)", codePoint)
                + " as its character "
                + character
                + "; leave it out",
            Map.of("key", text, "character", (long) character));
      }
      i += Character.charCount(codePoint);
    }
  }

  /** Whether it is what nearly all keys are: not too long, and of printable ASCII alone. */
  private static boolean isShortAscii(String text) {
    if (text.length() > Key.MAX_CODE_POINTS) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
        return false;
      }
    }
    return true;
  }

  static Map<String, Object> lengthDetails(int length) {
    return Map.of("limit", (long) Key.MAX_CODE_POINTS, "actual", (long) length);
  }

  /** Compares by code point. UTF-16 units compare so too, but for surrogates, which belong above U+FFFF. */
  static int compare(String left, String right) {
    int common = Math.min(left.length(), right.length());
    for (int i = 0; i < common; i++) {
      char a = left.charAt(i);
      char b = right.charAt(i);
      if (a != b) {
        boolean surrogateA = Character.isSurrogate(a);
        return surrogateA == Character.isSurrogate(b)
            ? Character.compare(a, b)
            : surrogateA ? 1 : -1;
      }
    }
    return Integer.compare(left.length(), right.length());
  }
}
