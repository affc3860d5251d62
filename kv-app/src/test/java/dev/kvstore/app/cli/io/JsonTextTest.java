package dev.kvstore.app.cli.io;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class JsonTextTest {

  private static final JsonMapper JACKSON = JsonMapper.builder().build();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "\"",
        "\\",
        "a\"b\\c",
        "\u0000\u001f\n",
        "é\u007f\u0085",
        "\u202e\uD83D\uDE00",
        "\uDB40\uDC01"
      })
  void everyParserReadsItBack(String text) {
    assertEquals(text, JACKSON.readValue(JsonText.quote(text), String.class));
    assertEquals(text, JACKSON.readValue(JsonText.harmless(JsonText.quote(text)), String.class));
  }

  @Test
  void onlyWhatIsNeededIsEscaped() {
    assertEquals(
        "\"\\\"\\\\\\u0007\u202e\uD83D\uDE00/\"", JsonText.quote("\"\\\u0007\u202e\uD83D\uDE00/"));
  }

  @Test
  void whatATerminalObeysOrHidesBecomesAnEscape() {
    assertEquals(
        "{\n\"\\u202e\\u009b\\udb40\\udc01\uD83D\uDE00é\"}",
        JsonText.harmless("{\n\"\u202e\u009b\uDB40\uDC01\uD83D\uDE00é\"}"));
  }
}
