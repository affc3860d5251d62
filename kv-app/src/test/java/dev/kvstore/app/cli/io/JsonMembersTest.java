package dev.kvstore.app.cli.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.core.error.ErrorCode;
import dev.kvstore.core.error.InvalidInputException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class JsonMembersTest {

  private static Map<String, String> of(String text) {
    Map<String, String> members = new LinkedHashMap<>();
    JsonMembers.of(text.getBytes(StandardCharsets.UTF_8))
        .forEach((name, json) -> members.put(name, new String(json, StandardCharsets.UTF_8)));
    return members;
  }

  @Test
  void valuesStayToTheLetter() {
    Map<String, String> expected = new LinkedHashMap<>();
    expected.put("a", "1.0e+02");
    expected.put("b", "\"\\u00e9\\/é,}:\\\"\"");
    expected.put("é", "{\"x\":1,\"x\":[{},[],\"]\"]}");
    expected.put("", "null");
    expected.put("d", "[]");
    assertEquals(
        expected,
        of(
            " {\"a\" : 1.0e+02 , \"b\":\"\\u00e9\\/é,}:\\\"\", \"\\u00e9\":{ \"x\":1,\"x\":[{},[],\"]\"] },\"\":null,\"d\":[ ]} "));
  }

  @Test
  void noMembers() {
    assertEquals(Map.of(), of(" { } "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "5",
        "{",
        "{\"a\":1}x",
        "{\"a\":1,}",
        "{\"a\":1,\"\\u0061\":2}",
        "\uFEFF{}"
      })
  void anythingElseIsRefused(String text) {
    InvalidInputException e = assertThrows(InvalidInputException.class, () -> of(text));
    assertEquals(ErrorCode.INVALID_VALUE, e.code());
  }

  @Test
  void depthIsNoTrouble() {
    String deep = "[".repeat(100_000) + "]".repeat(100_000);
    assertEquals(deep, of("{\"a\":" + deep + "}").get("a"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a", "\\\"\\\\\\/\\b\\f\\n\\r\\t", "\\u00e9é\\uD83D\\uDE00", "\\\\u0041"})
  void stringsAreReadAsEveryParserReadsThem(String escaped) {
    String json = "\"" + escaped + "\"";
    assertEquals(
        JsonMapper.builder().build().readValue(json, String.class),
        JsonMembers.unquote(json.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void halfOfASurrogatePairComesThrough() {
    assertTrue(
        JsonMembers.unquote("\"\\ud800\"".getBytes(StandardCharsets.UTF_8)).equals("\ud800"));
  }
}
