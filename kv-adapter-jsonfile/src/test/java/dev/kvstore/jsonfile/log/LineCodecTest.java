package dev.kvstore.jsonfile.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.JsonValue;
import dev.kvstore.core.model.Key;
import dev.kvstore.jsonfile.log.LogLine.Delete;
import dev.kvstore.jsonfile.log.LogLine.Mark;
import dev.kvstore.jsonfile.log.LogLine.Place;
import dev.kvstore.jsonfile.log.LogLine.Put;
import dev.kvstore.jsonfile.log.LogLine.Step;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LineCodecTest {

  private static final LogHeader HEADER = new LogHeader("0123456789abcdef", 2);
  private static final LineEncoder ENCODER = new LineEncoder(HEADER);
  private static final LineDecoder DECODER = new LineDecoder(HEADER);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a", " ", "\"", "\\", "\\\"", "\"\"\"", "\\\\\\", "{\"seq\":1}", "\",\"crc\":\"00000000\"}",
        "\u00e9", "e\u0301", "\ud83d\ude00", "\u2028", "\u202e", "\ufeff", "/", "'", "null"
      })
  void everyKeyComesBackAndIsJsonForOthers(String text) {
    Key key = Key.of(text);
    LogLine put = new LogLine(
        new Place(9, 7, 3, 1, 1), -5, new Put(key, JsonValue.parse("{\"v\":1e400}"), 0));
    assertRoundTrip(put);
    assertRoundTrip(new LogLine(new Place(9, 8, 0, 2, 3), Long.MIN_VALUE, new Delete(key)));
    JsonNode json = JsonMapper.shared().readTree(ENCODER.encode(put));
    assertEquals(text, json.get("put").asString());
    assertEquals(9, json.get("seq").asInt());
  }

  @Test
  void aBufferKeepsLittleMemoryForTheNextLines() {
    LineBuffer buffer = new LineBuffer();
    buffer.feeds(1_000_000);
    assertTrue(buffer.bytes().length >= 1_000_000);
    assertEquals(0, buffer.clear().length());
    assertTrue(buffer.bytes().length < 1_000);
    buffer.feeds(100_000);
    int kept = buffer.bytes().length;
    assertEquals(kept, buffer.clear().bytes().length, "what is used all the time is not made anew");
  }

  @Test
  void theLongestLineFits() {
    String key = "\"".repeat(Key.MAX_CODE_POINTS);
    String emoji = "\ud83d\ude00".repeat(Key.MAX_CODE_POINTS);
    String value = "\"" + "v".repeat(JsonValue.MAX_BYTES - 2) + "\"";
    Place place = new Place(
        LogFormat.MAX_NUMBER, 0, LogFormat.MAX_NUMBER - 1, Integer.MAX_VALUE, Integer.MAX_VALUE);
    for (String text : List.of(key, emoji)) {
      Step put = new Put(Key.of(text), JsonValue.parse(value), Long.MAX_VALUE - 1);
      LogLine line = new LogLine(place, Long.MIN_VALUE, put);
      assertTrue(ENCODER.encode(line).length <= LogFormat.MAX_LINE_BYTES);
      assertRoundTrip(line);
    }
    for (Mark mark : Mark.values()) {
      Place last = new Place(LogFormat.MAX_NUMBER, 0, LogFormat.MAX_NUMBER - 1, 1, 1);
      LogLine line = new LogLine(last, Long.MIN_VALUE, mark);
      assertTrue(ENCODER.encode(line).length <= LogFormat.MAX_MARK_BYTES);
      assertRoundTrip(line);
    }
    assertTrue(new LogHeader("0123456789abcdef", LogFormat.MAX_NUMBER).line().length
        <= HeaderReader.MAX_HEADER_BYTES);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"seq\":1,\"at\":0,\"mark\":\"other\",",
        "{\"seq\":1,\"at\":0,\"mark\":\"closed\",\"x\":1,",
        "{\"seq\":1,\"part\":1,\"of\":2,\"at\":0,\"mark\":\"closed\",",
        "{\"seq\":01,\"at\":0,\"delete\":\"a\",",
        "{\"seq\":+1,\"at\":0,\"delete\":\"a\",",
        "{\"seq\":1.0,\"at\":0,\"delete\":\"a\",",
        "{\"seq\":0,\"at\":0,\"delete\":\"a\",",
        "{\"seq\":-1,\"at\":0,\"delete\":\"a\",",
        "{\"seq\":9007199254740992,\"at\":0,\"delete\":\"a\",",
        "{\"seq\":2,\"prev\":1,\"at\":0,\"delete\":\"a\",",
        "{\"seq\":2,\"prev\":2,\"at\":0,\"delete\":\"a\",",
        "{\"seq\":2,\"lag\":0,\"at\":0,\"delete\":\"a\",",
        "{\"seq\":2,\"lag\":2,\"at\":0,\"delete\":\"a\",",
        "{\"seq\":2,\"part\":1,\"at\":0,\"delete\":\"a\",",
        "{\"seq\":2,\"part\":1,\"of\":1,\"at\":0,\"delete\":\"a\",",
        "{\"seq\":2,\"part\":3,\"of\":2,\"at\":0,\"delete\":\"a\",",
        "{\"seq\":2,\"part\":-5000000000,\"of\":2,\"at\":0,\"delete\":\"a\",",
        "{\"seq\":2,\"at\":0,\"delete\":\"\",",
        "{\"seq\":2,\"at\":0,\"delete\":\"\\u0061\",",
        "{\"seq\":2,\"at\":0,\"delete\":\"a\\\",",
        "{\"seq\":2,\"at\":0,\"put\":\"a\",",
        "{\"seq\":2,\"at\":0,\"put\":\"a\",\"value\":,",
        "{\"seq\":2,\"at\":0,\"put\":\"a\",\"value\":{},\"exp\":1,",
        "{\"seq\": 2,\"at\":0,\"delete\":\"a\",",
        "{\"at\":0,\"seq\":2,\"delete\":\"a\",",
        ""
      })
  void anotherFormIsNoLineThoughItsChecksumIsRight(String start) {
    assertEquals(Optional.empty(), DECODER.decodeAndCheckValue(sealed(start)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "{} ", " {}", "{ }", "{}{}", "nul", "\"\\x\"", "[1,]", "01"})
  void aValueThatIsNoCompactJsonIsFoundWhenItIsLookedAt(String value) {
    byte[] line = sealed("{\"seq\":1,\"at\":0,\"put\":\"a\",\"value\":" + value + ",");
    assertTrue(DECODER.decode(line).isPresent());
    assertEquals(Optional.empty(), DECODER.decodeAndCheckValue(line));
  }

  @Test
  void aLineIsValidForItsFileAlone() {
    LogLine line = new LogLine(Place.after(0, 0), 1, new Delete(Key.of("a")));
    byte[] encoded = withoutFeed(ENCODER.encode(line));
    assertEquals(Optional.of(line), DECODER.decode(encoded));
    assertEquals(Optional.empty(), new LineDecoder(HEADER.next()).decode(encoded));
    LogHeader other = new LogHeader("0123456789abcdee", 2);
    assertEquals(Optional.empty(), new LineDecoder(other).decode(encoded));
  }

  @Test
  void neverIsWrittenAsNoExpiry() {
    Step put = new Put(Key.of("a"), JsonValue.parse("{}"), Entry.NEVER);
    byte[] encoded = ENCODER.encode(new LogLine(Place.after(0, 0), 1, put));
    assertTrue(!new String(encoded, StandardCharsets.UTF_8).contains("exp"));
  }

  private static void assertRoundTrip(LogLine line) {
    byte[] encoded = ENCODER.encode(line);
    assertEquals('\n', encoded[encoded.length - 1]);
    assertEquals(Optional.of(line), DECODER.decodeAndCheckValue(withoutFeed(encoded)));
  }

  private static byte[] sealed(String start) {
    LineBuffer buffer = new LineBuffer();
    buffer.raw(start.getBytes(StandardCharsets.UTF_8));
    HEADER.checksum().seal(buffer, 0);
    return withoutFeed(buffer.toArray());
  }

  private static byte[] withoutFeed(byte[] line) {
    return Arrays.copyOf(line, line.length - 1);
  }
}
