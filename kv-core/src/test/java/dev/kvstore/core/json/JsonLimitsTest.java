package dev.kvstore.core.json;

import static dev.kvstore.core.json.Compacting.MAX_BYTES;
import static dev.kvstore.core.json.Compacting.assertRefusedAt;
import static dev.kvstore.core.json.Compacting.compact;
import static dev.kvstore.core.json.Compacting.refusal;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.core.error.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Depth and size: exactly at the limit, one over it, and far over it. */
class JsonLimitsTest {

  private static final int MEGABYTE = 1 << 20;

  @ParameterizedTest
  @CsvSource({"[,]", "'{\"a\":',}", "'{\"a\":[',]}", "'[{\"a\":',}]"})
  void nesting500DeepIsKept(String open, String close) {
    int levels = 500 / close.length();
    String deepest = open.repeat(levels) + "1" + close.repeat(levels);
    assertEquals(deepest, compact(deepest));
  }

  @ParameterizedTest
  @CsvSource({"[,],501", "'{\"a\":',},2501", "'{\"a\":[',]},1501", "'[{\"a\":',}],1501"})
  void nesting501DeepIsRefused(String open, String close, long column) {
    int levels = 500 / close.length();
    for (String one : new String[] {"[]", "{}", "[1]", "{\"a\":{}}"}) {
      String tooDeep = open.repeat(levels) + one + close.repeat(levels);
      String message = assertRefusedAt(1, column, tooDeep).getMessage();
      assertTrue(message.contains("deeper than the limit of 500 levels"), message);
    }
  }

  @Test
  void depthIsNotTheNumberOfContainers() {
    String many = "[" + "[[]],{\"a\":[]},".repeat(1_000) + "[]]";
    assertEquals(many, compact(many));
  }

  @Test
  void aSmallerDepthMayBeAsked() {
    byte[] flat = Compacting.utf8("7");
    assertArrayEquals(flat, JsonCompactor.compact(flat, 0, 10));
    byte[] nested = Compacting.utf8("[{}]");
    assertArrayEquals(nested, JsonCompactor.compact(nested, 2, 10));
  }

  @ParameterizedTest
  @ValueSource(ints = {63, 64, 65, 127, 128, 129, 499})
  void kindsOfContainersAreRememberedAtEveryDepth(int levels) {
    String open = "[{\"a\":".repeat(levels / 2) + (levels % 2 == 0 ? "" : "[");
    String close = (levels % 2 == 0 ? "" : "]") + "}]".repeat(levels / 2);
    assertEquals(open + "1" + close, compact(open + "1" + close));
    assertRefusedAt(1, open.length() + 2, open + "1" + (close.charAt(0) == ']' ? "}" : "]"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":", "[{\"a\":", "[[1],", "{\"a\":[],\"b\":", " [ "})
  void aMegabyteOfNestingIsRefusedWithoutHarm(String open) {
    String message = refusal(open.repeat(MEGABYTE / open.length())).getMessage();
    assertTrue(message.contains("500"), message);
  }

  @Test
  void exactly16384BytesAreKept() {
    String text = "{\"a\":\"" + "x".repeat(MAX_BYTES - 8) + "\"}";
    assertEquals(MAX_BYTES, text.length());
    assertEquals(text, compact(text));
  }

  @Test
  void oneByteMoreIsRefusedWithLimitAndFigure() {
    assertTooLarge(16_385, "{\"a\":\"" + "x".repeat(MAX_BYTES - 7) + "\"}");
  }

  @Test
  void theLimitCountsBytesOfUtf8() {
    String text = "\"" + "\u20ac".repeat(5_460) + "xx\"";
    assertEquals(text, compact(text));
    assertTooLarge(16_385, "\"" + "\u20ac".repeat(5_460) + "xxx\"");
  }

  @Test
  void insignificantWhiteSpaceDoesNotCount() {
    String full = "[" + "1,".repeat(8_190) + "12]";
    assertEquals(MAX_BYTES, full.length());
    assertEquals(
        full, compact(" ".repeat(MEGABYTE) + full.replace(",", " ,\n\t") + "\n".repeat(MEGABYTE)));
    assertTooLarge(16_385, full.replace(",", " ,\n\t").replace("12]", "123 ]\n"));
  }

  @Test
  void whiteSpaceInStringsCounts() {
    assertTooLarge(20_002, "\"" + " ".repeat(20_000) + "\"");
  }

  @Test
  void aMegabyteOfDigitsIsRefusedBySize() {
    assertTooLarge(MEGABYTE, "1".repeat(MEGABYTE));
    assertTooLarge(MEGABYTE + 2, "0." + "1".repeat(MEGABYTE));
    assertTooLarge(MEGABYTE + 2, "1e" + "1".repeat(MEGABYTE));
    assertTooLarge(MEGABYTE + 6, "{\"a\":" + "1".repeat(MEGABYTE) + "}");
  }

  @Test
  void theFigureIsThatOfTheCompactFormHoweverItIsCutByWhiteSpace() {
    assertTooLarge(60_001, "[" + "1\n,\n".repeat(29_999) + "1]");
  }

  @Test
  void whatIsTooLongAndNoJsonIsCalledNoJson() {
    assertRefusedAt(1, 20_002, "1".repeat(20_001) + "x");
  }

  @Test
  void theResultIsAnArrayOfItsOwnLength() {
    assertEquals(2, compact(Compacting.utf8("  {  }  ")).length);
    assertEquals(2, JsonCompactor.compact(Compacting.utf8("{} "), 1, 2).length);
  }

  private static void assertTooLarge(long actual, String text) {
    InvalidInputException refusal = refusal(text);
    String message = refusal.getMessage();
    assertEquals(16_384L, refusal.details().get("limit"), message);
    assertEquals(actual, refusal.details().get("actual"), message);
    assertTrue(message.contains(" " + actual + " bytes"), message);
    assertTrue(message.contains("the limit is 16384"), message);
  }
}
