package dev.kvstore.core.json;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kvstore.core.error.InvalidInputException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;

/** What must hold of every text: the compactor and Jackson agree whether it is JSON, and which tokens it has. */
final class JsonAgreement {

  private static final int MAX_DEPTH = 500;
  private static final int MAX_BYTES = 1 << 20;
  private static final JacksonOracle ORACLE = new JacksonOracle(MAX_DEPTH);

  private JsonAgreement() {}

  /**
   * Compares the two on a text.
   *
   * @param name of the text, for messages
   * @return whether it is JSON
   */
  static boolean check(byte[] text, String name) {
    Supplier<String> where = () -> name + ": " + HexFormat.of().formatHex(text);
    Optional<String> tokens = ORACLE.tokens(text);
    Optional<byte[]> compact = compact(text);
    assertEquals(tokens.isPresent(), compact.isPresent(), where);
    if (compact.isPresent()) {
      assertEquals(tokens, ORACLE.tokens(compact.get()), where);
      assertEquals(withoutWhiteSpace(text), utf8(compact.get()), where);
      assertArrayEquals(compact.get(), compact(compact.get()).orElseThrow(), where);
    }
    return compact.isPresent();
  }

  private static Optional<byte[]> compact(byte[] text) {
    try {
      return Optional.of(JsonCompactor.compact(text, MAX_DEPTH, MAX_BYTES));
    } catch (InvalidInputException refused) {
      return Optional.empty();
    }
  }

  /** Drops white space outside strings; right for JSON alone, and written apart from the compactor. */
  private static String withoutWhiteSpace(byte[] json) {
    StringBuilder kept = new StringBuilder();
    boolean inString = false;
    boolean escaped = false;
    for (char c : utf8(json).toCharArray()) {
      if (inString || " \t\n\r".indexOf(c) < 0) {
        kept.append(c);
      }
      if (c == '"' && !escaped) {
        inString = !inString;
      }
      escaped = inString && c == '\\' && !escaped;
    }
    return kept.toString();
  }

  private static String utf8(byte[] text) {
    return new String(text, StandardCharsets.UTF_8);
  }
}
