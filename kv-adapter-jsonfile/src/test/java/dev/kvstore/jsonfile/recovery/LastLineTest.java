package dev.kvstore.jsonfile.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.JsonValue;
import dev.kvstore.core.model.Key;
import dev.kvstore.jsonfile.log.LogLine;
import dev.kvstore.jsonfile.log.LogLine.Mark;
import dev.kvstore.jsonfile.log.LogLine.Place;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LastLineTest {

  private static final long FIRST = LogText.HEADER.line().length;

  private static Optional<LogEnd> endAt(byte[] bytes, long offset, long seq) throws IOException {
    return LastLine.endAt(LogText.file(bytes), LogText.HEADER, offset, seq);
  }

  @Test
  void anEmptyLogEndsBehindItsHeader() throws IOException {
    LogText log = new LogText().put(1, "a");
    assertEquals(Optional.of(LogEnd.durable(FIRST, 0, false)), endAt(log.bytes(), FIRST, 0));
    assertEquals(Optional.empty(), endAt(log.bytes(), log.end(), 0));
    assertEquals(Optional.empty(), endAt(log.bytes(), FIRST, 1));
    assertEquals(Optional.empty(), endAt(log.bytes(), FIRST - 1, 1));
    assertEquals(Optional.empty(), endAt(log.bytes(), 0, 1));
  }

  @Test
  void theLineMustHaveThatNumberAndEndThere() throws IOException {
    LogText log = new LogText().put(1, "a").put(2, "b").put(3, "c");
    for (int line = 1; line <= 3; line++) {
      LogEnd end = LogEnd.durable(log.start(line), line, false);
      assertEquals(Optional.of(end), endAt(log.bytes(), log.start(line), line));
      assertEquals(Optional.empty(), endAt(log.bytes(), log.start(line), line + 1));
      assertEquals(Optional.empty(), endAt(log.bytes(), log.start(line), line - 1));
      assertEquals(Optional.empty(), endAt(log.bytes(), log.start(line) - 1, line));
      assertEquals(Optional.empty(), endAt(log.flipped(line - 1, 20), log.start(line), line));
    }
  }

  @Test
  void aMarkOfACloseIsNotKnownToBeOnTheDisk() throws IOException {
    LogText log = new LogText().put(1, "a").add(Place.after(1, 1), Mark.CLOSED);
    assertEquals(
        Optional.of(new LogEnd(log.end(), 2, log.start(1), 1, true)),
        endAt(log.bytes(), log.end(), 2));
    LogText compacted = new LogText().put(1, "a").add(Place.after(1, 1), Mark.COMPACTED);
    assertEquals(
        Optional.of(LogEnd.durable(compacted.end(), 2, false)),
        endAt(compacted.bytes(), compacted.end(), 2));
  }

  @Test
  void aLongLineBehindOthersIsFound() throws IOException {
    JsonValue longest = JsonValue.parse("\"" + "v".repeat(JsonValue.MAX_BYTES - 2) + "\"");
    LogText log = new LogText();
    for (int i = 1; i <= 5; i++) {
      log.add(Place.after(i - 1, i - 1), new LogLine.Put(Key.of("k" + i), longest, Entry.NEVER));
    }
    assertEquals(
        Optional.of(LogEnd.durable(log.end(), 5, false)), endAt(log.bytes(), log.end(), 5));
    assertEquals(
        Optional.of(LogEnd.durable(log.start(1), 1, false)), endAt(log.bytes(), log.start(1), 1));
  }

  @Test
  void textThatIsNoLineIsNone() throws IOException {
    LogText log = new LogText().put(1, "a").text("something else");
    assertEquals(Optional.empty(), endAt(log.bytes(), log.end(), 2));
    assertEquals(Optional.empty(), endAt(log.bytes(), log.end(), 1));
  }
}
