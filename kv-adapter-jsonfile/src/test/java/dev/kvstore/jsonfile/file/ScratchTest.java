package dev.kvstore.jsonfile.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScratchTest {

  @TempDir
  private Path folder;

  @ParameterizedTest
  @ValueSource(
      ints = {1, 4_096, Scratch.MAPPED_FROM_BYTES - 1, Scratch.MAPPED_FROM_BYTES, 5_000_001})
  void isZeroAndKeepsWhatIsWritten(int bytes) throws IOException {
    try (Scratch scratch = Scratch.allocate(bytes)) {
      ByteBuffer buffer = scratch.buffer();
      assertEquals(bytes, buffer.capacity());
      assertEquals(ByteOrder.LITTLE_ENDIAN, buffer.order());
      assertEquals(bytes >= Scratch.MAPPED_FROM_BYTES, buffer.isDirect());
      for (int i = 0; i < bytes; i += 997) {
        assertEquals(0, buffer.get(i));
        buffer.put(i, (byte) i);
      }
      for (int i = 0; i < bytes; i += 997) {
        assertEquals((byte) i, buffer.get(i));
      }
    }
  }

  @Test
  void leavesNoFileBehind() throws IOException {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    long before = scratchFiles(temporary);
    try (Scratch scratch = Scratch.allocate(1 << 20)) {
      scratch.buffer().putLong(8, 1);
      assertTrue(scratchFiles(temporary) <= before);
    }
  }

  @Test
  void anInterruptNeitherBreaksItNorIsLost() throws IOException {
    Path file = Files.write(folder.resolve("file"), new byte[8_192]);
    Thread.currentThread().interrupt();
    try (Scratch scratch = Scratch.allocate(1 << 20);
        Scratch ofFile = Scratch.ofFile(file, 0, 8_192)) {
      assertEquals(0, scratch.buffer().get(77));
      assertEquals(0, ofFile.buffer().get(77));
    } finally {
      assertTrue(Thread.interrupted());
    }
  }

  @Test
  void changesOfAMappedFileStayOutOfIt() throws IOException {
    byte[] bytes = new byte[12_288];
    bytes[4_096] = 7;
    bytes[4_097] = 9;
    Path file = Files.write(folder.resolve("file"), bytes);
    try (Scratch scratch = Scratch.ofFile(file, 4_096, 8_192)) {
      assertEquals(8_192, scratch.buffer().capacity());
      assertEquals(0x0907, scratch.buffer().getShort(0));
      scratch.buffer().putLong(0, -1);
      scratch.buffer().putLong(8_184, -1);
      assertArrayEquals(bytes, Files.readAllBytes(file));
    }
    assertArrayEquals(bytes, Files.readAllBytes(file));
  }

  @Test
  void aFileThatIsShorterIsNotLengthened() throws IOException {
    Path file = Files.write(folder.resolve("file"), new byte[100]);
    assertThrows(IOException.class, () -> Scratch.ofFile(file, 0, 101));
    assertThrows(IOException.class, () -> Scratch.ofFile(folder.resolve("none"), 0, 1));
    assertThrows(IOException.class, () -> Scratch.ofFile(folder, 0, 1));
    assertEquals(100, Files.size(file));
  }

  @Test
  void givesItsMemoryBackAtOnce() throws IOException {
    Path file = Files.write(folder.resolve("file"), new byte[4_096], StandardOpenOption.CREATE_NEW);
    Scratch scratch = Scratch.ofFile(file, 0, 4_096);
    ByteBuffer buffer = scratch.buffer();
    assertTrue(Maps.show(file));
    scratch.close();
    assertFalse(Maps.show(file));
    assertEquals(4_096, buffer.capacity());
    scratch.close();
    assertThrows(IllegalStateException.class, scratch::buffer);
  }

  private static long scratchFiles(Path temporary) throws IOException {
    try (Stream<Path> files = Files.list(temporary)) {
      return files.filter(file -> file.toString().endsWith(".scratch")).count();
    }
  }
}
