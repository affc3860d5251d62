package dev.kvstore.jsonfile.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.jsonfile.file.LocalFileSystem;
import dev.kvstore.jsonfile.index.ExpiryLedger;
import dev.kvstore.jsonfile.index.Hash;
import dev.kvstore.jsonfile.index.SlotFormat;
import dev.kvstore.jsonfile.index.SlotTable;
import dev.kvstore.jsonfile.log.LogHeader;
import dev.kvstore.jsonfile.simulation.Operation;
import dev.kvstore.jsonfile.simulation.PowerCuts;
import dev.kvstore.jsonfile.simulation.SimulatedDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointFileTest {

  private static final Path FILE = Path.of("/data/store.jsonl.index");
  private static final Path TEMPORARY = Path.of("/data/store.jsonl.index.tmp");
  private static final LogHeader LOG = new LogHeader("5d41402abc4b2a76", 3);

  private final SimulatedDisk disk = new SimulatedDisk();
  private final CheckpointFile checkpoints = new CheckpointFile(disk, FILE);

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 300, 20_000, 400_000})
  void givesBackWhatWasWritten(int keys) throws IOException {
    Checkpoint written = checkpoint(keys);
    checkpoints.write(written);
    assertSame(written, checkpoints.read(LOG).orElseThrow());
    assertFalse(disk.files().contains(TEMPORARY));
    SlotTable table = SlotTable.of(checkpoints.read(LOG).orElseThrow().slots(), keys);
    for (int key = 1; key <= keys; key += 7) {
      int wanted = key;
      assertTrue(table.find(
              written.hash().of(bytes(key)), slot -> SlotFormat.offset(slot) == 100L * wanted)
          != 0);
    }
  }

  @Test
  void worksOnARealDisk(@TempDir Path folder) throws IOException {
    CheckpointFile real = new CheckpointFile(new LocalFileSystem(), folder.resolve("s.index"));
    assertTrue(real.read(LOG).isEmpty());
    real.write(checkpoint(10));
    Checkpoint second = checkpoint(20_000);
    real.write(second);
    assertSame(second, real.read(LOG).orElseThrow());
    assertArrayEquals(new String[] {"s.index"}, folder.toFile().list());
    real.delete();
    assertTrue(real.read(LOG).isEmpty());
  }

  @Test
  void beginsWithALineForPeople() throws IOException {
    checkpoints.write(checkpoint(2));
    String start = new String(disk.bytes(FILE), 0, 512, StandardCharsets.US_ASCII);
    assertTrue(start.startsWith(
        "{\"format\":\"kv-jsonfile-index\",\"version\":2,\"id\":\"5d41402abc4b2a76\",\"generation\":3,"
            + "\"offset\":1000,\"seq\":77,\"entries\":2,\"bytes\":200,\"last\":\"0000000b\",\"seed\":\"ffffffffffffff85\","
            + "\"slots\":4096,\"capacity\":512,\"body\":\""));
    assertTrue(start.endsWith(" \n"));
  }

  @Test
  void everyChangedByteIsDetected() throws IOException {
    checkpoints.write(checkpoint(5));
    byte[] sound = disk.bytes(FILE);
    for (int at = 0; at < sound.length; at++) {
      for (int change : new int[] {1, 0x20, 0xff}) {
        byte[] damaged = sound.clone();
        damaged[at] ^= (byte) change;
        disk.place(FILE, damaged);
        assertEquals(Optional.empty(), checkpoints.read(LOG), "byte " + at);
      }
    }
  }

  @Test
  void everyOtherLengthIsDetected() throws IOException {
    checkpoints.write(checkpoint(5));
    byte[] sound = disk.bytes(FILE);
    for (int length = 0; length <= sound.length + 10; length++) {
      disk.place(FILE, Arrays.copyOf(sound, length));
      assertEquals(length == sound.length, checkpoints.read(LOG).isPresent(), "length " + length);
    }
  }

  @Test
  void aRightChecksumDoesNotMakeATable() throws IOException {
    CheckpointHeader sound = new CheckpointHeader(LOG, 1_000, 77, 0, 0, 11, 5, 4_096, 512, 0);
    CRC32C body = new CRC32C();
    byte[] zeros = new byte[4_096 - CheckpointHeader.BYTES + 512 * 8];
    body.update(zeros);
    byte[] file = new byte[8_192];
    byte[] header = new CheckpointHeader(
            LOG, 1_000, 77, 0, 0, 11, 5, 4_096, 512, (int) body.getValue())
        .encode();
    System.arraycopy(header, 0, file, 0, header.length);
    disk.place(FILE, file);
    assertTrue(checkpoints.read(LOG).isEmpty(), "a width of 1 millisecond");
    assertTrue(CheckpointHeader.decode(sound.encode()).isPresent());
    for (int[] wrong :
        new int[][] {{0, 4_096, 511}, {385, 4_096, 512}, {0, 512, 512}, {0, 4_096, 300_000_000}}) {
      CheckpointHeader bad =
          new CheckpointHeader(LOG, 1_000, 77, wrong[0], 0, 11, 5, wrong[1], wrong[2], 0);
      assertTrue(CheckpointHeader.decode(bad.encode()).isEmpty(), bad.toString());
    }
  }

  @Test
  void oneOfAnotherLogIsNotTaken() throws IOException {
    checkpoints.write(checkpoint(5));
    assertTrue(checkpoints.read(LOG.next()).isEmpty());
    assertTrue(checkpoints.read(new LogHeader("5d41402abc4b2a77", 3)).isEmpty());
  }

  @Test
  void aFolderOrAStrangeFileInItsPlaceIsNoError(@TempDir Path folder) throws IOException {
    CheckpointFile real = new CheckpointFile(new LocalFileSystem(), folder.resolve("s.index"));
    Files.createDirectories(folder.resolve("s.index/inside"));
    assertTrue(real.read(LOG).isEmpty());
    assertThrows(IOException.class, () -> real.write(checkpoint(1)));
    assertFalse(Files.exists(folder.resolve("s.index.tmp")));
    disk.place(FILE, "x".repeat(10_000).getBytes(StandardCharsets.US_ASCII));
    assertTrue(checkpoints.read(LOG).isEmpty());
  }

  @ParameterizedTest
  @EnumSource(names = {"EXISTS", "OPEN", "SIZE", "READ"})
  void aDiskThatCannotBeReadIsNoError(Operation operation) throws IOException {
    checkpoints.write(checkpoint(5));
    for (int nth = 1; nth <= 3; nth++) {
      disk.faults().fail(operation, nth, false);
      boolean read = checkpoints.read(LOG).isPresent();
      assertEquals(disk.faults().count(operation) < nth, read);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"CREATE", "WRITE", "FORCE", "RENAME"})
  void aFailedWritingLeavesTheOneBefore(Operation operation) throws IOException {
    Checkpoint before = checkpoint(5);
    checkpoints.write(before);
    disk.faults().fail(operation, 1, true);
    assertThrows(IOException.class, () -> checkpoints.write(checkpoint(9)));
    disk.faults().heal();
    assertSame(before, checkpoints.read(LOG).orElseThrow());
    assertFalse(disk.files().contains(TEMPORARY));
    Checkpoint after = checkpoint(9);
    checkpoints.write(after);
    assertSame(after, checkpoints.read(LOG).orElseThrow());
  }

  @Test
  void aPowerCutLeavesTheOneBeforeOrTheNewOne() throws IOException {
    long seed = new Random().nextInt(1_000_000);
    Checkpoint before = checkpoint(5);
    Checkpoint after = checkpoint(9);
    checkpoints.write(before);
    disk.forceFolder(FILE.getParent());
    int[] seen = new int[2];
    disk.observe(operation -> PowerCuts.some(new Random(seed)).of(disk, state -> {
      Checkpoint found = new CheckpointFile(state, FILE).read(LOG).orElseThrow();
      assertSame(found.entries() == 5 ? before : after, found);
      seen[found.entries() == 5 ? 0 : 1]++;
    }));
    checkpoints.write(after);
    assertTrue(seen[0] > 0 && seen[1] > 0, "seed " + seed);
  }

  private static Checkpoint checkpoint(int keys) throws IOException {
    Hash hash = new Hash(-123);
    SlotTable table = SlotTable.withRoomFor(0);
    ExpiryLedger expiry = new ExpiryLedger();
    for (int key = 1; key <= keys; key++) {
      table.put(hash.of(bytes(key)), 100L * key, 100, slot -> false);
      if (key % 3 == 0) {
        expiry.add(1_800_000_000_000L + key * 10_000L, 100);
      }
    }
    long end = Math.max(1_000, 200 + 100L * keys);
    return new Checkpoint(LOG, end, 77, keys, 100L * keys, 11, hash, expiry, table.slots());
  }

  private static byte[] bytes(int key) {
    return Integer.toString(key).getBytes(StandardCharsets.US_ASCII);
  }

  private static void assertSame(Checkpoint expected, Checkpoint found) {
    assertEquals(expected.log(), found.log());
    assertEquals(expected.offset(), found.offset());
    assertEquals(expected.seq(), found.seq());
    assertEquals(expected.entries(), found.entries());
    assertEquals(expected.lineBytes(), found.lineBytes());
    assertEquals(expected.hash().seed(), found.hash().seed());
    assertEquals(written(expected.expiry()), written(found.expiry()));
    assertEquals(expected.slots().memory().buffer(), found.slots().memory().buffer());
  }

  private static ByteBuffer written(ExpiryLedger expiry) {
    ByteBuffer bytes = ByteBuffer.allocate(expiry.byteSize());
    expiry.write(bytes);
    return bytes.flip();
  }
}
