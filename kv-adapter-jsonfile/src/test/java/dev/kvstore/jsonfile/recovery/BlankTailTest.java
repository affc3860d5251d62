package dev.kvstore.jsonfile.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kvstore.jsonfile.simulation.SimulatedDisk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class BlankTailTest {

  private static final Path FILE = Path.of("/store/blank").toAbsolutePath();

  @Test
  void findsWhereTheLineFeedsBegin() throws IOException {
    assertEquals(2, startIn("ab", 0));
    assertEquals(3, startIn("ab\n", 0));
    assertEquals(3, startIn("ab\n\n\n", 0));
    assertEquals(3, startIn("ab\n\n\n", 3));
    assertEquals(4, startIn("ab\n\n\n", 4));
    assertEquals(6, startIn("ab\n\nc\n", 3));
    assertEquals(0, startIn("\n\n", 0));
    assertEquals(0, startIn("", 0));
    for (int feeds : new int[] {65_534, 65_535, 65_536, 65_537, 200_000}) {
      assertEquals(2, startIn("a\n" + "\n".repeat(feeds), 0));
      assertEquals(2, startIn("a\n" + "\n".repeat(feeds), 2));
    }
  }

  private static long startIn(String text, long from) throws IOException {
    SimulatedDisk disk = new SimulatedDisk();
    disk.place(FILE, text.getBytes(StandardCharsets.US_ASCII));
    return BlankTail.startOf(disk.open(FILE), from);
  }
}
