package dev.kvstore.core.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.core.error.ErrorCode;
import dev.kvstore.core.error.InvalidInputException;
import dev.kvstore.core.error.Printable;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rule for keys, which prefixes of keys share but for the empty one. */
class KeyTest {

  private static final String EMOJI = "\ud83d\ude00";

  static Stream<UnaryOperator<String>> keyAndPrefix() {
    return Stream.of(text -> Key.of(text).text(), text -> KeyPrefix.of(text).text());
  }

  @ParameterizedTest
  @MethodSource("keyAndPrefix")
  void thirtyTwoCharactersAreKept(UnaryOperator<String> made) {
    for (String text : new String[] {
      EMOJI.repeat(32), "x".repeat(32), "\u00e9".repeat(32), EMOJI.repeat(31) + "x", "x"
    }) {
      assertEquals(text, made.apply(text));
    }
  }

  @ParameterizedTest
  @MethodSource("keyAndPrefix")
  void thirtyThreeAreRefusedWithLimitAndFigure(UnaryOperator<String> made) {
    for (String text :
        new String[] {EMOJI.repeat(33), "x".repeat(33), "e\u0301".repeat(16) + "e"}) {
      InvalidInputException refusal = refusal(made, text);
      assertEquals(Map.of("limit", 32L, "actual", 33L), refusal.details());
      String message = refusal.getMessage();
      assertTrue(message.contains("33 characters") && message.contains("the limit is 32"), message);
    }
  }

  @ParameterizedTest
  @MethodSource("keyAndPrefix")
  void aVeryLongOneGetsAShortMessage(UnaryOperator<String> made) {
    for (String unit : new String[] {"x", "\u0000", EMOJI, "\udb40\udc41", "\ud800"}) {
      String message = refusal(made, unit.repeat(1_000_000)).getMessage();
      assertTrue(message.contains("1000000 characters"), message);
      assertTrue(message.length() < 2_500, message);
    }
  }

  @ParameterizedTest
  @MethodSource("keyAndPrefix")
  void everyControlCharacterIsRefusedByNameAndPlace(UnaryOperator<String> made) {
    for (int c = 0; c <= 0x9f; c++) {
      if (c >= 0x20 && c < 0x7f) {
        assertEquals("a" + (char) c, made.apply("a" + (char) c));
        continue;
      }
      String text = EMOJI + (char) c + "x";
      InvalidInputException refusal = refusal(made, text);
      String message = refusal.getMessage();
      assertTrue(
          message.contains(String.format("a control character (U+%04X) as its character 2", c)),
          message);
      assertEquals(Map.of("key", text, "character", 2L), refusal.details());
    }
  }

  @ParameterizedTest
  @MethodSource("keyAndPrefix")
  void halvesOfSurrogatePairsAreRefused(UnaryOperator<String> made) {
    for (String text : new String[] {
      "\ud800", "\udfff", "\ude00\ud83d", EMOJI + "\ud83d", "\ud83dx", "\ud83d" + EMOJI
    }) {
      String message = refusal(made, text).getMessage();
      assertTrue(
          message.contains("half of a surrogate pair (U+D") || message.contains("(U+DE00)"),
          message);
    }
    assertTrue(
        refusal(made, EMOJI + "x\ud83d").getMessage().contains("(U+D83D) as its character 3"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " ",
        "a ",
        " a",
        "  ",
        "../x",
        "/",
        "a/../b",
        "C:\\x",
        "\"",
        "\\",
        "{}",
        "$(x)",
        "%00",
        "a;b",
        "-x",
        "--",
        "\u00a0",
        "\u2028",
        "\u202eabc",
        "\u2066x\u2069",
        "\u200b",
        "\ufeff",
        "\ue000",
        "\uffff",
        "\udbff\udfff",
        "\u0378",
        "nul",
        "\u0301"
      })
  void anyOtherTextIsAKeyToTheLetter(String text) {
    assertEquals(text, Key.of(text).text());
    assertEquals(text, Key.of(text).toString());
    assertEquals(text, KeyPrefix.of(text).toString());
    assertArrayEquals(text.getBytes(StandardCharsets.UTF_8), Key.of(text).utf8());
    assertArrayEquals(text.getBytes(StandardCharsets.UTF_8), KeyPrefix.of(text).utf8());
  }

  @Test
  void messagesShowNoBidirectionalCharacter() {
    String message = refusal(text -> Key.of(text).text(), "\u202eabc\u0007").getMessage();
    assertTrue(message.contains("\"\\u202eabc\\u0007\""), message);
  }

  @Test
  void theEmptyKeyIsRefusedTheEmptyPrefixIsNot() {
    InvalidInputException refusal = refusal(text -> Key.of(text).text(), "");
    assertEquals(Map.of("limit", 32L, "actual", 0L), refusal.details());
    assertTrue(refusal.getMessage().contains("1 to 32"), refusal.getMessage());
    assertEquals(KeyPrefix.all(), KeyPrefix.of(""));
    assertEquals(0, KeyPrefix.all().utf8().length);
  }

  @Test
  void whatLooksAlikeMayDiffer() {
    String composed = "\u00e9";
    String decomposed = Normalizer.normalize(composed, Normalizer.Form.NFD);
    assertDiffer(composed, decomposed);
    assertDiffer("\u212b", "\u00c5");
    assertDiffer("key", "Key");
    assertDiffer("\u0131", "i");
    assertDiffer("key", "key ");
    assertDiffer("key", " key");
    assertDiffer("a\u200bb", "ab");
  }

  @Test
  void equalTextsAreEqualKeys() {
    Key key = Key.of("k");
    Key same = Key.of(new String("k".toCharArray()));
    assertEquals(key, same);
    assertEquals(key.hashCode(), same.hashCode());
    assertEquals(0, key.compareTo(same));
    KeyPrefix prefix = KeyPrefix.of("k");
    assertEquals(prefix, KeyPrefix.of(new String("k".toCharArray())));
    assertEquals(prefix.hashCode(), KeyPrefix.of("k").hashCode());
    assertFalse(prefix.equals((Object) key) || key.equals((Object) prefix));
  }

  @Test
  void noKeyIsLongerInUtf8ThanSaid() {
    assertEquals(Key.MAX_UTF8_BYTES, Key.of(EMOJI.repeat(32)).utf8().length);
  }

  private static void assertDiffer(String left, String right) {
    assertNotEquals(Key.of(left), Key.of(right));
    assertNotEquals(0, Key.of(left).compareTo(Key.of(right)));
    assertNotEquals(KeyPrefix.of(left), KeyPrefix.of(right));
  }

  private static InvalidInputException refusal(UnaryOperator<String> made, String text) {
    InvalidInputException refusal =
        assertThrows(InvalidInputException.class, () -> made.apply(text));
    assertEquals(ErrorCode.INVALID_KEY, refusal.code());
    assertFalse(refusal.getMessage().codePoints().anyMatch(Printable::isHarmful));
    return refusal;
  }
}
