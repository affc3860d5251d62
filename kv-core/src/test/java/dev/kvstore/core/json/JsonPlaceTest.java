package dev.kvstore.core.json;

import static dev.kvstore.core.json.Compacting.assertRefusedAt;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Places are counted as a person counts: lines by line feeds, columns by code points, both from 1. */
class JsonPlaceTest {

  @Test
  void columnsCountCodePoints() {
    assertRefusedAt(1, 6, "[\"\u00e9\" x]");
    assertRefusedAt(1, 6, "[\"\u20ac\" x]");
    assertRefusedAt(1, 6, "[\"\ud83d\ude00\" x]");
    assertRefusedAt(1, 7, "[\"e\u0301\" x]");
    assertRefusedAt(1, 11, "[\"\\u00e9\" x]");
  }

  @Test
  void linesEndWithALineFeed() {
    assertRefusedAt(2, 1, "[\nx]");
    assertRefusedAt(3, 5, "[1,\n2,\n    x]");
    assertRefusedAt(2, 1, "[\r\nx]");
    assertRefusedAt(1, 3, "[\rx]");
    assertRefusedAt(3, 1, "{\n}\nx");
  }

  @Test
  void whatIsMissingAtTheEndIsPlacedAfterTheLastCharacter() {
    assertRefusedAt(1, 2, "[");
    assertRefusedAt(2, 1, "[\n");
    assertRefusedAt(2, 3, "{\n\"\u00e9");
  }

  @Test
  void depthAndEncodingErrorsHaveAPlaceToo() {
    assertRefusedAt(2, 500, "[\n" + "[".repeat(600));
    assertRefusedAt(2, 3, Compacting.bytes("[<0a>\"<c3><a9><ff>\"]"));
  }

  @Test
  void whatIsNoCharacterIsNamedByItsByte() {
    String message = assertRefusedAt(1, 2, Compacting.bytes("[<ff>]")).getMessage();
    assertTrue(message.contains("there is byte 0xff"), message);
    message = assertRefusedAt(1, 2, Compacting.bytes("[<80>]")).getMessage();
    assertTrue(message.contains("there is byte 0x80"), message);
  }

  @Test
  void aMegabyteBeforeThePlaceIsCounted() {
    String text = "[" + "1,\n".repeat(350_000) + "x]";
    String message = assertRefusedAt(350_001, 1, text).getMessage();
    assertTrue(message.contains("there is \"x\""), message);
  }
}
