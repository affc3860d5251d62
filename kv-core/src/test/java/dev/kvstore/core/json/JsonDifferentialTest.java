package dev.kvstore.core.json;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.core.error.InvalidInputException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On damaged texts the compactor and Jackson agree: what is JSON, and which tokens it has. */
class JsonDifferentialTest {

  private static final int MAX_DEPTH = 500;
  private static final int MAX_BYTES = 1 << 20;

  private final JacksonOracle oracle = new JacksonOracle(MAX_DEPTH);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void agreesOnTenThousandMutatedTexts(long seed) {
    agrees(seed, 10_000);
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(longs = {101, 102, 103, 104})
  void agreesOnManyMutatedTexts(long seed) {
    agrees(seed, 250_000);
  }

  private void agrees(long seed, int texts) {
    TextMutator mutator = new TextMutator(new Random(seed));
    int accepted = 0;
    for (int i = 0; i < texts; i++) {
      byte[] text = mutator.next();
      String number = "seed " + seed + ", text " + i;
      Supplier<String> where = () -> number + ": " + HexFormat.of().formatHex(text);
      Optional<String> tokens = oracle.tokens(text);
      Optional<byte[]> compact = compact(text);
      assertEquals(tokens.isPresent(), compact.isPresent(), where);
      if (compact.isPresent()) {
        accepted++;
        assertEquals(tokens, oracle.tokens(compact.get()), where);
        assertEquals(withoutWhiteSpace(text), utf8(compact.get()), where);
        assertArrayEquals(compact.get(), compact(compact.get()).orElseThrow(), where);
      }
    }
    String share = accepted + " of " + texts + " texts were accepted, seed " + seed;
    assertTrue(accepted > texts / 20 && accepted < texts - texts / 20, share);
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
