package dev.kvstore.jsonfile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.core.error.CorruptStoreException;
import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.JsonValue;
import dev.kvstore.core.model.Key;
import dev.kvstore.jsonfile.log.LineEncoder;
import dev.kvstore.jsonfile.log.LogHeader;
import dev.kvstore.jsonfile.log.LogLine;
import dev.kvstore.jsonfile.log.LogLine.Place;
import dev.kvstore.jsonfile.log.LogLine.Put;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is taken for the torn end of a last write, what for damage, and what happens to a torn end. */
class TornTailTest {

  private static final LogHeader HEADER = new LogHeader("0123456789abcdef", 3);
  private static final byte[] BAD = "{\"seq\":2,\"at\":0,\"pu\n".getBytes(StandardCharsets.UTF_8);

  @TempDir
  private Path folder;

  @Test
  void aTornTailIsCutReportedAndKept() throws IOException {
    Path file = write(line(1, 0), "{\"seq\":2,\"at\":18".getBytes(StandardCharsets.UTF_8));
    try (LogCapture log = LogCapture.keep()) {
      try (JsonFileStorage store = JsonFileStorage.open(file)) {
        assertEquals(Set.of("k1"), Stored.in(store).keySet());
      }
      assertEquals(1, log.messages().size(), log.messages()::toString);
      String message = log.messages().get(0);
      assertTrue(message.contains("its 16 bytes"), message);
      assertTrue(message.contains("s.jsonl.torn-2"), message);
    }
    Path torn = folder.resolve("s.jsonl.torn-2");
    assertEquals("{\"seq\":2,\"at\":18", Files.readString(torn));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(torn)));
    byte[] closed = Files.readAllBytes(file);
    try (LogCapture log = LogCapture.keep()) {
      JsonFileStorage.open(file).close();
      assertEquals(List.of(), log.messages());
    }
    assertArrayEquals(closed, Files.readAllBytes(file));
    assertEquals(Set.of("s.jsonl", "s.jsonl.lock", "s.jsonl.torn-2"), names());
  }

  @Test
  void theSameTailIsKeptOnceAndAnotherOneBesideIt() throws IOException {
    try (LogCapture log = LogCapture.keep()) {
      for (String tail : List.of("one", "one", "another", "one")) {
        Path file = write(line(1, 0), tail.getBytes(StandardCharsets.UTF_8));
        JsonFileStorage.open(file).close();
      }
      assertEquals(4, log.messages().size());
    }
    assertEquals("one", Files.readString(folder.resolve("s.jsonl.torn-2")));
    assertEquals("another", Files.readString(folder.resolve("s.jsonl.torn-2.1")));
    assertEquals(4, names().size(), names()::toString);
  }

  @Test
  void lineFeedsAtTheEndAreNoTail() throws IOException {
    try (LogCapture log = LogCapture.keep()) {
      for (int feeds : new int[] {1, 2, 511, 70_000}) {
        Path file = write(line(1, 0), "\n".repeat(feeds).getBytes(StandardCharsets.UTF_8));
        try (JsonFileStorage store = JsonFileStorage.open(file)) {
          assertEquals(Set.of("k1"), Stored.in(store).keySet());
        }
        assertEquals(2 + 1, Files.readAllLines(file).size(), "header, line and mark");
      }
      assertEquals(List.of(), log.messages());
    }
    assertEquals(Set.of("s.jsonl", "s.jsonl.lock"), names());
  }

  @Test
  void feedsBehindATornTailAreNotKept() throws IOException {
    Path file = write(line(1, 0), "x\n\n\n\n".getBytes(StandardCharsets.UTF_8));
    try (LogCapture log = LogCapture.drop()) {
      JsonFileStorage.open(file).close();
      assertEquals(List.of(), log.messages());
    }
    assertEquals("x\n", Files.readString(folder.resolve("s.jsonl.torn-2")));
  }

  @Test
  void aGoodLineOfTheSameGroupBehindABadOneIsTorn() throws IOException {
    assertTorn(Set.of("k1"), line(1, 0), BAD, line(3, 1));
    assertTorn(Set.of("k1"), line(1, 0), BAD, line(3, 1), line(4, 2), line(5, 3));
    assertTorn(Set.of("k1"), line(1, 0), line(3, 1), line(4, 2));
    assertTorn(Set.of("k1"), line(1, 0), "\n\n".getBytes(StandardCharsets.UTF_8), line(3, 1));
    assertTorn(Set.of("k1", "k2"), line(1, 0), line(2, 0), BAD, line(4, 1));
    // A commit of two keys, of which the first line is lost, or the second.
    assertTorn(Set.of("k1"), line(1, 0), BAD, part(3, 1, 2, 2));
    assertTorn(Set.of("k1"), line(1, 0), part(2, 0, 1, 2), BAD);
    assertTorn(Set.of("k1"), line(1, 0), part(2, 0, 1, 2));
  }

  @Test
  void aLineThatKnewTheBadOneToBeOnTheDiskMakesItDamage() throws IOException {
    assertDamaged(2, line(1, 0), BAD, line(3, 0));
    assertDamaged(2, line(1, 0), BAD, line(3, 1), line(4, 1));
    assertDamaged(2, line(1, 0), BAD, line(3, 1), line(4, 2), line(5, 0));
    assertDamaged(2, line(1, 0), BAD, BAD, line(9, 7), line(10, 7));
    assertDamaged(3, line(1, 0), line(2, 0), "\n".getBytes(StandardCharsets.UTF_8), line(4, 0));
    // A commit of two keys that lost a line; where the first is lost, the second follows nothing.
    assertDamaged(2, line(1, 0), BAD, part(3, 1, 2, 2), line(4, 0));
    assertDamaged(3, line(1, 0), part(2, 0, 1, 2), BAD, line(4, 0));
    assertDamaged(3, line(1, 0), part(2, 0, 1, 2), line(4, 0));
    assertDamaged(2, line(1, 0), part(2, 0, 2, 2), line(3, 0));
    // The line feed before the line that knows is what was lost.
    byte[] merged = line(2, 0);
    merged[merged.length - 1] = '#';
    assertDamaged(2, line(1, 0), merged, line(3, 0));
  }

  @Test
  void aLineOfAnotherStoreOrGenerationKnowsNothing() throws IOException {
    assertTorn(Set.of("k1"), line(1, 0), BAD, encoded(HEADER.next(), 3));
    assertTorn(Set.of("k1"), line(1, 0), BAD, encoded(new LogHeader("fedcba9876543210", 3), 3));
  }

  private void assertTorn(Set<String> keys, byte[]... lines) throws IOException {
    Path file = write(lines);
    try (LogCapture log = LogCapture.keep()) {
      try (JsonFileStorage store = JsonFileStorage.open(file)) {
        assertEquals(keys, Stored.in(store).keySet());
      }
      assertEquals(1, log.messages().size());
    }
  }

  private void assertDamaged(long line, byte[]... lines) throws IOException {
    Path file = write(lines);
    byte[] before = Files.readAllBytes(file);
    Set<String> names = names();
    CorruptStoreException damage =
        assertThrows(CorruptStoreException.class, () -> JsonFileStorage.open(file));
    assertEquals(line + 1, damage.details().get("line"), damage.getMessage());
    long offset = HEADER.line().length;
    for (int i = 0; i < line - 1; i++) {
      offset += lines[i].length;
    }
    assertEquals(offset, damage.details().get("offset"), damage.getMessage());
    assertArrayEquals(before, Files.readAllBytes(file));
    names.add("s.jsonl.lock");
    assertEquals(names, names());
  }

  private Path write(byte[]... lines) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(HEADER.line());
    Stream.of(lines).forEach(bytes::writeBytes);
    return Files.write(folder.resolve("s.jsonl"), bytes.toByteArray());
  }

  private static byte[] line(long seq, long lag) {
    return new LineEncoder(HEADER).encode(put(new Place(seq, seq - 1, lag, 1, 1)));
  }

  private static byte[] part(long seq, long lag, int part, int of) {
    return new LineEncoder(HEADER).encode(put(new Place(seq, seq - 1, lag, part, of)));
  }

  private static byte[] encoded(LogHeader header, long seq) {
    return new LineEncoder(header).encode(put(new Place(seq, seq - 1, 0, 1, 1)));
  }

  private static LogLine put(Place place) {
    Key key = Key.of("k" + place.seq());
    return new LogLine(place, Stored.NOW, new Put(key, JsonValue.parse("{}"), Entry.NEVER));
  }

  private Set<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
