package dev.kvstore.core.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.core.error.ErrorCode;
import dev.kvstore.core.error.InvalidInputException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Calls the compactor with the limits of the store, and checks what holds of every refusal. */
final class Compacting {

  static final int MAX_DEPTH = 500;
  static final int MAX_BYTES = 16_384;

  private static final int MAX_MESSAGE_LENGTH = 300;

  private Compacting() {}

  static String compact(String text) {
    return new String(compact(utf8(text)), StandardCharsets.UTF_8);
  }

  static byte[] compact(byte[] text) {
    return JsonCompactor.compact(text, MAX_DEPTH, MAX_BYTES);
  }

  static InvalidInputException refusal(String text) {
    return refusal(utf8(text));
  }

  /** The refusal of {@code text}, whose message must be short, of one line, and harmless on a terminal. */
  static InvalidInputException refusal(byte[] text) {
    InvalidInputException refusal = assertThrows(InvalidInputException.class, () -> compact(text));
    String message = refusal.getMessage();
    assertEquals(ErrorCode.INVALID_VALUE, refusal.code(), message);
    assertFalse(message.codePoints().anyMatch(Character::isISOControl), message);
    assertTrue(message.length() <= MAX_MESSAGE_LENGTH, message);
    return refusal;
  }

  /** Checks that {@code text} is refused at this place, by the details and by the message. */
  static InvalidInputException assertRefusedAt(long line, long column, byte[] text) {
    InvalidInputException refusal = refusal(text);
    String message = refusal.getMessage();
    assertEquals(
        line + ":" + column,
        refusal.details().get("line") + ":" + refusal.details().get("column"),
        message);
    assertTrue(message.contains("at line " + line + ", column " + column), message);
    return refusal;
  }

  static InvalidInputException assertRefusedAt(long line, long column, String text) {
    return assertRefusedAt(line, column, utf8(text));
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Bytes from their hexadecimal form, with text in between: {@code "\"<c0><80>\""}. */
  static byte[] bytes(String pattern) {
    byte[] out = new byte[pattern.length()];
    int length = 0;
    for (int i = 0; i < pattern.length(); i++) {
      if (pattern.charAt(i) == '<') {
        out[length++] = (byte) Integer.parseInt(pattern, i + 1, i + 3, 16);
        i += 3;
      } else {
        out[length++] = (byte) pattern.charAt(i);
      }
    }
    return Arrays.copyOf(out, length);
  }
}
