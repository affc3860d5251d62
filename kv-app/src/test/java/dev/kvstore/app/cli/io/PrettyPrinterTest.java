package dev.kvstore.app.cli.io;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kvstore.core.model.JsonValue;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrettyPrinterTest {

  @Test
  void aMemberOrElementALine() {
    assertEquals(
        """
        {
          "a": 1.0,
          "b": [
            1e400,
            {},
            [],
            "x:,{\\"}"
          ],
          "c": {
            "d": null
          }
        }""",
        PrettyPrinter.format("{\"a\":1.0,\"b\":[1e400,{},[],\"x:,{\\\"}\"],\"c\":{\"d\":null}}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", "1", "\"\"", "null", "\"\\\\\"", "-0.0E+1", "\"a b\""})
  void whatHasNoMembersStaysOnOneLine(String json) {
    assertEquals(json, PrettyPrinter.format(json));
  }

  @Test
  void compactedAgainItIsTheSame() {
    long seed = 20_240_607L;
    Random random = new Random(seed);
    for (int round = 0; round < 500; round++) {
      StringBuilder json = new StringBuilder();
      append(json, random, 5);
      String compact = json.toString();
      assertEquals(
          compact,
          JsonValue.parse(PrettyPrinter.format(compact)).text(),
          "seed " + seed + ", round " + round);
    }
  }

  @Test
  void theDeepestNestingIsNoTrouble() {
    String deep = "[".repeat(JsonValue.MAX_DEPTH) + "]".repeat(JsonValue.MAX_DEPTH);
    assertEquals(deep, JsonValue.parse(PrettyPrinter.format(deep)).text());
  }

  private static void append(StringBuilder json, Random random, int depth) {
    String[] scalars = {
      "1e2", "0.10", "\"\"", "\"a\\\\\"", "\"{[ ,:\\\"\"", "true", "null", "\"\\u00e9\u00e9\""
    };
    int kind = random.nextInt(depth == 0 ? 1 : 3);
    if (kind == 0) {
      json.append(scalars[random.nextInt(scalars.length)]);
      return;
    }
    json.append(kind == 1 ? '{' : '[');
    int members = random.nextInt(4);
    for (int i = 0; i < members; i++) {
      json.append(i == 0 ? "" : ",").append(kind == 1 ? "\"a\":" : "");
      append(json, random, depth - 1);
    }
    json.append(kind == 1 ? '}' : ']');
  }
}
