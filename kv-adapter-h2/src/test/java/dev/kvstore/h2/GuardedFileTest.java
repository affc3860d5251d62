package dev.kvstore.h2;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.core.error.ErrorCode;
import dev.kvstore.core.error.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.h2.mvstore.DataUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The promises of the file below H2, on a file in memory that keeps a diary. */
class GuardedFileTest {

  private static final int BLOCK = GuardedFile.BLOCK;
  private static final int SECTOR = 512;

  private final MemoryFile disk = new MemoryFile();
  private GuardedFile file = open();

  private GuardedFile open() {
    try {
      return GuardedFile.inUse(Path.of("store"), disk, 20L * BLOCK);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @BeforeEach
  void makeHeader() throws IOException {
    disk.write(new byte[2 * BLOCK], 0, 2 * BLOCK, 0);
    file = open();
    disk.diary.clear();
  }

  @Test
  void aGroupNeedsOneForceAndCountsWhenItsEndIsMarked() throws IOException {
    append(1, 1);
    file.force();
    disk.diary.clear();
    append(2, 2);
    assertEquals(5L * BLOCK, file.size());
    assertEquals(3L * BLOCK, open().size(), "before the group has ended");
    file.force();
    assertEquals(
        List.of("write " + 3 * BLOCK, "write " + (5 * BLOCK - ChunkFooter.BYTES), "force"),
        disk.diary);
    assertEquals(5L * BLOCK, open().size());
    assertEquals(2, open().lastVersion());
  }

  @Test
  void theLastChunkOfAGroupSaysSoItself() throws IOException {
    append(1, 1);
    file.force();
    disk.diary.clear();
    append(1, 2);
    file.endGroupWithNextChunk();
    append(2, 3);
    file.endGroup();
    file.force();
    assertEquals(List.of("write " + 3 * BLOCK, "write " + 4 * BLOCK, "force"), disk.diary);
    assertEquals(3, open().lastVersion());
    append(1, 4);
    assertEquals(3, open().lastVersion(), "the next chunk is of the next group");
    disk.bytes[4 * BLOCK] ^= 1;
    assertEquals(1, open().lastVersion(), "with a damaged end of the group");
  }

  @Test
  void aGroupEndsAlsoIfNoChunkComes() throws IOException {
    append(1, 1);
    file.endGroupWithNextChunk();
    file.endGroup();
    assertEquals(1, open().lastVersion());
    append(1, 2);
    assertEquals(1, open().lastVersion(), "the next chunk is of the next group");
  }

  @Test
  void chunksOfOneGroupCountTogetherOrNotAtAll() throws IOException {
    append(1, 1);
    file.force();
    append(1, 2);
    append(2, 3);
    assertEquals(1, open().lastVersion());
    file.force();
    assertEquals(3, open().lastVersion());
    for (int damaged = 3 * BLOCK; damaged < 6 * BLOCK; damaged += SECTOR) {
      disk.bytes[damaged] ^= 1;
      assertEquals(1, open().lastVersion(), "with a sector damaged at " + damaged);
      disk.bytes[damaged] ^= 1;
    }
  }

  @Test
  void aGroupCountsOnlyWithThoseBeforeItThatWereNotForced() throws IOException {
    append(1, 1);
    file.force();
    for (int version = 2; version <= 5; version++) {
      append(1, version);
      file.endGroup();
    }
    assertEquals(5, open().lastVersion());
    assertFalse(file.isForced());
    disk.bytes[4 * BLOCK] ^= 1;
    assertEquals(2, open().lastVersion(), "with version 3 damaged");
  }

  @Test
  void whatIsKnownToBeDurableIsNotReadAgain() throws IOException {
    append(1, 1);
    file.force();
    append(1, 2);
    file.force();
    disk.bytes[2 * BLOCK] ^= 1;
    assertEquals(2, open().lastVersion(), "H2 and the checksums of the rows see to older chunks");
  }

  @Test
  void aFileThatWasClosedHasNoTornEnd() throws IOException {
    append(1, 1);
    file.force();
    append(1, 2);
    file.force();
    file.finish();
    assertEquals(2, open().lastVersion());
    disk.bytes[3 * BLOCK] ^= 1;
    StoreException failure = assertThrows(StoreException.class, this::open);
    assertEquals(ErrorCode.STORE_CORRUPT, failure.code());
  }

  @Test
  void finishingTwiceWritesOnce() throws IOException {
    append(1, 1);
    file.force();
    file.finish();
    byte[] closed = disk.bytes.clone();
    disk.diary.clear();
    file = open();
    file.force();
    file.finish();
    assertArrayEquals(closed, disk.bytes);
    assertEquals(List.of("force"), disk.diary);
  }

  @Test
  void aCompleteFileHasTheHeaderOfOneThatH2HasClosed() throws IOException {
    writeHeader("H:2,blockSize:1000,created:17,format:3");
    GuardedFile made = GuardedFile.inMaking(Path.of("store"), disk, 20L * BLOCK);
    for (int version = 1; version <= 3; version++) {
      byte[] chunk = chunk(1, version);
      made.write(chunk, 0, chunk.length, made.size());
    }
    disk.diary.clear();
    made.complete();
    assertEquals(
        List.of("write 0", "write " + (5 * BLOCK - ChunkFooter.BYTES), "force"), disk.diary);
    String header = "H:2,block:4,blockSize:1000,chunk:3,clean:1,created:17,format:3,version:3";
    assertEquals(header, shownHeader(0));
    assertEquals(header, shownHeader(BLOCK));
    disk.bytes[4 * BLOCK - SECTOR] ^= 1;
    GuardedFile opened = open();
    assertEquals(
        3, opened.lastVersion(), "which entry is damaged can only be seen in an open store");
    assertTrue(opened.isSound(3));
    assertFalse(opened.isSound(2));
    assertTrue(opened.isSound(1));
    assertFalse(opened.isSound(2), "nor when asked again");
    disk.bytes[5 * BLOCK - SECTOR] ^= 1;
    opened = open();
    assertEquals(3, opened.lastVersion(), "there is no older state");
    assertFalse(opened.isSound(1), "the newest says where all the others are");
  }

  @Test
  void whatLiesBeforeADamagedFooterCannotBeTold() throws IOException {
    writeHeader("H:2,blockSize:1000,created:17,format:3");
    for (int version = 1; version <= 4; version++) {
      append(1, version);
      file.force();
    }
    disk.bytes[4 * BLOCK - ChunkFooter.BYTES] ^= 1;
    GuardedFile opened = open();
    assertTrue(opened.isSound(4));
    assertTrue(opened.isSound(3));
    assertFalse(opened.isSound(2), "its footer is no footer");
    assertFalse(opened.isSound(1), "nobody knows where it ends");
    assertTrue(opened.isSound(5), "written from memory by this process");
  }

  @Test
  void h2MeetsTheNewestChunkAtOnce() throws IOException {
    writeHeader("H:2,block:2,blockSize:1000,chunk:1,created:17,format:3,version:1");
    append(1, 1);
    append(2, 2);
    file.force();
    String header = "block:3,blockSize:1000,chunk:2,clean:1,created:17,format:3,version:2";
    assertEquals("H:2," + header, shownHeader(0));
    assertEquals("H:2," + header, shownHeader(BLOCK));
    disk.bytes[5] ^= 1;
    assertEquals("H:2," + header, shownHeader(0), "with a damaged copy");
    disk.bytes[BLOCK + 5] ^= 1;
    assertEquals("", shownHeader(0), "with both damaged, H2 sees what is there");
  }

  @Test
  void aHeaderThatNamesANewerChunkIsShownAsItIs() throws IOException {
    append(1, 1);
    file.force();
    String header = "H:2,block:2,blockSize:1000,chunk:2,clean:1,created:17,format:3,version:2";
    writeHeader(header);
    disk.bytes[5] ^= 1;
    assertEquals(header, shownHeader(BLOCK));
    disk.bytes[5] ^= 1;
    assertEquals(header, shownHeader(0));
  }

  @Test
  void aClosedFileTellsThatItsEndIsLost() throws IOException {
    writeHeader("H:2,block:2,blockSize:1000,chunk:1,created:17,format:3,version:1");
    append(1, 1);
    file.force();
    append(1, 2);
    file.force();
    file.finish();
    assertEquals(2, open().leastVersion());
    disk.truncate(3L * BLOCK);
    GuardedFile cut = open();
    assertEquals(1, cut.lastVersion());
    assertEquals(2, cut.leastVersion());
  }

  @Test
  void aHeaderWithoutANumberForAVersionIsNone() throws IOException {
    append(1, 1);
    file.force();
    writeHeader("H:2,block:2,blockSize:1000,chunk:1,created:17,format:3,version:new");
    assertEquals(1, open().leastVersion());
  }

  /** Both copies, as H2 writes them. */
  private void writeHeader(String fields) {
    byte[] text = fields.getBytes(StandardCharsets.ISO_8859_1);
    String sum = Integer.toHexString(DataUtils.getFletcher32(text, 0, text.length));
    for (int copy = 0; copy <= BLOCK; copy += BLOCK) {
      write(disk.bytes, copy, fields + ",fletcher:" + sum + "\n");
    }
  }

  /** The fields that H2 would read in one of the copies; none if the checksum does not match. */
  private String shownHeader(int copy) throws IOException {
    byte[] bytes = new byte[BLOCK];
    assertEquals(BLOCK, open().read(bytes, 0, BLOCK, copy));
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    String line = text.substring(0, text.indexOf('\n'));
    int at = line.indexOf(",fletcher:");
    byte[] fields = line.substring(0, at).getBytes(StandardCharsets.ISO_8859_1);
    String sum = Integer.toHexString(DataUtils.getFletcher32(fields, 0, fields.length));
    return line.substring(at + 10).equals(sum) ? line.substring(0, at) : "";
  }

  @Test
  void onlyAWholeChunkIsWrittenAndOnlyAtTheEnd() throws IOException {
    append(2, 1);
    byte[] chunk = chunk(1, 2);
    for (long place : new long[] {2L * BLOCK, 3L * BLOCK, 5L * BLOCK}) {
      assertThrows(IOException.class, () -> file.write(chunk, 0, chunk.length, place));
    }
    assertThrows(IOException.class, () -> file.write(new byte[BLOCK], 0, BLOCK, 4L * BLOCK));
    assertEquals(WatchedFile.Fault.ACCESS, fault());
    assertEquals(4L * BLOCK, disk.size());
  }

  @Test
  void whatACrashHasLeftBehindTheLastGroupIsNotSeenAndCutOff() throws IOException {
    append(1, 1);
    file.force();
    append(5, 2);
    file = open();
    assertEquals(3L * BLOCK, file.size());
    assertEquals(-1, file.read(new byte[1], 0, 1, 3L * BLOCK));
    append(1, 2);
    assertEquals(4L * BLOCK, disk.size());
  }

  @Test
  void theHeaderIsWrittenWhenTheChunksAreDurable() throws IOException {
    append(1, 1);
    byte[] header = new byte[2 * BLOCK];
    Arrays.fill(header, (byte) 3);
    file.write(new byte[2 * BLOCK], 0, header.length, 0);
    file.write(header, 0, header.length, 0);
    disk.diary.clear();
    file.force();
    assertEquals(
        List.of("write " + (3 * BLOCK - ChunkFooter.BYTES), "force", "write 0"), disk.diary);
    assertArrayEquals(header, Arrays.copyOf(disk.bytes, 2 * BLOCK));
  }

  @Test
  void nothingGrowsBeyondTheLimit() throws IOException {
    file.limitTo(4L * BLOCK);
    append(2, 1);
    assertNull(file.trouble());
    assertThrows(IOException.class, () -> append(1, 2));
    assertEquals(WatchedFile.Fault.LIMIT, fault());
    assertEquals(4L * BLOCK, file.size());
  }

  @Test
  void aSealedFileIsNotChanged() throws IOException {
    file.seal();
    assertThrows(IOException.class, () -> append(1, 1));
    assertThrows(IOException.class, () -> file.truncate(0));
    assertEquals(WatchedFile.Fault.SEALED, fault());
    assertEquals(List.of(), disk.diary);
    file.unseal();
    append(1, 1);
  }

  @Test
  void afterAFailedForceNothingIsWrittenOrForcedAgain() throws IOException {
    append(1, 1);
    disk.failing = true;
    assertThrows(IOException.class, file::force);
    disk.failing = false;
    disk.diary.clear();
    assertThrows(IOException.class, file::force);
    assertThrows(IOException.class, () -> append(1, 2));
    assertThrows(IOException.class, () -> file.truncate(0));
    assertThrows(IOException.class, file::finish);
    assertEquals(List.of(), disk.diary);
    assertEquals(WatchedFile.Fault.FORCE, fault());
  }

  private WatchedFile.Fault fault() {
    WatchedFile.Trouble trouble = file.trouble();
    assertNotNull(trouble);
    return trouble.fault();
  }

  private void append(int blocks, int version) throws IOException {
    byte[] chunk = chunk(blocks, version);
    file.write(chunk, 0, chunk.length, file.size());
  }

  /** As H2 writes it. */
  private static byte[] chunk(int blocks, int version) {
    byte[] bytes = new byte[blocks * BLOCK];
    Arrays.fill(bytes, (byte) version);
    String number = Integer.toHexString(version);
    write(bytes, 0, "chunk:" + number + ",");
    String footer =
        "chunk:" + number + ",len:" + Integer.toHexString(blocks) + ",version:" + number;
    byte[] text = footer.getBytes(StandardCharsets.ISO_8859_1);
    int sum = DataUtils.getFletcher32(text, 0, text.length);
    String padded = String.format(
        "%-" + (ChunkFooter.BYTES - 1) + "s\n", footer + ",fletcher:" + Integer.toHexString(sum));
    write(bytes, bytes.length - ChunkFooter.BYTES, padded);
    return bytes;
  }

  private static void write(byte[] target, int position, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(bytes, 0, target, position, bytes.length);
  }

  private static final class MemoryFile implements StorageFile {

    private final List<String> diary = new ArrayList<>();
    private byte[] bytes = new byte[0];
    private boolean failing;

    @Override
    public int read(byte[] target, int offset, int length, long position) {
      int read = (int) Math.min(length, bytes.length - position);
      if (read <= 0) {
        return -1;
      }
      System.arraycopy(bytes, (int) position, target, offset, read);
      return read;
    }

    @Override
    public void write(byte[] source, int offset, int length, long position) {
      diary.add("write " + position);
      int end = (int) position + length;
      if (end > bytes.length) {
        bytes = Arrays.copyOf(bytes, end);
      }
      System.arraycopy(source, offset, bytes, (int) position, length);
    }

    @Override
    public long size() {
      return bytes.length;
    }

    @Override
    public void truncate(long size) {
      bytes = Arrays.copyOf(bytes, (int) Math.min(size, bytes.length));
    }

    @Override
    public void force() throws IOException {
      diary.add("force");
      if (failing) {
        throw new IOException("Input/output error");
      }
    }

    @Override
    public FileLock tryLock(boolean shared) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
  }
}
