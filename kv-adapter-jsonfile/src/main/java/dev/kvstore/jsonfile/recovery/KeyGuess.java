package dev.kvstore.jsonfile.recovery;

import dev.kvstore.core.error.InvalidInputException;
import dev.kvstore.core.model.Key;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Guesses which key a damaged line was about: what it shows of it may be damaged, too. */
final class KeyGuess {

  private static final String[] STARTS = {"\"put\":\"", "\"delete\":\""};

  private KeyGuess() {}

  /** The key that {@code text} seems to name. */
  static Optional<String> in(byte[] text) {
    // A character for each byte, so that places are the same in both.
    String shown = new String(text, StandardCharsets.ISO_8859_1);
    for (String start : STARTS) {
      int at = shown.indexOf(start);
      if (at >= 0) {
        return keyFrom(shown, at + start.length());
      }
    }
    return Optional.empty();
  }

  private static Optional<String> keyFrom(String shown, int from) {
    StringBuilder bytes = new StringBuilder();
    for (int i = from; i < shown.length() && bytes.length() <= Key.MAX_UTF8_BYTES; i++) {
      char c = shown.charAt(i);
      if (c == '"') {
        return checked(bytes.toString().getBytes(StandardCharsets.ISO_8859_1));
      }
      if (c == '\\' && ++i == shown.length()) {
        return Optional.empty();
      }
      bytes.append(shown.charAt(i));
    }
    return Optional.empty();
  }

  private static Optional<String> checked(byte[] utf8) {
    try {
      String key = Key.of(new String(utf8, StandardCharsets.UTF_8)).text();
      return Optional.of(key);
    } catch (InvalidInputException e) {
      return Optional.empty();
    }
  }
}
