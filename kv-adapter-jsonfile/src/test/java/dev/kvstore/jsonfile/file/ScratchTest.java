package dev.kvstore.jsonfile.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScratchTest {

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
    Thread.currentThread().interrupt();
    try (Scratch scratch = Scratch.allocate(1 << 20)) {
      assertEquals(0, scratch.buffer().get(77));
    } finally {
      assertTrue(Thread.interrupted());
    }
  }

  @Test
  void givesItsMemoryBackAtOnce() throws IOException {
    // A length that nothing else in this process has, in pages.
    int length = 4_096 * 7_919;
    Scratch scratch = Scratch.allocate(length);
    ByteBuffer buffer = scratch.buffer();
    assertTrue(Maps.showScratch(length));
    scratch.close();
    assertFalse(Maps.showScratch(length));
    assertEquals(length, buffer.capacity());
    scratch.close();
    assertThrows(IllegalStateException.class, scratch::buffer);
  }

  private static long scratchFiles(Path temporary) throws IOException {
    try (Stream<Path> files = Files.list(temporary)) {
      return files.filter(file -> file.toString().endsWith(".scratch")).count();
    }
  }
}
