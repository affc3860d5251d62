package dev.kvstore.h2;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The promises of the file below H2, on a file in memory that keeps a diary. */
class GuardedFileTest {

  private static final int BLOCK = GuardedFile.BLOCK;
  private static final int SECTOR = HeldWrites.SECTOR;

  private final MemoryFile disk = new MemoryFile();
  private final GuardedFile file = GuardedFile.inUse(Path.of("store"), disk, 20L * BLOCK);

  @Test
  void aChunkIsReadAtOnceAndItsFooterWrittenAfterAForce() throws IOException {
    byte[] chunk = chunk(2, 1);
    file.write(chunk, 0, chunk.length, 2L * BLOCK);
    assertArrayEquals(chunk, read(2L * BLOCK, chunk.length));
    assertEquals(4L * BLOCK, file.size());
    assertEquals(0, disk.bytes[4 * BLOCK - 1], "the footer is not in the file yet");
    disk.diary.clear();
    file.force();
    assertEquals(List.of("force", "write " + (4 * BLOCK - SECTOR), "force"), disk.diary);
    assertArrayEquals(chunk, Arrays.copyOfRange(disk.bytes, 2 * BLOCK, 4 * BLOCK));
  }

  @Test
  void footersGoInTheOrderOfTheirChunksEachForced() throws IOException {
    for (int place : new int[] {2, 3, 5}) {
      byte[] chunk = chunk(1, place);
      file.write(chunk, 0, chunk.length, (long) place * BLOCK);
    }
    disk.diary.clear();
    file.force();
    List<String> expected = new ArrayList<>(List.of("force"));
    for (int place : new int[] {2, 3, 5}) {
      expected.add("write " + ((place + 1) * BLOCK - SECTOR));
      expected.add("force");
    }
    assertEquals(expected, disk.diary);
    disk.diary.clear();
    file.force();
    assertEquals(List.of("force"), disk.diary);
  }

  @Test
  void aFooterThatIsCutOffIsForgotten() throws IOException {
    byte[] chunk = chunk(2, 1);
    file.write(chunk, 0, chunk.length, 2L * BLOCK);
    file.truncate(3L * BLOCK);
    disk.diary.clear();
    file.force();
    assertEquals(List.of("force"), disk.diary);
  }

  @Test
  void aChunkIsNeverOverwritten() throws IOException {
    byte[] chunk = chunk(2, 1);
    file.write(chunk, 0, chunk.length, 2L * BLOCK);
    assertThrows(IOException.class, () -> file.write(chunk, 0, chunk.length, 3L * BLOCK));
    assertEquals(GuardedFile.Fault.ACCESS, fault());
  }

  @Test
  void whatACrashHasLeftBehindTheLastChunkIsCutOff() throws IOException {
    disk.bytes = new byte[9 * BLOCK];
    byte[] chunk = chunk(1, 1);
    file.write(chunk, 0, chunk.length, 2L * BLOCK);
    assertEquals(3L * BLOCK, file.size());
  }

  @Test
  void theHeaderIsWrittenWhenTheChunksAreDurable() throws IOException {
    byte[] chunk = chunk(1, 1);
    file.write(chunk, 0, chunk.length, 2L * BLOCK);
    byte[] header = chunk(2, 3);
    file.write(chunk(2, 2), 0, header.length, 0);
    file.write(header, 0, header.length, 0);
    assertArrayEquals(header, read(0, header.length));
    disk.diary.clear();
    file.force();
    assertEquals(
        List.of("force", "write " + (3 * BLOCK - SECTOR), "force", "write 0", "force"), disk.diary);
    assertArrayEquals(header, Arrays.copyOfRange(disk.bytes, 0, 2 * BLOCK));
  }

  @Test
  void nothingGrowsBeyondTheLimit() throws IOException {
    byte[] chunk = chunk(2, 1);
    file.limitTo(4L * BLOCK);
    file.write(chunk, 0, chunk.length, 2L * BLOCK);
    assertNull(file.trouble());
    assertThrows(IOException.class, () -> file.write(chunk, 0, chunk.length, 3L * BLOCK));
    assertEquals(GuardedFile.Fault.LIMIT, fault());
    assertEquals(4L * BLOCK, file.size());
  }

  @Test
  void aSealedFileIsNotChanged() throws IOException {
    file.seal();
    assertThrows(IOException.class, () -> file.write(chunk(1, 1), 0, BLOCK, 0));
    assertThrows(IOException.class, () -> file.truncate(0));
    assertEquals(GuardedFile.Fault.SEALED, fault());
    assertEquals(List.of(), disk.diary);
    file.unseal();
    file.write(chunk(1, 1), 0, BLOCK, 0);
  }

  @Test
  void afterAFailedForceNothingIsWrittenOrForcedAgain() throws IOException {
    file.write(chunk(1, 1), 0, BLOCK, 2L * BLOCK);
    disk.failing = true;
    assertThrows(IOException.class, file::force);
    disk.failing = false;
    disk.diary.clear();
    assertThrows(IOException.class, file::force);
    assertThrows(IOException.class, () -> file.write(chunk(1, 1), 0, BLOCK, 3L * BLOCK));
    assertThrows(IOException.class, () -> file.truncate(0));
    assertEquals(List.of(), disk.diary);
    assertEquals(GuardedFile.Fault.FORCE, fault());
  }

  private GuardedFile.Fault fault() {
    GuardedFile.Trouble trouble = file.trouble();
    assertNotNull(trouble);
    return trouble.fault();
  }

  private byte[] read(long position, int length) throws IOException {
    byte[] target = new byte[length];
    assertEquals(length, file.read(target, 0, length, position));
    return target;
  }

  private static byte[] chunk(int blocks, int content) {
    byte[] bytes = new byte[blocks * BLOCK];
    Arrays.fill(bytes, (byte) content);
    return bytes;
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
