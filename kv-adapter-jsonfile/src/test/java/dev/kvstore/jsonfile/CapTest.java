package dev.kvstore.jsonfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.core.error.ErrorCode;
import dev.kvstore.core.error.LimitExceededException;
import dev.kvstore.core.error.StoreException;
import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.JsonValue;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.port.Effect;
import dev.kvstore.core.port.Expectation;
import dev.kvstore.core.port.Mutation;
import dev.kvstore.jsonfile.recovery.BlankTail;
import dev.kvstore.jsonfile.simulation.Operation;
import dev.kvstore.jsonfile.simulation.SimulatedDisk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The size cap: never passed, refused with figures, removals always work, space is won back at a fair price. */
class CapTest {

  private static final long SMALL = 65_536;
  private static final long MEGABYTE = 1_000_000;

  private long now = Stored.NOW;

  @Test
  void theFileNeverPassesTheCap() {
    long first = new Random().nextInt(1_000_000);
    for (long seed = first; seed < first + 6; seed++) {
      churn(seed, SMALL, 1_500);
    }
    churn(first, MEGABYTE, 1_500);
  }

  @Test
  @Tag("slow")
  void theFileNeverPassesTheCapInLongRuns() {
    for (long seed = 0; seed < 20; seed++) {
      churn(seed, SMALL, 10_000);
    }
    for (long seed = 0; seed < 4; seed++) {
      churn(seed, MEGABYTE, 20_000);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {SMALL, MEGABYTE})
  void aFullStoreSaysSoWithFiguresAndStillRemoves(long cap) {
    SimulatedDisk disk = new SimulatedDisk();
    JsonFileStorage store = open(disk, cap);
    int stored = fill(store);
    LimitExceededException full =
        assertThrows(LimitExceededException.class, () -> put(store, "one more", 1_000));
    assertEquals(ErrorCode.STORE_FULL, full.code());
    assertEquals(cap, full.details().get("limit"));
    assertTrue((long) full.details().get("needed") > 1_000, full::getMessage);
    assertTrue((long) full.details().get("actual") > cap * 7 / 8, full::getMessage);
    assertEquals(stored, store.status(now).liveEntries());
    for (int i = 0; i < stored; i++) {
      store.commit(List.of(Mutation.delete(Key.of("k" + i))), now);
      assertTrue(disk.bytes(StoreRun.FILE).length <= cap, "the cap was passed");
    }
    assertEquals(0, store.status(now).liveEntries());
    // But for less than a 16th of the cap, which is not worth a rewriting.
    int again = fill(store);
    assertTrue(again >= stored * 15 / 16, () -> "space for " + again + " was won back");
    store.close();
    assertTrue(disk.bytes(StoreRun.FILE).length <= cap, "the cap was passed by closing");
  }

  @Test
  void removalsWorkAtTheCapAlsoAfterReopening() {
    SimulatedDisk disk = new SimulatedDisk();
    int stored;
    try (JsonFileStorage store = open(disk, SMALL)) {
      stored = fill(store);
    }
    for (int i = 0; i < stored; i++) {
      try (JsonFileStorage store = open(disk, SMALL)) {
        store.commit(List.of(Mutation.delete(Key.of("k" + i))), now);
        assertEquals(stored - i - 1, store.status(now).liveEntries());
      }
      assertTrue(disk.bytes(StoreRun.FILE).length <= SMALL, "the cap was passed");
    }
  }

  @Test
  void aCompactionThatCannotFitSaysHowLargeTheCapMustBe() {
    SimulatedDisk disk = new SimulatedDisk();
    try (JsonFileStorage store = open(disk, MEGABYTE)) {
      fill(store);
    }
    try (JsonFileStorage store = open(disk, SMALL)) {
      StoreException failed = assertThrows(StoreException.class, () -> store.compact(now));
      assertEquals(ErrorCode.STORAGE_FAILED, failed.code());
      String message = String.valueOf(failed.getMessage());
      assertTrue(
          message.matches(".* takes at least 6[0-9]{4} bytes .* 65[0-9]{3} of them .*"), message);
      assertTrue(message.contains("open the store with a larger maximum size"), message);
    }
  }

  @Test
  void whatHasExpiredIsReclaimedBeforeACreateIsRefused() {
    SimulatedDisk disk = new SimulatedDisk();
    JsonFileStorage store = open(disk, SMALL);
    while (stores(store, "e" + store.status(now).liveEntries(), 500, now + 1_000)) {
      // Until it is full.
    }
    long expiring = store.status(now).liveEntries();
    now += 1_000;
    assertEquals(0, store.status(now).liveEntries());
    put(store, "new", 500);
    assertEquals(1, store.status(now).liveEntries());
    assertEquals(0, store.status(now).expiredEntries(), () -> "of " + expiring);
    store.close();
  }

  @Test
  void aStoreAtTheEdgeIsNotRewrittenForEachCreate() {
    SimulatedDisk disk = new SimulatedDisk();
    JsonFileStorage store = open(disk, MEGABYTE);
    fill(store);
    long before = generation(disk);
    int written = 0;
    for (int i = 0; i < 2_000; i++) {
      try {
        put(store, "k" + i % 50, 900);
        written++;
      } catch (LimitExceededException e) {
        store.commit(List.of(Mutation.delete(Key.of("k" + (100 + i % 800)))), now);
      }
    }
    long rewritten = generation(disk) - before;
    // Each rewriting wins at least a 16th of the cap, which takes 60 writes of this size to fill.
    assertTrue(rewritten <= 1 + written / 60, () -> "rewritten " + rewritten + " times");
    store.close();
  }

  @Test
  void compactionBoundsTheGarbageByItself() {
    SimulatedDisk disk = new SimulatedDisk();
    JsonFileStorage store = open(disk, MEGABYTE);
    for (int i = 0; i < 5_000; i++) {
      put(store, "k" + i % 10, 300);
      // Live are some 4 kB; more than half may be garbage, until that is a 16th of the cap, and
      // one look later.
      assertTrue(disk.bytes(StoreRun.FILE).length < 4_000 + 3 * MEGABYTE / 16, "it grows");
    }
    assertTrue(generation(disk) > 5, "it was hardly ever compacted");
    store.close();
  }

  @Test
  void aCapThatTheFileHasPassedAlreadyIsKeptAsFarAsItCanBe() {
    SimulatedDisk disk = new SimulatedDisk();
    try (JsonFileStorage store = open(disk, MEGABYTE)) {
      fill(store);
    }
    int before = disk.bytes(StoreRun.FILE).length;
    try (JsonFileStorage store = open(disk, SMALL)) {
      assertThrows(LimitExceededException.class, () -> put(store, "new", 10));
      assertTrue(disk.bytes(StoreRun.FILE).length <= before, "it grew");
    }
  }

  /** A store that was killed, and is opened under a cap that leaves no room behind its last line. */
  @Test
  void theMarkOfACloseDoesNotPassTheCap() throws IOException {
    SimulatedDisk disk = new SimulatedDisk();
    StoreRun run = new StoreRun(disk, 1_000_000);
    run.open();
    for (int i = 0; i < 100; i++) {
      run.create("k" + i, 900);
    }
    long end = BlankTail.startOf(disk.openToRead(StoreRun.FILE), 0);
    for (int room = 0; room <= 100; room++) {
      SimulatedDisk next = disk.afterKill();
      StoreRun small = new StoreRun(next, end + room);
      small.expect(run.possible());
      assertEquals(Optional.empty(), small.open());
      assertEquals(Optional.empty(), small.close());
      int length = next.bytes(StoreRun.FILE).length;
      assertTrue(length <= end + room, length + " bytes under a cap of " + (end + room));
      assertTrue(room > 0 || length == end, "marked without room");
      assertTrue(room < 100 || length > end, "not marked though there is room");
    }
  }

  @Test
  void whatCannotFitUnderTheCapIsNotCopiedInVain() {
    SimulatedDisk disk = new SimulatedDisk();
    try (JsonFileStorage store = open(disk, MEGABYTE)) {
      fill(store);
    }
    try (JsonFileStorage store = open(disk, SMALL)) {
      int before = disk.faults().count(Operation.CREATE);
      LimitExceededException full = assertThrows(
          LimitExceededException.class,
          () -> store.commit(List.of(Mutation.delete(Key.of("k1"))), now));
      assertEquals(ErrorCode.STORE_FULL, full.code());
      assertEquals(before, disk.faults().count(Operation.CREATE), "a compaction was begun");
    }
  }

  @Test
  void aCompactionThatFailsForWantOfRoomIsNotRepeatedForEachWrite() {
    SimulatedDisk disk = new SimulatedDisk();
    try (JsonFileStorage store = open(disk, MEGABYTE)) {
      int stored = fill(store);
      for (int i = 0; i < stored / 4; i++) {
        store.commit(List.of(Mutation.delete(Key.of("k" + i))), now);
      }
      disk.faults().limitTo(disk.bytes(StoreRun.FILE).length);
      int before = disk.faults().count(Operation.CREATE);
      for (int i = 0; i < 10; i++) {
        int size = 15_000 + i;
        LimitExceededException full =
            assertThrows(LimitExceededException.class, () -> put(store, "more", size));
        assertEquals(ErrorCode.STORE_FULL, full.code());
      }
      assertEquals(
          before + 1, disk.faults().count(Operation.CREATE), "compactions that were begun");
      disk.faults().heal();
      now += 1_000;
      put(store, "more", 15_000);
    }
  }

  private void churn(long seed, long cap, int steps) {
    Random random = new Random(seed);
    SimulatedDisk disk = new SimulatedDisk();
    int[] longest = {0};
    disk.observe(operation -> {
      byte[] bytes = disk.bytes(StoreRun.FILE);
      longest[0] = Math.max(longest[0], bytes == null ? 0 : bytes.length);
    });
    Map<String, String> model = new HashMap<>();
    Map<String, Long> expiries = new HashMap<>();
    JsonFileStorage store = open(disk, cap);
    for (int step = 0; step < steps; step++) {
      if (random.nextInt(100) == 0) {
        store.close();
        store = open(disk, cap);
      }
      now += random.nextInt(100);
      List<Mutation> mutations = mutations(random);
      try {
        store.commit(mutations, now);
        for (Mutation mutation : mutations) {
          model.remove(mutation.key().text());
          expiries.remove(mutation.key().text());
          if (mutation.effect() instanceof Effect.SetEntry set) {
            model.put(mutation.key().text(), set.value().text());
            expiries.put(mutation.key().text(), set.expiresAtMillis());
          }
        }
      } catch (StoreException e) {
        assertEquals(ErrorCode.STORE_FULL, e.code(), "seed " + seed + ", step " + step);
      }
      assertTrue(
          longest[0] <= cap, "seed " + seed + ", step " + step + ": " + longest[0] + " bytes");
      String key = "k" + random.nextInt(100);
      boolean live = model.containsKey(key) && now < expiries.get(key);
      assertEquals(
          live ? model.get(key) : null,
          store.find(Key.of(key), now).map(entry -> entry.value().text()).orElse(null),
          "seed " + seed + ", step " + step);
    }
    store.close();
    assertTrue(longest[0] <= cap, "seed " + seed + ", closed: " + longest[0] + " bytes");
  }

  private List<Mutation> mutations(Random random) {
    Map<Key, Mutation> mutations = new HashMap<>();
    for (int i = random.nextInt(8) == 0 ? 1 + random.nextInt(20) : 1; i > 0; i--) {
      Key key = Key.of("k" + random.nextInt(100));
      int size = random.nextInt(10) == 0 ? 16_000 : random.nextInt(2_000);
      long expiry = random.nextInt(4) == 0 ? now + random.nextInt(5_000) : Entry.NEVER;
      mutations.put(
          key,
          random.nextInt(4) == 0
              ? new Mutation(key, Expectation.ANY, Effect.REMOVE)
              : Mutation.put(key, value(size), expiry));
    }
    return new ArrayList<>(mutations.values());
  }

  /** Creates entries until the store is full; how many there are. */
  private int fill(JsonFileStorage store) {
    int stored = 0;
    while (stores(store, "k" + stored, 1_000, Entry.NEVER)) {
      stored++;
    }
    return stored;
  }

  private boolean stores(JsonFileStorage store, String key, int size, long expiry) {
    try {
      store.commit(List.of(Mutation.create(Key.of(key), value(size), expiry)), now);
      return true;
    } catch (LimitExceededException e) {
      return false;
    }
  }

  private void put(JsonFileStorage store, String key, int size) {
    store.commit(List.of(Mutation.put(Key.of(key), value(size), Entry.NEVER)), now);
  }

  private static JsonValue value(int size) {
    return JsonValue.parse("{\"p\":\"" + "z".repeat(size) + "\"}");
  }

  private static JsonFileStorage open(SimulatedDisk disk, long cap) {
    return JsonFileStorage.open(StoreRun.options(cap), disk, Background.inline());
  }

  private static long generation(SimulatedDisk disk) {
    String header = new String(disk.bytes(StoreRun.FILE), 0, 100, StandardCharsets.UTF_8);
    return Long.parseLong(header.replaceAll("(?s).*\"generation\":(\\d+).*", "$1"));
  }
}
