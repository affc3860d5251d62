package dev.kvstore.jsonfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.JsonValue;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.model.KeyPrefix;
import dev.kvstore.core.model.KeyRange;
import dev.kvstore.core.port.Mutation;
import dev.kvstore.core.port.StoragePort;
import dev.kvstore.jsonfile.simulation.SimulatedDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The space of expired entries comes back, though nobody writes and nobody asks. */
class ExpiredSpaceTest {

  private static final long CAP = 1_000_000;
  private static final long LIFE = 10_000;

  /** What README.md promises: a second, and two more for the sums of what expires when. */
  private static final long BOUND = 3_000;

  private static final int SMALL = 20_000;

  private final SimulatedDisk disk = new SimulatedDisk();

  /** Calls that bring nothing but the time. */
  enum Look {
    READ,
    LIST,
    STATUS;

    void at(StoragePort store, long now) {
      switch (this) {
        case READ -> store.find(Key.of("none"), now);
        case LIST -> store.scanKeys(KeyRange.of(KeyPrefix.all()), 1, now);
        case STATUS -> store.status(now);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void itComesBackWhileOthersOnlyLook(Look look) {
    try (JsonFileStorage store = open()) {
      fill(store, Stored.NOW);
      long before = length();
      for (long passed = 0; passed < LIFE; passed += 500) {
        look.at(store, Stored.NOW + passed);
        assertEquals(before, length(), passed + " ms: nothing has expired");
      }
      for (long passed = LIFE; passed <= LIFE + BOUND; passed += 500) {
        look.at(store, Stored.NOW + passed);
      }
      assertTrue(length() < SMALL, () -> length() + " bytes are left");
      assertEquals(1, store.status(Stored.NOW + LIFE + BOUND).liveEntries());
      assertTrue(store.find(Key.of("stays"), Stored.NOW + LIFE + BOUND).isPresent());
    }
  }

  @Test
  void theFirstCallOfAnOpeningRewritesNothingAndTheFirstWriteDoes() {
    try (JsonFileStorage store = open()) {
      fill(store, Stored.NOW);
    }
    long closed = length();
    long now = Stored.NOW + LIFE + BOUND;
    try (JsonFileStorage store = open()) {
      assertTrue(store.find(Key.of("k1"), now).isEmpty());
      assertTrue(store.find(Key.of("stays"), now + 10).isPresent());
    }
    assertEquals(closed, length());
    try (JsonFileStorage store = open()) {
      store.commit(List.of(put("new", Entry.NEVER)), now);
    }
    assertTrue(length() < SMALL, () -> length() + " bytes are left");
  }

  @Test
  void aClockThatWasAheadForAMomentDoesNotEndTheLooking() {
    try (JsonFileStorage store = open()) {
      store.find(Key.of("none"), Stored.NOW);
      store.find(Key.of("none"), Stored.NOW + TimeUnit.DAYS.toMillis(3_650));
      fill(store, Stored.NOW);
      store.find(Key.of("none"), Stored.NOW);
      for (long passed = LIFE; passed <= LIFE + BOUND; passed += 500) {
        store.find(Key.of("none"), Stored.NOW + passed);
      }
      assertTrue(length() < SMALL, () -> length() + " bytes are left");
    }
  }

  @Test
  void aFailureIsTriedAgainAfterTenMinutesWithoutAWrite() {
    try (LogCapture log = LogCapture.keep();
        JsonFileStorage store = open()) {
      fill(store, Stored.NOW);
      store.find(Key.of("none"), Stored.NOW);
      disk.faults().limitTo(length());
      long now = Stored.NOW + LIFE + BOUND;
      store.find(Key.of("none"), now);
      store.find(Key.of("none"), now + 5_000);
      assertEquals(1, log.messages().size(), log.messages()::toString);
      assertTrue(length() > SMALL);
      disk.faults().heal();
      store.find(Key.of("none"), now + 590_000);
      assertTrue(length() > SMALL);
      store.find(Key.of("none"), now + 600_000);
      assertTrue(length() < SMALL, () -> length() + " bytes are left");
    }
  }

  @Test
  void readersNeedNotWaitForIt(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("s.jsonl");
    try (JsonFileStorage store = JsonFileStorage.open(file)) {
      for (int i = 0; i < 10; i++) {
        fill(store, Stored.NOW + i);
      }
      long before = Files.size(file);
      assertTrue(before > 2 << 20);
      long start = System.nanoTime();
      for (long now = Stored.NOW; Files.size(file) == before; now += 100) {
        assertTrue(store.find(Key.of("stays"), now).isPresent());
        assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(60), "it does not shrink");
        TimeUnit.MILLISECONDS.sleep(1);
      }
      assertTrue(Files.size(file) < before / 10);
    }
  }

  @Test
  void aCompactionOfASmallStoreIsFinishedByTheCloseAfterAWrite(@TempDir Path folder)
      throws IOException {
    Path file = folder.resolve("s.jsonl");
    try (JsonFileStorage store = JsonFileStorage.open(file)) {
      for (int i = 0; i < 10; i++) {
        fill(store, Stored.NOW + i);
      }
    }
    long before = Files.size(file);
    try (JsonFileStorage store = JsonFileStorage.open(file)) {
      store.commit(List.of(put("new", Entry.NEVER)), Stored.NOW + LIFE + BOUND);
    }
    assertTrue(Files.size(file) < before / 10, "it was not compacted");
    assertEquals(List.of("s.jsonl", "s.jsonl.lock"), names(folder));
  }

  private JsonFileStorage open() {
    return JsonFileStorage.open(StoreRun.options(CAP), disk, Background.inline());
  }

  private int length() {
    return disk.bytes(StoreRun.FILE).length;
  }

  private static List<String> names(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files
          .map(path -> path.getFileName().toString())
          .filter(name -> !name.endsWith(".index"))
          .sorted()
          .toList();
    }
  }

  /** Some 240 kB that expire, and one entry that stays. */
  private static void fill(StoragePort store, long now) {
    List<Mutation> mutations = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      mutations.add(put("k" + i + "-" + now % 100, now + LIFE));
    }
    mutations.add(put("stays", Entry.NEVER));
    store.commit(mutations, now);
  }

  private static Mutation put(String key, long expiry) {
    JsonValue value = JsonValue.parse("{\"p\":\"" + "z".repeat(2_000) + "\"}");
    return Mutation.put(Key.of(key), value, expiry);
  }
}
