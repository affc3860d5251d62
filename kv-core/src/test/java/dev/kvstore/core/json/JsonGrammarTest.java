package dev.kvstore.core.json;

import static dev.kvstore.core.json.Compacting.assertRefusedAt;
import static dev.kvstore.core.json.Compacting.compact;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 8259, sections 2 to 7: what is JSON is kept to the letter, what is not is refused at its place. */
class JsonGrammarTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "true",
        "false",
        "null",
        "\"\"",
        "0",
        "{\"a\":1}",
        "{\"a\":{\"b\":[1,2,[],{}]},\"c\":null}",
        "[[],{},\"\",0,true,false,null]",
        "{\"\":1}",
        "{\"a\":1,\"a\":2,\"a\":1}",
        "{\"b\":1,\"a\":2}",
        "[1,[2,[3,[4]]]]",
        "{\"true\":true}"
      })
  void valuesAreKept(String json) {
    assertEquals(json, compact(json));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-0",
        "1",
        "-1",
        "10",
        "0.0",
        "-0.0",
        "0.10",
        "1.0",
        "0e0",
        "0E0",
        "0e+0",
        "0e-0",
        "1e00",
        "1E+01",
        "1.5e-7",
        "1e400",
        "-1e400",
        "1e-400",
        "1e999999999999999999999",
        "123456789012345678901234567890123456789.5",
        "9223372036854775808",
        "0.00000000000000000000000000000000000000001"
      })
  void numbersAreKeptDigitForDigit(String number) {
    assertEquals(number, compact(number));
    assertEquals("{\"a\":" + number + "}", compact("{\"a\": " + number + " }"));
    assertEquals("[" + number + "," + number + "]", compact("[ " + number + ", " + number + "]"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-|2",
        "+1|1",
        ".5|1",
        "1.|3",
        "1.e5|3",
        "-.5|2",
        "01|2",
        "00|2",
        "-01|3",
        "1e|3",
        "1e+|4",
        "1E-|4",
        "1e1.5|4",
        "1.2.3|4",
        "0x10|2",
        "1_000|2",
        "1f|2",
        "1L|2",
        "--1|2",
        "-+1|2",
        "-a|2",
        "Infinity|1",
        "-Infinity|2",
        "NaN|1",
        "1 2|3",
        "\u0661|1",
        "1e\u0661|3"
      })
  void whatOnlyLooksLikeANumberIsRefused(String text, long column) {
    assertRefusedAt(1, column, text);
    assertRefusedAt(1, column + 1, "[" + text + "]");
    assertRefusedAt(1, column + 5, "{\"a\":" + text + "}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\\\"",
        "\\\\",
        "\\/",
        "\\b",
        "\\f",
        "\\n",
        "\\r",
        "\\t",
        "\\u0000",
        "\\u001f",
        "\\u00e9",
        "\\u00E9",
        "\\uABCD",
        "\\uabcd",
        "\\uFFFF",
        "\\ud83d\\ude00",
        "\\uD800",
        "\\udc00",
        "\\udc00\\ud800",
        "\\ud800x",
        "\\ud800\\n"
      })
  void escapesAreKeptLoneSurrogatesToo(String escape) {
    assertEquals('"' + escape + '"', compact('"' + escape + '"'));
    assertEquals(
        "{\"" + escape + "\":\"x" + escape + "x\"}",
        compact("{ \"" + escape + "\": \"x" + escape + "x\"}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"\\x\"|3", "\"\\'\"|3", "\"\\a\"|3", "\"\\U0041\"|3", "\"\\0\"|3", "\"\\u\"|4",
            "\"\\u12\"|6", "\"\\u12g4\"|6",
        "\"\\u 123\"|4", "\"\\u+123\"|4", "\"\\u\u0661234\"|4", "\"\\N\"|3", "\"\\ n\"|3", "\"\\|3",
            "\"\\u|4", "\"\\u123|7"
      })
  void whatIsNoEscapeIsRefused(String text, long column) {
    assertRefusedAt(1, column, text);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 8, 9, 10, 12, 13, 27, 31})
  void controlCharactersInStringsAreRefused(int control) {
    assertRefusedAt(1, 3, "\"x" + (char) control + "\"");
    assertRefusedAt(1, 4, "{\"x" + (char) control + "\":1}");
    assertRefusedAt(1, 5, "\"\\n" + "x" + (char) control + "\"");
  }

  @Test
  void onlyC0ControlsNeedAnEscape() {
    String text = "\"\u007f\u0080\u009f\u2028\u2029 /'\"";
    assertEquals(text, compact(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{|2",
        "[|2",
        "}|1",
        "]|1",
        "{]|2",
        "[}|2",
        "[1}|3",
        "{\"a\":1]|7",
        "[1,]|4",
        "[,1]|2",
        "[,]|2",
        "[1,,2]|4",
        "[1 2]|4",
        "[1|3",
        "[1,|4",
        "{\"a\"|5",
        "{\"a\":|6",
        "{\"a\":1|7",
        "{\"a\":1,|8",
        "{\"a\":1,}|8",
        "{,}|2",
        "{\"a\"}|5",
        "{\"a\",1}|5",
        "{\"a\" 1}|6",
        "{\"a\"::1}|6",
        "{\"a\":}|6",
        "{a:1}|2",
        "{'a':1}|2",
        "{1:1}|2",
        "{null:1}|2",
        "{\"a\":1 \"b\":2}|8",
        "{\"a\":1,,\"b\":2}|8",
        "{\"a\":1,b:2}|8",
        "[[1]|5",
        "{}}|3",
        "[]]|3",
        "{}{}|3",
        "[][]|3",
        "{},|3",
        "{}x|3",
        "null null|6",
        "\"a\"\"b\"|4",
        "\"a|3",
        "\"|2",
        "\"a'|4",
        "'a'|1",
        "tru|4",
        "truE|4",
        "True|1",
        "TRUE|1",
        "truefalse|5",
        "nul|4",
        "nulll|5",
        "fals|5",
        "undefined|1",
        "t|2",
        "[tru]|5",
        "/**/{}|1",
        "{}//|3",
        "{/**/}|2",
        "#|1",
        "[1;2]|3",
        "{\"a\"=1}|5",
        "\u00a0|1",
        "abc|1",
        "$|1"
      })
  void whatIsNoJsonIsRefusedAtItsPlace(String text, long column) {
    assertRefusedAt(1, column, text);
  }

  @Test
  void theMessageTellsWhatIsThereAndWhatWasExpected() {
    assertTells("{\"a\":1]", "there is \"]\"", "',' or '}'");
    assertTells("[1}", "there is \"}\"", "',' or ']'");
    assertTells("{a:1}", "there is \"a\"", "a member name in double quotes");
    assertTells("{\"a\" 1}", "there is \"1\"", "':'");
    assertTells("{} x", "there is \"x\"", "the end of the value");
    assertTells("[1.x]", "there is \"x\"", "a digit");
    assertTells("\"\\x\"", "there is \"x\"", "an escape");
    assertTells("\"\\u12\ud83d\ude00\"", "there is \"\ud83d\ude00\"", "four hexadecimal digits");
    assertTells("\"\n\"", "there is \"\\u000a\"", "no control character in a string");
    assertTells("\"abc", "the text ends", "the end of a string");
    assertTells("", "the text ends", "a value");
    assertTells("\u202e", "there is \"\\u202e\"", "a value");
  }

  private static void assertTells(String text, String found, String expected) {
    String message = Compacting.refusal(text).getMessage();
    assertTrue(message.contains(found + ", expected " + expected), message);
  }
}
