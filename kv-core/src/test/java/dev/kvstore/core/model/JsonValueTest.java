package dev.kvstore.core.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.core.error.ErrorCode;
import dev.kvstore.core.error.InvalidInputException;
import dev.kvstore.core.json.JsonType;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonValueTest {

  @Test
  void keepsTheCompactFormToTheLetter() {
    JsonValue value = JsonValue.parse(" { \"a\" : 1.0e400 , \"a\" : \"\\u00e9 \u00e9\" } ");
    String compact = "{\"a\":1.0e400,\"a\":\"\\u00e9 \u00e9\"}";
    assertEquals(compact, value.text());
    assertEquals(compact, value.toString());
    assertArrayEquals(compact.getBytes(StandardCharsets.UTF_8), value.utf8());
    assertEquals(value.utf8().length, value.sizeInBytes());
    assertEquals(JsonType.OBJECT, value.type());
  }

  @Test
  void copiesItsTextToAPlaceInAnArray() {
    byte[] target = "<.......>".getBytes(StandardCharsets.UTF_8);
    JsonValue.parse("{\"a\": 1}").copyTo(target, 1);
    assertEquals("<{\"a\":1}>", new String(target, StandardCharsets.UTF_8));
  }

  @Test
  void isEqualByItsText() {
    JsonValue value = JsonValue.parse("{\"a\":1}");
    assertEquals(value, JsonValue.parse("{ \"a\": 1 }".getBytes(StandardCharsets.UTF_8)));
    assertEquals(value.hashCode(), JsonValue.parse("{ \"a\": 1 }").hashCode());
    assertEquals(value, JsonValue.ofVerified(value.utf8()));
    assertNotEquals(value, JsonValue.parse("{\"a\":1.0}"));
    assertNotEquals(JsonValue.parse("\"\u00e9\""), JsonValue.parse("\"\\u00e9\""));
  }

  @Test
  void isNotChangedThroughAnArray() {
    byte[] given = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);
    JsonValue value = JsonValue.parse(given);
    given[0] = '!';
    value.utf8()[0] = '!';
    assertEquals("{\"a\":1}", value.text());
  }

  @Test
  void theLimitsAre16KilobytesAnd500Levels() {
    String full = "\"" + "x".repeat(16_382) + "\"";
    assertEquals(16_384, JsonValue.parse(full).sizeInBytes());
    assertTrue(refusal(full.replace("xx\"", "xxx\"")).getMessage().contains("16385 bytes"));
    String deep = "[".repeat(500) + "]".repeat(500);
    assertEquals(deep, JsonValue.parse(deep).text());
    InvalidInputException tooDeep = refusal("[" + deep + "]");
    assertEquals(500L, tooDeep.details().get("limit"));
    assertEquals(501L, tooDeep.details().get("column"));
  }

  @ParameterizedTest
  @CsvSource({
    "'\"\ud800\"',1,2",
    "'\"\udc00\"',1,2",
    "'\"\udc00\ud800\"',1,2",
    "'{\n\"\u20ac\ud83d\ude00\ud83d',2,4",
    "'\ud83d',1,1"
  })
  void halfOfASurrogatePairIsRefusedAtItsPlace(String text, long line, long column) {
    InvalidInputException refusal = refusal(text);
    String message = refusal.getMessage();
    assertTrue(message.contains("half of a surrogate pair"), message);
    assertTrue(message.contains("at line " + line + ", column " + column), message);
    assertEquals(line, refusal.details().get("line"));
    assertEquals(column, refusal.details().get("column"));
  }

  @Test
  void wholeSurrogatePairsAreText() {
    assertEquals("\"\ud83d\ude00\"", JsonValue.parse("\"\ud83d\ude00\"").text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "\"x\"", "1", "true", "null"})
  void aStoreTakesObjectsUnlessOpenedForAny(String json) {
    JsonValue value = JsonValue.parse(json);
    ValueTypes.ANY.check(value);
    InvalidInputException refusal =
        assertThrows(InvalidInputException.class, () -> ValueTypes.OBJECTS.check(value));
    String message = refusal.getMessage();
    assertEquals(ErrorCode.INVALID_VALUE, refusal.code());
    assertTrue(message.contains("the value is " + value.type().phrase() + ";"), message);
    assertTrue(message.contains("values=any"), message);
  }

  @ParameterizedTest
  @EnumSource
  void objectsAreTakenAlways(ValueTypes types) {
    types.check(JsonValue.parse("{}"));
  }

  private static InvalidInputException refusal(String text) {
    InvalidInputException refusal =
        assertThrows(InvalidInputException.class, () -> JsonValue.parse(text));
    assertEquals(ErrorCode.INVALID_VALUE, refusal.code());
    return refusal;
  }
}
