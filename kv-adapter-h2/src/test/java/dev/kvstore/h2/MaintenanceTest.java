package dev.kvstore.h2;

import static dev.kvstore.h2.Fixture.ALL;
import static dev.kvstore.h2.Fixture.NOW;
import static dev.kvstore.h2.Fixture.assertCode;
import static dev.kvstore.h2.Fixture.store;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.core.error.ErrorCode;
import dev.kvstore.core.error.StoreException;
import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.JsonValue;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.port.MaintenancePort;
import dev.kvstore.core.port.Mutation;
import dev.kvstore.core.port.ProgressListener;
import dev.kvstore.core.port.RepairReport;
import dev.kvstore.core.port.VerifyReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Verifying names every damaged row and changes nothing; repairing keeps the others. */
class MaintenanceTest {

  @TempDir
  Path folder;

  private Path file() {
    return folder.resolve("store.mv.db");
  }

  private MaintenancePort maintenance() {
    return H2Maintenance.of(folder.resolve("store"));
  }

  private VerifyReport verify() {
    return maintenance().verify(ProgressListener.NONE);
  }

  private RepairReport repair() {
    return maintenance().repair(folder.resolve("copy").toString(), ProgressListener.NONE);
  }

  /** The copy is made under another name first, which may be that of a store. */
  @Test
  void noStoreIsTakenForWhatAnEarlierRepairHasLeft() throws IOException {
    Path named = folder.resolve("copy.mv.db.repair");
    try (H2Storage storage = H2Storage.open(named)) {
      store(storage, "k", Fixture.value(1));
    }
    byte[] before = Files.readAllBytes(folder.resolve("copy.mv.db.repair.mv.db"));
    RepairReport report =
        H2Maintenance.of(named).repair(folder.resolve("copy").toString(), ProgressListener.NONE);
    assertEquals(1, report.kept());
    assertArrayEquals(before, Files.readAllBytes(folder.resolve("copy.mv.db.repair.mv.db")));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(
          List.of("copy.mv.db", "copy.mv.db.repair.mv.db"),
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> !name.endsWith(".lock"))
              .sorted()
              .toList());
    }
  }

  @Test
  void aSoundStoreIsSoundAndItsCopyIsEqual() throws IOException {
    try (H2Storage storage = H2Storage.open(folder.resolve("store"))) {
      for (int i = 0; i < 250; i++) {
        store(storage, "key" + i, Fixture.value(i));
      }
      // Expired, and no less a row for that.
      storage.commit(List.of(Mutation.put(Key.of("old"), Fixture.value(0), NOW - 1)), NOW - 2);
    }
    byte[] before = Files.readAllBytes(file());
    VerifyReport report = verify();
    assertTrue(report.isSound(), report::toString);
    assertEquals(251, report.entries());
    assertEquals(before.length, report.fileBytes());
    RepairReport repaired = repair();
    assertEquals(
        new RepairReport(folder.resolve("copy.mv.db").toString(), 251, 0, 0, 0, List.of()),
        repaired);
    assertArrayEquals(before, Files.readAllBytes(file()));
    try (H2Storage one = H2Storage.open(folder.resolve("store"));
        H2Storage other = H2Storage.open(folder.resolve("copy"))) {
      assertEquals(contents(one).toString(), contents(other).toString());
      assertTrue(other.find(Key.of("old"), NOW).isEmpty());
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(4, files.count(), "two stores, two locks");
    }
  }

  @Test
  void whatACrashHasLeftIsToldAndStaysAsItIs() throws IOException {
    byte[] left;
    try (H2Storage storage = H2Storage.open(folder.resolve("store"))) {
      store(storage, "k", Fixture.value(1));
      left = Files.readAllBytes(file());
    }
    left = Arrays.copyOf(left, left.length + 5_000);
    Files.write(file(), left);
    VerifyReport report = verify();
    assertTrue(report.isSound(), report::toString);
    assertEquals(5_000, report.tornBytes());
    assertEquals(5_000, repair().tornBytes());
    assertArrayEquals(left, Files.readAllBytes(file()));
  }

  @Test
  void everythingTellsHowFarItIsAndReachesItsEnd() {
    long[] told = new long[3];
    ProgressListener listener = (done, total) -> {
      assertTrue(done >= told[1] && done <= total, () -> done + " of " + total);
      told[0]++;
      told[1] = done;
      told[2] = total;
    };
    try (H2Storage storage = H2Storage.open(folder.resolve("store"))) {
      for (int i = 0; i < 150; i++) {
        store(storage, "key" + i, Fixture.value(i));
      }
      storage.compact(NOW, listener);
      assertTrue(told[0] >= 1, "a compaction tells now and then, and of its end");
      assertEquals(told[2], told[1]);
    }
    told[1] = 0;
    maintenance().verify(listener);
    assertEquals(told[2], told[1]);
    told[1] = 0;
    maintenance().repair(folder.resolve("copy").toString(), listener);
    assertEquals(told[2], told[1]);
  }

  @Test
  void theDamagedKeyIsNamedAndTheOthersAreKept() throws IOException {
    String marker = "findme" + "z".repeat(100);
    try (H2Storage storage = H2Storage.open(folder.resolve("store"))) {
      for (int i = 0; i < 150; i++) {
        store(storage, "key" + i, Fixture.value(i));
      }
      store(storage, "bad", JsonValue.parse("{\"v\":\"" + marker + "\"}"));
      storage.compact(NOW);
    }
    byte[] bytes = Files.readAllBytes(file());
    int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(marker);
    bytes[at + 50] ^= 1;
    Files.write(file(), bytes);
    VerifyReport report = verify();
    assertEquals(1, report.damaged());
    assertEquals(Optional.of("bad"), report.places().get(0).key());
    assertEquals(150, report.entries());
    assertArrayEquals(bytes, Files.readAllBytes(file()));
    RepairReport repaired = repair();
    assertEquals(150, repaired.kept());
    assertEquals(1, repaired.lost());
    assertArrayEquals(bytes, Files.readAllBytes(file()));
    assertTrue(
        H2Maintenance.of(folder.resolve("copy")).verify(ProgressListener.NONE).isSound());
    assertCode(ErrorCode.INVALID_LOCATION, this::repair);
  }

  @Test
  void aFileThatDoesNotOpenIsOneDamagedPlace() throws IOException {
    try (H2Storage storage = H2Storage.open(folder.resolve("store"))) {
      store(storage, "key", Fixture.value(1));
    }
    byte[] bytes = Files.readAllBytes(file());
    Arrays.fill(bytes, 8_192, bytes.length - 4_096, (byte) 0);
    Files.write(file(), bytes);
    VerifyReport report = verify();
    assertEquals(1, report.damaged());
    assertEquals(0, report.entries());
    assertCode(ErrorCode.STORE_CORRUPT, this::repair);
    assertArrayEquals(bytes, Files.readAllBytes(file()));
    assertFalse(Files.exists(folder.resolve("copy.mv.db")));
    Files.writeString(file(), "no database at all");
    assertCode(ErrorCode.UNSUPPORTED_FORMAT, this::verify);
    Files.delete(file());
    assertCode(ErrorCode.STORE_MISSING, this::verify);
    assertFalse(Files.exists(file()));
  }

  @Test
  void aStoreThatLostItsEndIsRepairedAsItWasBefore() throws IOException {
    Map<String, String> content = new TreeMap<>();
    try (H2Storage storage = H2Storage.open(folder.resolve("store"))) {
      for (int i = 10; i < 30; i++) {
        store(storage, "key" + i, Fixture.value(i));
        content.put("key" + i, Fixture.value(i).text());
      }
    }
    content.remove("key29");
    byte[] sound = Files.readAllBytes(file());
    int lastChunk = (int) ChunkFooter.parse(sound, sound.length).length();
    byte[] damaged = sound.clone();
    Arrays.fill(damaged, damaged.length - lastChunk, damaged.length - lastChunk + 4_000, (byte) 7);
    byte[] cut = Arrays.copyOf(sound, sound.length - lastChunk);
    for (byte[] bytes : new byte[][] {damaged, cut}) {
      Files.write(file(), bytes);
      VerifyReport report = verify();
      assertEquals(0, report.entries());
      assertEquals(1, report.damaged());
      RepairReport repaired = repair();
      assertEquals(19, repaired.kept());
      assertEquals(
          19, repaired.uncertain(), "each may have been replaced or deleted by what is lost");
      assertEquals(1, repaired.lost(), () -> repaired.places().toString());
      assertArrayEquals(bytes, Files.readAllBytes(file()));
      try (H2Storage copy = H2Storage.open(folder.resolve("copy"))) {
        assertEquals(content, contents(copy));
      }
      Files.delete(folder.resolve("copy.mv.db"));
    }
  }

  @Test
  void whatIsCalledSoundIsWholeAndWhatIsKeptIsRight() throws IOException {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    Map<String, String> content = new TreeMap<>();
    try (H2Storage storage = H2Storage.open(folder.resolve("store"))) {
      for (int i = 0; i < 60; i++) {
        JsonValue value = JsonValue.parse(
            "{\"v\":\"" + random.nextLong() + "y".repeat(random.nextInt(2_000)) + "\"}");
        store(storage, "key" + i, value);
        content.put("key" + i, value.text());
      }
      storage.compact(NOW);
    }
    byte[] sound = Files.readAllBytes(file());
    int found = 0;
    for (int i = 0; i < 60; i++) {
      byte[] damaged = sound.clone();
      int bit = random.nextInt(damaged.length * 8);
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(file(), damaged);
      String where = "bit " + bit + " of seed " + seed;
      try {
        VerifyReport report = verify();
        found += report.isSound() ? 0 : 1;
        assertArrayEquals(damaged, Files.readAllBytes(file()), where);
        RepairReport repaired = repair();
        if (repaired.uncertain() == 0) {
          assertEquals(report.entries(), repaired.kept(), where);
        } else {
          assertEquals(0, report.entries(), where + ": only what does not open is uncertain");
        }
        try (H2Storage copy = H2Storage.open(folder.resolve("copy"))) {
          Map<String, String> kept = contents(copy);
          assertTrue(content.entrySet().containsAll(kept.entrySet()), where);
          // What is damaged may be of no use to any entry, and the store is not sound for all that.
          assertTrue(kept.equals(content) || !report.isSound(), where);
        }
      } catch (StoreException e) {
        // A file that does not open: nothing can be salvaged, or it is taken for another kind.
        assertTrue(
            e.code() == ErrorCode.STORE_CORRUPT
                || e.code() == ErrorCode.UNSUPPORTED_FORMAT
                || e.getCause() instanceof SQLException,
            () -> where + ": " + e.getMessage());
        found++;
      }
      Files.deleteIfExists(folder.resolve("copy.mv.db"));
    }
    assertTrue(found > 10, "only " + found + " were noticed");
  }

  private static Map<String, String> contents(H2Storage storage) {
    Map<String, String> contents = new TreeMap<>();
    for (Entry entry : storage.scan(ALL, 1_000, Long.MIN_VALUE).items()) {
      contents.put(entry.key().text(), entry.value().text() + " " + entry.expiresAtMillis());
    }
    contents.replaceAll((key, value) -> value.replace(" " + Entry.NEVER, ""));
    return contents;
  }
}
