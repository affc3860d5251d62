package dev.kvstore.jsonfile.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MappingTest {

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

  @TempDir
  private Path folder;

  private Path file;

  @BeforeEach
  void fill() throws IOException {
    byte[] bytes = new byte[8_192];
    bytes[0] = 42;
    bytes[4_097] = 7;
    file = Files.write(folder.resolve("file"), bytes);
  }

  @Test
  void showsThePartOfTheFile() throws IOException {
    Mapping mapping = map(file, MapMode.READ_ONLY);
    assertEquals(8_192, mapping.buffer().capacity());
    assertEquals(ByteOrder.LITTLE_ENDIAN, mapping.buffer().order());
    assertEquals(42, mapping.buffer().getShort(0));
    assertTrue(mapping.buffer().isReadOnly());
    mapping.unmapping().run();
    try (FileChannel channel = FileChannel.open(file)) {
      Mapping part = Mapping.of(channel, MapMode.READ_ONLY, 4_096, 2);
      assertEquals(2, part.buffer().capacity());
      assertEquals(7 << 8, part.buffer().getShort(0));
      part.unmapping().run();
    }
  }

  @Test
  void isGivenBackOnce() throws IOException {
    Unmapping unmapping = map(file, MapMode.PRIVATE).unmapping();
    assertFalse(unmapping.isDone());
    unmapping.run();
    assertTrue(unmapping.isDone());
    unmapping.run();
    assertFalse(Maps.show(file));
  }

  @Test
  void aLateAccessIsRefusedWhereTheRuntimeCan() throws IOException {
    assumeTrue(Runtime.version().feature() >= 22);
    Mapping mapping = map(file, MapMode.READ_ONLY);
    LongBuffer view = mapping.buffer().asLongBuffer();
    mapping.unmapping().run();
    byte[] target = new byte[8];
    assertThrows(IllegalStateException.class, () -> mapping.buffer().get(0, target));
    assertThrows(IllegalStateException.class, () -> view.get(0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"READ_ONLY", "PRIVATE", "READ_WRITE"})
  void whatIsDroppedIsGivenBackByTheCollector(String mode) throws Exception {
    Unmapping dropped = map(file, mode(mode)).unmapping();
    awaitUnmapped();
    dropped.run();
    assertTrue(dropped.isDone());
  }

  @ParameterizedTest
  @ValueSource(strings = {"READ_ONLY", "PRIVATE", "READ_WRITE"})
  void aViewKeepsWhatIsDropped(String mode) throws Exception {
    Path other = Files.write(folder.resolve("other"), new byte[4_096]);
    LongBuffer view = map(file, mode(mode)).buffer().asLongBuffer();
    ByteBuffer copy = map(other, mode(mode)).buffer().asReadOnlyBuffer().slice();
    for (int i = 0; i < 3; i++) {
      System.gc();
      TimeUnit.MILLISECONDS.sleep(20);
      mapAndUnmapSomethingElse();
    }
    assertEquals(42, view.get(0));
    assertEquals(0, copy.get(4_095));
    assertTrue(Maps.show(file));
    assertTrue(Maps.show(other));
  }

  /** Until the collector has found it and the next mapping was told. */
  private void awaitUnmapped() throws Exception {
    long start = System.nanoTime();
    while (Maps.show(file)) {
      assertTrue(System.nanoTime() - start < PATIENCE_NANOS, "still mapped");
      System.gc();
      TimeUnit.MILLISECONDS.sleep(5);
      mapAndUnmapSomethingElse();
    }
  }

  private void mapAndUnmapSomethingElse() throws IOException {
    Path next = Files.write(folder.resolve("next"), new byte[1]);
    map(next, MapMode.READ_ONLY).unmapping().run();
  }

  private static MapMode mode(String name) throws ReflectiveOperationException {
    return (MapMode) MapMode.class.getField(name).get(null);
  }

  private static Mapping map(Path path, MapMode mode) throws IOException {
    try (FileChannel channel =
        FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return Mapping.of(channel, mode, 0, (int) channel.size());
    }
  }
}
