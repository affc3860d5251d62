package dev.kvstore.core.error;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableTest {

  @Test
  void showsOrdinaryTextAsItIs() {
    String text = "user:7 \u00e9 \u4e2d \ud83d\ude00 e\u0301";
    assertEquals(text, Printable.escape(text));
    assertEquals('"' + text + '"', Printable.quote(text));
    assertEquals("\"\"", Printable.quote(""));
  }

  @Test
  void escapesEachHarmfulCharacter() {
    assertEquals("\\u001b[31mred\\u001b[0m", Printable.escape("\u001b[31mred\u001b[0m"));
    assertEquals("a\\u000ab\\u000dc\\u0009d\\u0000", Printable.escape("a\nb\rc\td\u0000"));
    assertEquals("\\u007f\\u009b", Printable.escape("\u007f\u009b"));
    assertEquals(
        "\\u202eexe.txt\\u2066\\u200b\\ufeff\\u00ad",
        Printable.escape("\u202eexe.txt\u2066\u200b\ufeff\u00ad"));
    assertEquals("\\u2028\\u2029", Printable.escape("\u2028\u2029"));
    assertEquals("\\ud83dx\\ude00", Printable.escape("\ud83dx\ude00"));
    assertEquals("\\u{e0041}", Printable.escape("\udb40\udc41"));
  }

  @Test
  void escapingTwiceIsEscapingOnce() {
    String once = Printable.escape("\u001b\u202e\udb40\udc41\n\\ \"");
    assertEquals(once, Printable.escape(once));
  }

  @Test
  void quotingTellsAnEscapeFromTextThatLooksLikeOne() {
    assertEquals("\"\\\\u001b\"", Printable.quote("\\u001b"));
    assertEquals("\"\\u001b\"", Printable.quote("\u001b"));
    assertEquals("\"a\\\"b\"", Printable.quote("a\"b"));
    assertEquals("\"\\\\\\\"\"", Printable.quote("\\\""));
  }

  @Test
  void quotingCutsLongTextAndTellsItsLength() {
    String longest = "\ud83d\ude00".repeat(Printable.MAX_SHOWN_CODE_POINTS);
    assertEquals('"' + longest + '"', Printable.quote(longest));
    assertEquals('"' + longest + "...\" (201 characters)", Printable.quote(longest + "x"));
    assertEquals(
        '"' + longest + "...\" (1000200 characters)",
        Printable.quote(longest + "\u0000".repeat(1_000_000)));
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        0, 0x1f, 0x7f, 0x80, 0x9f, 0xad, 0x61c, 0x200b, 0x200e, 0x2028, 0x2029, 0x202a, 0x202e,
        0x2066, 0x2069, 0xd800, 0xdfff, 0xfeff, 0xfff9, 0xe0001, 0xe007f
      })
  void controlFormatSeparatorAndSurrogateAreHarmful(int codePoint) {
    assertTrue(Printable.isHarmful(codePoint), Integer.toHexString(codePoint));
  }

  @ParameterizedTest
  @ValueSource(
      ints = {0x20, 0x7e, 0xa0, 0xe9, 0x301, 0x4e2d, 0xe000, 0xffff, 0x10000, 0x1f600, 0x10ffff})
  void theRestIsNot(int codePoint) {
    assertFalse(Printable.isHarmful(codePoint), Integer.toHexString(codePoint));
  }

  @Test
  void nothingThatIsControlPassesWhateverItsPlace() {
    for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
      if (Character.isISOControl(codePoint)) {
        String shown = Printable.quote("a" + Character.toString(codePoint) + "b");
        assertFalse(
            shown.chars().anyMatch(Character::isISOControl), Integer.toHexString(codePoint));
      }
    }
  }
}
