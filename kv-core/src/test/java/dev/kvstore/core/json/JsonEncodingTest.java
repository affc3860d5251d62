package dev.kvstore.core.json;

import static dev.kvstore.core.json.Compacting.assertRefusedAt;
import static dev.kvstore.core.json.Compacting.bytes;
import static dev.kvstore.core.json.Compacting.compact;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.Charset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 3629 (UTF-8) by its table of well-formed sequences; no other encoding, no byte order mark. */
class JsonEncodingTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<7f>",
        "<c2><80>",
        "<df><bf>",
        "<e0><a0><80>",
        "<e0><bf><bf>",
        "<e1><80><80>",
        "<ec><bf><bf>",
        "<ed><80><80>",
        "<ed><9f><bf>",
        "<ee><80><80>",
        "<ef><bb><bf>",
        "<ef><bf><bf>",
        "<f0><90><80><80>",
        "<f0><bf><bf><bf>",
        "<f1><80><80><80>",
        "<f3><bf><bf><bf>",
        "<f4><80><80><80>",
        "<f4><8f><bf><bf>"
      })
  void everyEdgeOfWellFormedUtf8IsKept(String sequence) {
    byte[] text = bytes("{\"" + sequence + "\":\"x" + sequence + sequence + "x\"}");
    assertArrayEquals(text, compact(text));
  }

  @ParameterizedTest
  @CsvSource({
    "a lone continuation byte, <80>",
    "a lone continuation byte, <bf>",
    "overlong slash of two bytes, <c0><af>",
    "overlong quote of two bytes, <c0><a2>",
    "overlong NUL of two bytes, <c0><80>",
    "overlong U+007F, <c1><bf>",
    "overlong slash of three bytes, <e0><80><af>",
    "overlong U+07FF, <e0><9f><bf>",
    "overlong slash of four bytes, <f0><80><80><af>",
    "overlong U+FFFF, <f0><8f><bf><bf>",
    "the first surrogate, <ed><a0><80>",
    "the last surrogate, <ed><bf><bf>",
    "a pair of surrogates (CESU-8), <ed><a0><bd><ed><b8><80>",
    "U+110000, <f4><90><80><80>",
    "beyond Unicode, <f5><80><80><80>",
    "five bytes, <f8><88><80><80><80>",
    "six bytes, <fc><84><80><80><80><80>",
    "no lead byte, <fe>",
    "no lead byte, <ff>",
    "two bytes without the second, <c3>",
    "three bytes without the third, <e2><82>",
    "four bytes without the fourth, <f0><9f><98>",
    "a lead byte after a lead byte, <e2><e2><82><ac>",
    "Latin-1, <e9>"
  })
  void malformedUtf8IsRefusedAtItsFirstByte(String what, String sequence) {
    String message = assertRefusedAt(1, 3, bytes("\"x" + sequence + "x\"")).getMessage();
    assertTrue(message.contains("not valid UTF-8"), what + ": " + message);
    assertRefusedAt(1, 4, bytes("{\"x" + sequence + "\":1}"));
    assertRefusedAt(1, 2, bytes("1" + sequence));
  }

  @ParameterizedTest
  @ValueSource(strings = {"<c3>", "<e2>", "<e2><82>", "<f0>", "<f0><9f>", "<f0><9f><98>"})
  void aSequenceCutByTheEndIsRefused(String start) {
    assertRefusedAt(1, 2, bytes("\"" + start));
    assertRefusedAt(1, 1, bytes(start));
    assertRefusedAt(1, 3, bytes("{}" + start));
  }

  @Test
  void aByteOrderMarkIsRefusedAndNamed() {
    String message = assertRefusedAt(1, 1, bytes("<ef><bb><bf>{}")).getMessage();
    assertTrue(message.contains("byte order mark"), message);
    assertRefusedAt(1, 1, bytes("<ef><bb><bf>"));
    assertRefusedAt(1, 3, bytes("{}<ef><bb><bf>"));
  }

  @Test
  void onlyAByteOrderMarkIsCalledOne() {
    String message = assertRefusedAt(1, 1, "\uff1a{}").getMessage();
    assertTrue(message.contains("there is \"\uff1a\""), message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE", "x-UTF-16LE-BOM"})
  void otherUnicodeEncodingsAreRefused(String charset) {
    byte[] text = "{\"a\":1}".getBytes(Charset.forName(charset));
    boolean littleEndianWithoutMark = text[0] == '{';
    assertRefusedAt(1, littleEndianWithoutMark ? 2 : 1, text);
  }
}
