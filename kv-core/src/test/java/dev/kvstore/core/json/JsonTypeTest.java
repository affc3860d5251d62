package dev.kvstore.core.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTypeTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "{},OBJECT,an object",
        "[],ARRAY,an array",
        "\"x\",STRING,a string",
        "-1,NUMBER,a number",
        "0,NUMBER,a number",
        "9,NUMBER,a number",
        "true,BOOLEAN,a boolean",
        "false,BOOLEAN,a boolean",
        "null,NULL,null"
      })
  void isToldByTheFirstByte(String json, JsonType type, String phrase) {
    assertEquals(type, JsonType.of(json.getBytes(StandardCharsets.UTF_8)));
    assertEquals(phrase, type.phrase());
  }

  @Test
  void whatBeginsNoValueHasNone() {
    for (String text : new String[] {" {}", "+1", "x", "\u00e9"}) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      assertThrows(IllegalArgumentException.class, () -> JsonType.of(bytes), text);
    }
  }
}
