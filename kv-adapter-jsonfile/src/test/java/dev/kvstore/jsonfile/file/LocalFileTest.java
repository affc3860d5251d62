package dev.kvstore.jsonfile.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ReadOnlyBufferException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalFileTest {

  private static final int GRID = LocalReads.GRID_BYTES;

  @TempDir
  private Path folder;

  private Path path;
  private StoreFile file;

  @BeforeEach
  void create() throws IOException {
    path = folder.resolve("f");
    file = new LocalFileSystem().create(path);
  }

  @AfterEach
  void close() throws IOException {
    file.close();
  }

  @Test
  void aSegmentShowsWhatIsWrittenLaterInAnyWay() throws IOException {
    file.write(0, bytes("one two three four"), 18);
    Segment segment = file.segment(4, 3);
    file.write(4, bytes("TWO"), 3);
    file.writeForced(8, bytes("(THREE)"), 1, 5);
    file.writeMapped(14, bytes("FOUR"), 0, 4);
    assertEquals("one TWO THREE FOUR", text(segment, 0, 18));
    assertSame(segment, file.segment(0, 18));
    assertEquals("one TWO THREE FOUR", Files.readString(path));
  }

  @Test
  void aFileThatHasGrownIsSeenWhole() throws IOException {
    file.write(0, bytes("one"), 3);
    Segment before = file.segment(0, 3);
    assertThrows(EOFException.class, () -> file.segment(0, 4));
    file.write(3, bytes(" two"), 4);
    assertEquals("one two", text(file.segment(0, 7), 0, 7));
    assertEquals("one", text(before, 0, 3), "the segment from before can still be read");
  }

  @ParameterizedTest
  @ValueSource(ints = {-StoreFile.MAX_SEGMENT_BYTES, -17_000, -1, 0, 1})
  void whatLiesAcrossTheGridIsInOneSegment(int beforeTheGrid) throws IOException {
    file.truncate(3L * GRID);
    long offset = 2L * GRID + beforeTheGrid;
    byte[] line = new byte[StoreFile.MAX_SEGMENT_BYTES];
    for (int i = 0; i < line.length; i++) {
      line[i] = (byte) (i % 127);
    }
    file.writeMapped(offset, line, 0, line.length);
    byte[] found = new byte[line.length];
    Segment segment = file.segment(offset, line.length);
    segment.bytes().get(segment.positionOf(offset), found);
    assertArrayEquals(line, found);
    file.read(offset, found);
    assertArrayEquals(line, found);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1 << 16, (1 << 16) + 1, 300_000})
  void forcedWritesOfAnyLengthFollowOneAnother(int length) throws IOException {
    file.truncate(4L * length);
    byte[] all = new byte[4 * length];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) (i % 251);
    }
    file.writeForced(0, all, 0, length);
    file.writeForced(length, all, length, length);
    file.writeForced(3L * length, all, 3 * length, length);
    file.writeForced(2L * length, all, 2 * length, length);
    assertArrayEquals(all, Files.readAllBytes(path));
  }

  @Test
  void anInterruptedCallerGetsItsSegmentAndStaysInterrupted() throws IOException {
    file.write(0, bytes("one"), 3);
    Thread.currentThread().interrupt();
    assertEquals("one", text(file.segment(0, 3), 0, 3));
    file.writeMapped(0, bytes("two"), 0, 3);
    file.writeForced(0, bytes("t"), 0, 1);
    assertTrue(Thread.interrupted());
    assertEquals("two", text(file.segment(0, 3), 0, 3), "nothing was closed");
    file.write(3, bytes("!"), 1);
    assertEquals("two!", text(file.segment(0, 4), 0, 4));
  }

  @Test
  void aFileGoesOnUnderAnotherName() throws IOException {
    file.write(0, bytes("one two"), 7);
    Files.move(path, folder.resolve("g"));
    Files.writeString(path, "another file");
    file.writeForced(0, bytes("ONE"), 0, 3);
    file.writeMapped(4, bytes("TWO"), 0, 3);
    assertEquals("ONE TWO", text(file.segment(0, 7), 0, 7));
    assertEquals("ONE TWO", Files.readString(folder.resolve("g")));
  }

  @Test
  void nothingCanBeWrittenThroughASegment() throws IOException {
    file.write(0, bytes("one"), 3);
    Segment segment = file.segment(0, 3);
    assertThrows(ReadOnlyBufferException.class, () -> segment.bytes().put(0, (byte) 0));
  }

  @Test
  void aRangeOutsideTheFileIsRefused() throws IOException {
    file.write(0, bytes("one"), 3);
    assertThrows(EOFException.class, () -> file.segment(-1, 1));
    assertThrows(EOFException.class, () -> file.segment(3, 1));
    assertThrows(EOFException.class, () -> file.segment(5L * GRID, 1));
    assertThrows(EOFException.class, () -> file.writeMapped(1, bytes("two"), 0, 3));
    assertThrows(
        IllegalArgumentException.class, () -> file.segment(0, StoreFile.MAX_SEGMENT_BYTES + 1));
  }

  @Test
  void preparedSpaceIsFullOfLineFeedsAndTakesWrites() throws IOException {
    file.write(0, bytes("one"), 3);
    long to = StoreFile.WINDOW_BYTES + StoreFile.MAX_SEGMENT_BYTES;
    file.prepare(3, to);
    assertEquals(to, file.size());
    file.writeMapped(3, bytes("TWO"), 0, 3);
    file.writeMapped(StoreFile.WINDOW_BYTES - 2, bytes("THREE"), 0, 5);
    String feeds = "\n".repeat(StoreFile.WINDOW_BYTES - 8);
    String rest = "\n".repeat(StoreFile.MAX_SEGMENT_BYTES - 3);
    assertEquals("oneTWO" + feeds + "THREE" + rest, Files.readString(path));
  }

  @Test
  void aClosedFileIsUnmappedAndGivesNothing() throws IOException {
    file.truncate(2L * GRID);
    file.segment(0, 1);
    file.segment(GRID, 1);
    file.writeMapped(0, bytes("x"), 0, 1);
    file.write(2L * GRID, bytes("more"), 4);
    Segment outgrown = file.segment(2L * GRID, 4);
    file.write(2L * GRID + 4, bytes("more"), 4);
    assertNotSame(outgrown, file.segment(2L * GRID, 8));
    file.truncate(GRID);
    assertTrue(Maps.show(path));
    file.close();
    assertThrows(IOException.class, () -> file.segment(0, 1));
    assertThrows(IOException.class, () -> file.writeMapped(0, bytes("x"), 0, 1));
    assertThrows(IOException.class, () -> file.writeForced(0, bytes("x"), 0, 1));
    assertFalse(Maps.show(path), "still mapped");
    assertEquals(4, outgrown.bytes().capacity());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static String text(Segment segment, long offset, int length) {
    byte[] bytes = new byte[length];
    segment.bytes().get(segment.positionOf(offset), bytes);
    return new String(bytes, StandardCharsets.US_ASCII);
  }
}
