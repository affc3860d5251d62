package dev.kvstore.jsonfile.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kvstore.jsonfile.file.Segment;
import dev.kvstore.jsonfile.file.StoreFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SimulatedFileTest {

  private static final Path PATH = Path.of("/f");

  private final SimulatedDisk disk = new SimulatedDisk();
  private StoreFile file = new SimulatedFile(disk, new Content(new byte[0]));

  @BeforeEach
  void place() throws IOException {
    disk.place(PATH, bytes("one two three"));
    file = disk.open(PATH);
  }

  @Test
  void aForcedWriteOutlivesAPowerCutAndOthersMayNot() throws IOException {
    file.write(0, bytes("ONE TWO"), 7);
    file.writeForced(4, bytes("(2!!)"), 1, 3);
    file.writeMapped(8, bytes("THREE"), 0, 5);
    assertEquals("ONE 2!! THREE", contents(disk));
    assertEquals(
        Set.of("one 2!! three", "ONE 2!! three", "one 2!! THREE", "ONE 2!! THREE"),
        new TreeSet<>(afterPowerCuts()));
  }

  @Test
  void aForcedWriteThatFailsMayBeThereOrNot() throws IOException {
    disk.faults().fail(Operation.FORCE, 1, false);
    disk.faults().forcesLose(false);
    assertThrows(IOException.class, () -> file.writeForced(0, bytes("ONE"), 0, 3));
    assertEquals(Set.of("one two three", "ONE two three"), afterPowerCuts());
    disk.faults().fail(Operation.WRITE_FORCED, 1, false);
    disk.faults().writeBeforeFailing(1);
    assertThrows(IOException.class, () -> file.writeForced(4, bytes("TWO"), 0, 3));
    assertEquals("ONE Two three", contents(disk));
  }

  @Test
  void aSegmentIsACopyOfWhatWasAskedFor() throws IOException {
    Segment segment = file.segment(4, 3);
    assertEquals('t', segment.bytes().get(segment.positionOf(4)));
    assertThrows(IndexOutOfBoundsException.class, () -> segment.bytes().get(segment.positionOf(7)));
    assertThrows(IOException.class, () -> file.segment(10, 4));
  }

  @Test
  void spaceThatIsNotThereTakesNoForcedOrMappedWrite() {
    byte[] text = bytes("three");
    assertThrows(IllegalArgumentException.class, () -> file.writeForced(9, text, 0, 5));
    assertThrows(IllegalArgumentException.class, () -> file.writeMapped(9, text, 0, 5));
  }

  private Set<String> afterPowerCuts() {
    Set<String> states = new TreeSet<>();
    PowerCuts.some(new Random(1)).of(disk, state -> states.add(contents(state)));
    return states;
  }

  private static String contents(SimulatedDisk disk) {
    return new String(Objects.requireNonNull(disk.bytes(PATH)), StandardCharsets.US_ASCII);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
