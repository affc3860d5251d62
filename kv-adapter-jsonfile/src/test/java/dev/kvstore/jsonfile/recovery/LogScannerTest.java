package dev.kvstore.jsonfile.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kvstore.core.error.CorruptStoreException;
import dev.kvstore.core.model.Key;
import dev.kvstore.jsonfile.file.ReadableFile;
import dev.kvstore.jsonfile.index.Hash;
import dev.kvstore.jsonfile.index.KeyIndex;
import dev.kvstore.jsonfile.index.LineReads;
import dev.kvstore.jsonfile.log.LogLine.Delete;
import dev.kvstore.jsonfile.log.LogLine.Mark;
import dev.kvstore.jsonfile.log.LogLine.Place;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Where a log ends, and how much of it is known to be on the disk. */
class LogScannerTest {

  private static Recovered scan(byte[] bytes) throws IOException {
    ReadableFile file = LogText.file(bytes);
    KeyIndex index = KeyIndex.empty(new LineReads(file, LogText.FILE, LogText.HEADER), new Hash(7));
    LogEnd start = LogEnd.durable(LogText.HEADER.line().length, 0, false);
    return new LogScanner(file, "s", LogText.HEADER, index, start).scan();
  }

  @Test
  void whatIsKnownToBeOnTheDiskIsWhatTheLastCommitVouchesFor() throws IOException {
    LogText log = new LogText()
        .put(1, "a")
        .put(2, "b")
        .add(new Place(3, 2, 1, 1, 1), LogText.put("c"))
        .add(new Place(4, 3, 2, 1, 2), LogText.put("d"))
        .add(new Place(5, 4, 3, 2, 2), new Delete(Key.of("a")));
    LogEnd[] expected = {
      new LogEnd(log.start(1), 1, log.start(0), 0, false),
      new LogEnd(log.start(2), 2, log.start(1), 1, false),
      new LogEnd(log.start(3), 3, log.start(1), 1, false),
      null,
      new LogEnd(log.end(), 5, log.start(1), 1, false)
    };
    for (int lines = 1; lines <= 5; lines++) {
      Recovered found = scan(Arrays.copyOf(log.bytes(), (int) log.start(lines)));
      boolean halfACommit = lines == 4;
      assertEquals(expected[halfACommit ? 2 : lines - 1], found.end());
      assertEquals(halfACommit ? log.start(4) - log.start(3) : 0, found.tornBytes());
      assertEquals(false, found.closedCleanly());
    }
    assertEquals(3, scan(log.bytes()).index().size());
  }

  @Test
  void aCleanCloseIsAMarkWithNothingBehindIt() throws IOException {
    LogText log = new LogText().put(1, "a").add(Place.after(1, 1), Mark.CLOSED);
    Recovered closed = scan(log.bytes());
    assertEquals(true, closed.closedCleanly());
    assertEquals(new LogEnd(log.end(), 2, log.start(1), 1, true), closed.end());
    assertEquals(false, scan(Arrays.copyOf(log.bytes(), (int) log.start(1))).closedCleanly());
    Recovered opened = scan(log.bytes(3));
    assertEquals(false, opened.closedCleanly());
    assertEquals(0, opened.tornBytes());
    LogText compacted = new LogText().put(1, "a").add(Place.after(1, 1), Mark.COMPACTED);
    assertEquals(false, scan(compacted.bytes()).closedCleanly());
  }

  @Test
  void partsOfDifferentCommitsAreNone() throws IOException {
    LogText log = new LogText()
        .put(1, "a")
        .add(new Place(2, 1, 0, 1, 2), LogText.put("b"))
        .add(new Place(3, 2, 1, 2, 3), LogText.put("c"));
    Recovered found = scan(log.bytes());
    assertEquals(log.start(1), found.end().offset());
    assertEquals(log.end() - log.start(1), found.tornBytes());
    assertEquals(1, found.index().size());
  }

  @Test
  void whatALaterLineProvesToBeMissingIsDamage() {
    LogText log = new LogText().put(1, "a").put(2, "b").put(3, "c");
    CorruptStoreException damage =
        assertThrows(CorruptStoreException.class, () -> scan(log.flipped(1, 20)));
    assertEquals(log.start(1), damage.details().get("offset"));
    assertEquals(3L, damage.details().get("line"));
  }
}
