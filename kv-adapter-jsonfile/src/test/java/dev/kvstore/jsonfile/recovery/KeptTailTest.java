package dev.kvstore.jsonfile.recovery;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kvstore.files.StoragePath;
import dev.kvstore.jsonfile.index.Hash;
import dev.kvstore.jsonfile.index.KeyIndex;
import dev.kvstore.jsonfile.index.LineReads;
import dev.kvstore.jsonfile.simulation.Operation;
import dev.kvstore.jsonfile.simulation.SimulatedDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The copy of a torn tail. */
class KeptTailTest {

  private static final Path TEMPORARY = LogText.FILE.resolveSibling("temporary");

  private final SimulatedDisk disk = new SimulatedDisk();

  private Path keep(byte[] tail, byte[] behind) throws IOException {
    byte[] header = LogText.HEADER.line();
    byte[] file = Arrays.copyOf(header, header.length + tail.length + behind.length);
    System.arraycopy(tail, 0, file, header.length, tail.length);
    System.arraycopy(behind, 0, file, header.length + tail.length, behind.length);
    disk.place(LogText.FILE, file);
    LineReads reads = new LineReads(disk.openToRead(LogText.FILE), LogText.FILE, LogText.HEADER);
    Recovered recovered = new Recovered(
        KeyIndex.empty(reads, new Hash(7)),
        LogEnd.durable(header.length, 6, false),
        false,
        tail.length,
        header.length);
    return new TornTail(disk, StoragePath.of(LogText.FILE), TEMPORARY)
        .keepAside(disk.openToRead(LogText.FILE), recovered);
  }

  private static byte[] bytes(int length, int seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1_000, 65_535, 65_536, 65_537, 200_000})
  void theTailIsCopiedOnceAndToTheLetter(int length) throws IOException {
    byte[] tail = bytes(length, 1);
    Path aside = keep(tail, new byte[10]);
    assertEquals(LogText.FILE + ".torn-7", aside.toString());
    assertArrayEquals(tail, disk.bytes(aside));
    assertEquals(aside, keep(tail, new byte[10]), "the copy that is there will do");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 65_535, 65_536, 199_999})
  void anotherTailGetsANameOfItsOwn(int differsAt) throws IOException {
    byte[] tail = bytes(200_000, 1);
    byte[] other = tail.clone();
    other[differsAt] ^= 1;
    Path aside = keep(tail, new byte[0]);
    Path second = keep(other, new byte[0]);
    Path third = keep(Arrays.copyOf(tail, 100), new byte[0]);
    assertEquals(
        List.of(".torn-7", ".torn-7.1", ".torn-7.2"),
        List.of(aside, second, third).stream()
            .map(path -> path.toString().substring(LogText.FILE.toString().length()))
            .toList());
    assertArrayEquals(tail, disk.bytes(aside));
    assertArrayEquals(other, disk.bytes(second));
    assertEquals(second, keep(other, new byte[0]));
  }

  /** Else a power cut after the tail is cut could leave neither. */
  @Test
  void theCopyIsForcedBeforeItHasItsNameAndTheFolderAfterwards() throws IOException {
    List<Operation> done = new ArrayList<>();
    disk.observe(done::add);
    keep(bytes(10, 1), new byte[0]);
    done.retainAll(List.of(Operation.FORCE, Operation.RENAME, Operation.FORCE_FOLDER));
    assertEquals(List.of(Operation.FORCE, Operation.RENAME, Operation.FORCE_FOLDER), done);
    done.clear();
    keep(bytes(10, 1), new byte[0]);
    done.retainAll(List.of(Operation.FORCE, Operation.RENAME, Operation.FORCE_FOLDER));
    assertEquals(List.of(Operation.FORCE_FOLDER), done, "the name may not have been durable");
  }
}
