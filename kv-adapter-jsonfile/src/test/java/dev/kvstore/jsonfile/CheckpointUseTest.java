package dev.kvstore.jsonfile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.core.error.CorruptStoreException;
import dev.kvstore.core.error.ErrorCode;
import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.JsonValue;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.port.Mutation;
import dev.kvstore.core.port.ProgressListener;
import dev.kvstore.core.port.VerifyReport;
import dev.kvstore.files.Durability;
import dev.kvstore.files.StorageOptions;
import dev.kvstore.files.StoragePath;
import dev.kvstore.jsonfile.file.LocalFileSystem;
import dev.kvstore.jsonfile.simulation.Operation;
import dev.kvstore.jsonfile.simulation.SimulatedDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The index beside the store saves reading it, and is never believed where it is wrong. */
class CheckpointUseTest {

  private static final int ENTRIES = 1_200;

  @TempDir
  private Path folder;

  private Path file;
  private Path index;

  @BeforeEach
  void fill() {
    file = folder.resolve("s.jsonl");
    index = folder.resolve("s.jsonl.index");
    try (JsonFileStorage store = JsonFileStorage.open(file)) {
      for (int i = 0; i < ENTRIES; i += 100) {
        List<Mutation> mutations = new ArrayList<>();
        for (int j = i; j < i + 100; j++) {
          mutations.add(Mutation.create(Key.of("key" + j), value(j), expiry(j)));
        }
        store.commit(mutations, Stored.NOW);
      }
      store.commit(List.of(Mutation.delete(Key.of("key7"))), Stored.NOW);
    }
    assertTrue(Files.exists(index));
  }

  @Test
  void whatItVouchesForIsNotReadAgain() throws IOException {
    Map<String, String> entries = entries();
    byte[] bytes = Files.readAllBytes(file);
    // A damaged line in the part that it vouches for is found when it is read, not before.
    int place = indexOf(bytes, "key3\"") + 30;
    bytes[place] ^= 1;
    Files.write(file, bytes);
    try (JsonFileStorage store = JsonFileStorage.open(file)) {
      assertEquals(
          value(4), store.find(Key.of("key4"), Stored.NOW).orElseThrow().value());
      CorruptStoreException damage =
          assertThrows(CorruptStoreException.class, () -> store.find(Key.of("key3"), Stored.NOW));
      assertEquals(ErrorCode.STORE_CORRUPT, damage.code());
      assertEquals(5L, damage.details().get("line"), damage::getMessage);
    }
    Files.delete(index);
    assertThrows(CorruptStoreException.class, () -> JsonFileStorage.open(file));
    bytes[place] ^= 1;
    Files.write(file, bytes);
    assertEquals(entries, entries());
  }

  @Test
  void withoutItOrWithABadOneTheEntriesAreTheSame() throws IOException {
    Map<String, String> entries = entries();
    assertEquals(ENTRIES - 1, entries.size());
    byte[] good = Files.readAllBytes(index);
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 40; i++) {
      byte[] bad = good.clone();
      bad[i < 20 ? random.nextInt(512) : random.nextInt(bad.length)] ^=
          (byte) (1 << random.nextInt(8));
      Files.write(index, bad);
      assertEquals(entries, entries(), "seed " + seed);
      Files.write(index, Arrays.copyOf(good, random.nextInt(good.length)));
      assertEquals(entries, entries(), "seed " + seed);
    }
    Files.delete(index);
    assertEquals(entries, entries());
    Files.createDirectory(index);
    assertEquals(entries, entries());
  }

  @Test
  void anOldOneIsCompletedFromTheLog() throws IOException {
    byte[] old = Files.readAllBytes(index);
    try (JsonFileStorage store = JsonFileStorage.open(file)) {
      store.commit(List.of(Mutation.put(Key.of("key1"), value(-1), Entry.NEVER)), Stored.NOW);
      store.commit(List.of(Mutation.delete(Key.of("key2"))), Stored.NOW);
      store.commit(List.of(Mutation.create(Key.of("new"), value(-2), Entry.NEVER)), Stored.NOW);
    }
    Map<String, String> entries = entries();
    Files.write(index, old);
    assertEquals(entries, entries());
    try (JsonFileStorage store = JsonFileStorage.open(file)) {
      store.compact(Stored.NOW);
    }
    Files.write(index, old);
    assertEquals(entries, entries());
  }

  @Test
  void aFileThatHasLostItsEndIsTold() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    byte[] shorter = Arrays.copyOf(bytes, bytes.length - 70);
    Files.write(file, shorter);
    CorruptStoreException lost =
        assertThrows(CorruptStoreException.class, () -> JsonFileStorage.open(file));
    assertEquals(ErrorCode.STORE_CORRUPT, lost.code());
    assertTrue(lost.getMessage().contains("s.jsonl.index"), lost::getMessage);
    assertEquals(shorter.length, Files.size(file));
    Files.delete(index);
    entries();
  }

  /** A sector that was lost looks like a torn end, if the index is not asked. */
  @Test
  void anEndThatCannotBeReadIsLostAndNotTorn() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    for (int length : new int[] {20, 500, 4_096, 20_000}) {
      byte[] damaged = bytes.clone();
      Arrays.fill(damaged, damaged.length - length, damaged.length, (byte) 0);
      Files.write(file, damaged);
      StorageOptions options = StorageOptions.at(StoragePath.of(file));
      for (StorageOptions each : List.of(options, options.asReadOnly())) {
        CorruptStoreException lost =
            assertThrows(CorruptStoreException.class, () -> JsonFileStorage.open(each));
        assertEquals(ErrorCode.STORE_CORRUPT, lost.code());
      }
      assertArrayEquals(damaged, Files.readAllBytes(file));
      VerifyReport report = JsonFileMaintenance.of(file).verify(ProgressListener.NONE);
      assertEquals(1, report.damaged(), report::toString);
    }
  }

  /** It has the same name and generation, and a line of the same number that ends at the same place. */
  @Test
  void theOneOfACopyThatWentItsOwnWayIsNotBelieved() throws IOException {
    Path copy = folder.resolve("copy.jsonl");
    Files.copy(file, copy);
    for (Path each : List.of(file, copy)) {
      String letter = each.equals(file) ? "a" : "b";
      try (JsonFileStorage store = JsonFileStorage.open(each)) {
        for (int i = 100; i < 1_000; i++) {
          store.commit(
              List.of(Mutation.create(Key.of(letter + i), value(i), Entry.NEVER)), Stored.NOW);
        }
      }
    }
    assertEquals(Files.size(copy), Files.size(file));
    Files.copy(copy, file, StandardCopyOption.REPLACE_EXISTING);
    try (JsonFileStorage store = JsonFileStorage.open(file)) {
      assertEquals(
          value(500), store.find(Key.of("b500"), Stored.NOW).orElseThrow().value());
      assertEquals(Optional.empty(), store.find(Key.of("a500"), Stored.NOW));
    }
  }

  @Test
  void aFileThatHasLostAllIsToldAndNoNewStore() throws IOException {
    Files.write(file, new byte[0]);
    StorageOptions options = StorageOptions.at(StoragePath.of(file));
    for (StorageOptions each : List.of(options, options.mustExist(), options.asReadOnly())) {
      CorruptStoreException lost =
          assertThrows(CorruptStoreException.class, () -> JsonFileStorage.open(each));
      assertTrue(lost.getMessage().contains("s.jsonl.index"), lost::getMessage);
    }
    assertEquals(0, Files.size(file));
    Files.delete(index);
    assertEquals(Map.of(), entries());
  }

  @ParameterizedTest
  @EnumSource(Durability.class)
  void whileTheStoreIsOpenItIsKeptUnlessThatWouldForceTheLog(Durability durability) {
    StoragePath path = StoragePath.of(folder.resolve("open.jsonl"));
    try (JsonFileStorage store = JsonFileStorage.open(
        StorageOptions.at(path).withDurability(durability),
        new LocalFileSystem(),
        Background.inline(),
        new CheckpointPolicy(0, 0, 0))) {
      store.commit(List.of(Mutation.create(Key.of("a"), value(1), Entry.NEVER)), Stored.NOW);
      assertEquals(durability != Durability.NONE, Files.exists(path.sidecar(".index")));
    }
    assertTrue(Files.exists(path.sidecar(".index")));
  }

  /** As on a full disk. */
  @Test
  void afterAFailureAnotherIsTriedWhenAsMuchWasWrittenAgain() {
    SimulatedDisk disk = new SimulatedDisk();
    CheckpointPolicy each = new CheckpointPolicy(10_000, 0, 0);
    LogCapture log = LogCapture.drop();
    try (log;
        JsonFileStorage store =
            JsonFileStorage.open(StoreRun.options(1_000_000), disk, Background.inline(), each)) {
      disk.faults().fail(Operation.CREATE, 1, true);
      for (int i = 0; i < 100; i++) {
        store.commit(List.of(Mutation.create(Key.of("k" + i), value(i), Entry.NEVER)), Stored.NOW);
      }
      int tries = disk.faults().count(Operation.CREATE);
      assertTrue(tries >= 2 && tries <= 5, tries + " tries");
      disk.faults().heal();
    }
  }

  private Map<String, String> entries() {
    try (JsonFileStorage store = JsonFileStorage.open(file)) {
      return Stored.in(store);
    }
  }

  private static JsonValue value(int number) {
    return JsonValue.parse("{\"n\":" + number + ",\"p\":\"" + "x".repeat(300) + "\"}");
  }

  private static long expiry(int number) {
    return number % 3 == 0 ? Stored.NOW + 1_000_000 + number : Entry.NEVER;
  }

  private static int indexOf(byte[] bytes, String text) {
    return new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf(text);
  }
}
