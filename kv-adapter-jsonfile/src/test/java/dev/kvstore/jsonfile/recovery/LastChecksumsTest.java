package dev.kvstore.jsonfile.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.JsonValue;
import dev.kvstore.core.model.Key;
import dev.kvstore.jsonfile.log.LogLine;
import dev.kvstore.jsonfile.log.LogLine.Mark;
import dev.kvstore.jsonfile.log.LogLine.Place;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class LastChecksumsTest {

  private static int before(byte[] bytes, long offset) throws IOException {
    return LastChecksums.before(LogText.file(bytes), offset);
  }

  /** As the document of the format has it. */
  private static int expected(byte[] bytes, long... ends) {
    CRC32C crc = new CRC32C();
    for (long end : ends) {
      String line = new String(bytes, 0, (int) end, StandardCharsets.US_ASCII);
      String digits = line.substring(line.lastIndexOf("\"crc\":\"") + 7, line.length() - 3);
      crc.update(digits.getBytes(StandardCharsets.US_ASCII));
    }
    return (int) crc.getValue();
  }

  @Test
  void theLastTwoLinesCount() throws IOException {
    LogText log = new LogText().put(1, "a").put(2, "b").put(3, "c");
    byte[] bytes = log.bytes();
    assertEquals(expected(bytes, log.start(0)), before(bytes, log.start(0)));
    assertEquals(expected(bytes, log.start(1), log.start(0)), before(bytes, log.start(1)));
    assertEquals(expected(bytes, log.start(2), log.start(1)), before(bytes, log.start(2)));
    assertEquals(expected(bytes, log.end(), log.start(2)), before(bytes, log.end()));
  }

  @Test
  void theLineBeforeAMarkTellsTwoLogsApart() throws IOException {
    LogText log = new LogText().put(1, "a").put(2, "b").add(Place.after(2, 2), Mark.CLOSED);
    LogText other = new LogText().put(1, "a").put(2, "x").add(Place.after(2, 2), Mark.CLOSED);
    assertEquals(log.end(), other.end());
    assertNotEquals(before(log.bytes(), log.end()), before(other.bytes(), log.end()));
  }

  @Test
  void damageElsewhereChangesNothing() throws IOException {
    LogText log = new LogText().put(1, "a").put(2, "b").put(3, "c");
    for (int line = 0; line < 3; line++) {
      assertEquals(before(log.bytes(), log.end()), before(log.flipped(line, 20), log.end()));
    }
  }

  @Test
  void theLongestLinesAreReadToTheirBegin() throws IOException {
    JsonValue longest = JsonValue.parse("\"" + "v".repeat(JsonValue.MAX_BYTES - 2) + "\"");
    Key key = Key.of("\ud83d\ude00".repeat(Key.MAX_CODE_POINTS));
    LogText log = new LogText();
    for (int i = 1; i <= 3; i++) {
      log.add(Place.after(i - 1, i - 1), new LogLine.Put(key, longest, Entry.NEVER));
    }
    byte[] bytes = log.bytes();
    assertEquals(expected(bytes, log.end(), log.start(2)), before(bytes, log.end()));
  }
}
