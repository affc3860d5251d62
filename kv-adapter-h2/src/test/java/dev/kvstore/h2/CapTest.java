package dev.kvstore.h2;

import static dev.kvstore.h2.Fixture.ALL;
import static dev.kvstore.h2.Fixture.NOW;
import static dev.kvstore.h2.Fixture.assertCode;
import static dev.kvstore.h2.Fixture.delete;
import static dev.kvstore.h2.Fixture.options;
import static dev.kvstore.h2.Fixture.store;
import static dev.kvstore.h2.Fixture.valueOfBytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.core.error.ErrorCode;
import dev.kvstore.core.error.StoreException;
import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.port.CommitResult;
import dev.kvstore.core.port.Mutation;
import dev.kvstore.files.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store at its cap; the files' lengths are looked at before each write, not only in the end. */
class CapTest {

  private static final long CAP = 1_000_000;

  @TempDir
  Path folder;

  private final List<String> violations = new ArrayList<>();

  private H2Storage open(long cap) {
    return H2Storage.open(
        options(folder.resolve("store")).withMaxBytes(cap), HookedFile.opener(watcher(cap)));
  }

  private HookedFile.Hook watcher(long cap) {
    return new HookedFile.Hook() {
      @Override
      public void beforeWrite(byte[] source, int offset, int length, long position) {
        if (position + length > cap) {
          synchronized (violations) {
            violations.add("a write up to " + (position + length));
          }
        }
      }
    };
  }

  private void assertWithinCap(long cap) throws IOException {
    assertEquals(List.of(), violations);
    assertTrue(Files.size(folder.resolve("store.mv.db")) <= cap);
  }

  @Test
  void fillsUpSaysSoAndTakesDeletesAndRefills() throws IOException {
    fillDeleteAndRefill(16_384, 3_000);
  }

  @Test
  @Tag("slow")
  void fillsUpWithSmallValues() throws IOException {
    fillDeleteAndRefill(200, 20);
  }

  private void fillDeleteAndRefill(int... sizes) throws IOException {
    try (H2Storage storage = open(CAP)) {
      for (int bytes : sizes) {
        int filled = fill(storage, bytes, 0);
        long stored = (long) filled * bytes;
        assertTrue(stored > CAP / 8, "only " + stored + " bytes of values fit");
        assertEquals(filled, storage.status(NOW).liveEntries());
        for (int i = 0; i < filled; i++) {
          delete(storage, "key" + i);
          assertWithinCap(CAP);
          if (i == filled / 2) {
            int again = fill(storage, bytes, filled);
            assertTrue(again >= filled / 4, "only " + again + " entries fit again of " + filled);
            for (int j = 0; j < again; j++) {
              delete(storage, "key" + (filled + j));
            }
          }
        }
        assertEquals(0, storage.status(NOW).liveEntries());
      }
    }
  }

  /** Creates until the store is full; returns how many fit. */
  private int fill(H2Storage storage, int bytes, int from) throws IOException {
    for (int i = 0; ; i++) {
      int number = from + i;
      try {
        store(storage, "key" + number, valueOfBytes(bytes));
      } catch (StoreException e) {
        assertEquals(ErrorCode.STORE_FULL, e.code(), e::getMessage);
        assertEquals(CAP, e.details().get("limit"));
        assertTrue((Long) e.details().get("actual") <= CAP, e::getMessage);
        assertTrue((Long) e.details().get("needed") >= bytes, e::getMessage);
        assertWithinCap(CAP);
        return i;
      }
      assertWithinCap(CAP);
    }
  }

  @Test
  void aCreateThatIsRefusedAnywayIsNotCalledFull() throws IOException {
    try (H2Storage storage = open(CAP)) {
      fill(storage, 16_384, 0);
      Mutation second = Mutation.create(Key.of("key0"), valueOfBytes(16_384), Entry.NEVER);
      assertEquals(CommitResult.refused(Key.of("key0")), storage.commit(List.of(second), NOW));
    }
  }

  @Test
  void expiredEntriesMakeRoom() throws IOException {
    try (H2Storage storage = open(CAP)) {
      List<Mutation> batch = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        batch.add(Mutation.create(Key.of("old" + i), valueOfBytes(10_000), NOW + 1_000 + i));
      }
      assertEquals(CommitResult.APPLIED, storage.commit(batch, NOW));
      fill(storage, 10_000, 0);
      Mutation create = Mutation.create(Key.of("new"), valueOfBytes(10_000), Entry.NEVER);
      assertCode(ErrorCode.STORE_FULL, () -> storage.commit(List.of(create), NOW + 999));
      assertEquals(CommitResult.APPLIED, storage.commit(List.of(create), NOW + 1_040));
      assertEquals(0, storage.status(NOW + 1_040).expiredEntries());
      assertWithinCap(CAP);
    }
  }

  @Test
  void atTheEdgeNoCreateRewritesTheFile() throws IOException {
    try (H2Storage storage = open(CAP)) {
      fill(storage, 3_000, 0);
      Object file =
          Files.readAttributes(folder.resolve("store.mv.db"), "unix:ino").get("ino");
      for (int i = 0; i < 20; i++) {
        String key = "more" + i;
        assertCode(ErrorCode.STORE_FULL, () -> store(storage, key, valueOfBytes(16_384)));
      }
      assertEquals(
          file, Files.readAttributes(folder.resolve("store.mv.db"), "unix:ino").get("ino"));
    }
  }

  @Test
  void sessionsThatDoNotFitAreRefusedWhole() throws IOException {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    try (H2Storage storage = open(CAP)) {
      TreeSet<String> present = new TreeSet<>();
      for (int round = 0; round < 40; round++) {
        List<Mutation> session = new ArrayList<>();
        List<String> names = new ArrayList<>();
        int count = 1 + random.nextInt(random.nextBoolean() ? 300 : 20);
        for (int i = 0; i < count; i++) {
          String name = "s" + round + "-" + i;
          names.add(name);
          session.add(
              Mutation.create(Key.of(name), valueOfBytes(20 + random.nextInt(6_000)), Entry.NEVER));
        }
        try {
          assertEquals(CommitResult.APPLIED, storage.commit(session, NOW));
          present.addAll(names);
        } catch (StoreException e) {
          assertEquals(ErrorCode.STORE_FULL, e.code(), () -> "seed " + seed + e.getMessage());
          List<Mutation> removal =
              present.stream().map(name -> Mutation.delete(Key.of(name))).toList();
          if (round % 3 == 0) {
            assertEquals(CommitResult.APPLIED, storage.commit(removal, NOW), "seed " + seed);
            present.clear();
          }
        }
        assertWithinCap(CAP);
        assertEquals(present.size(), storage.status(NOW).liveEntries(), "seed " + seed);
      }
    }
  }

  @Test
  void aSessionOfTheLargestSizeFitsWhereThereIsRoomAndNotElsewhere() throws IOException {
    List<Mutation> session = new ArrayList<>();
    for (int i = 0; i < 4_000; i++) {
      session.add(Mutation.create(Key.of("key" + i), valueOfBytes(16_384), Entry.NEVER));
    }
    long small = 40_000_000;
    try (H2Storage storage = open(small)) {
      assertCode(ErrorCode.STORE_FULL, () -> storage.commit(session, NOW));
      assertWithinCap(small);
      assertEquals(0, storage.status(NOW).liveEntries());
    }
    long large = 200_000_000;
    try (H2Storage storage = open(large)) {
      assertEquals(CommitResult.APPLIED, storage.commit(session, NOW));
      assertWithinCap(large);
      assertEquals(4_000, storage.status(NOW).liveEntries());
    }
  }

  /** Entries all over the file: each change takes a page of its own, far more than is foreseen. */
  @Test
  void scatteredChangesAreHeldByTheFileItself() throws IOException {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    long cap = 4_000_000;
    int count = 14_000;
    try (H2Storage storage = open(cap)) {
      List<Mutation> all = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        all.add(Mutation.put(Key.of("key" + i), valueOfBytes(100), Entry.NEVER));
      }
      assertEquals(CommitResult.APPLIED, storage.commit(all.subList(0, count / 2), NOW));
      assertEquals(CommitResult.APPLIED, storage.commit(all.subList(count / 2, count), NOW));
      storage.compact(NOW);
      int applied = 0;
      for (int round = 0; round < 12; round++) {
        TreeSet<Key> keys = new TreeSet<>();
        int changes = 100 + random.nextInt(700);
        while (keys.size() < changes) {
          keys.add(Key.of("key" + random.nextInt(count)));
        }
        int bytes = 100 + round;
        List<Mutation> session = keys.stream()
            .map(key -> Mutation.put(key, valueOfBytes(bytes), Entry.NEVER))
            .toList();
        try {
          assertEquals(CommitResult.APPLIED, storage.commit(session, NOW));
          applied++;
          for (Key key : keys) {
            assertEquals(bytes, storage.find(key, NOW).orElseThrow().value().sizeInBytes());
          }
        } catch (StoreException e) {
          assertEquals(ErrorCode.STORE_FULL, e.code(), () -> "seed " + seed + e.getMessage());
        }
        assertWithinCap(cap);
        assertEquals(count, storage.status(NOW).liveEntries(), "seed " + seed);
      }
      assertTrue(applied > 0, "seed " + seed);
    }
  }

  @Test
  void churnDoesNotLetTheFileGrow() throws IOException {
    long cap = 4_000_000;
    try (H2Storage storage = open(cap)) {
      for (int i = 0; i < 500; i++) {
        Fixture.put(storage, "key" + i % 10, valueOfBytes(3_000 + i));
      }
      assertEquals(10, storage.scanKeys(ALL, 100, NOW).items().size());
      long length = Files.size(folder.resolve("store.mv.db"));
      assertTrue(length < cap * 3 / 4, "the file has " + length + " bytes");
    }
    assertWithinCap(cap);
  }

  /** Eight megabytes live, and 250 replacements a second for a minute, without the waiting. */
  @Test
  void churnWithTheLargestCapStaysBelowTwiceWhatIsLiveAndAFixedAmount() throws IOException {
    int live = 8_000;
    long most = 0;
    try (H2Storage storage =
        H2Storage.open(options(folder.resolve("store")).withDurability(Durability.NONE))) {
      List<Mutation> all = new ArrayList<>();
      for (int i = 0; i < live; i++) {
        all.add(Mutation.create(Key.of("key" + i), valueOfBytes(1_000), Entry.NEVER));
      }
      assertEquals(CommitResult.APPLIED, storage.commit(all, NOW));
      for (int i = 0; i < 15_000; i++) {
        Fixture.put(storage, "key" + i * 7 % live, valueOfBytes(1_000 + i % 10));
        most = Math.max(most, Files.size(folder.resolve("store.mv.db")));
      }
      assertEquals(live, storage.status(NOW).liveEntries());
    }
    long bound = 2L * live * 1_100 + (64L << 20) + 100_000;
    assertTrue(
        most <= bound, "the file had " + most + " bytes, at most " + bound + " were expected");
    assertTrue(most > (64L << 20), "the file never grew so far that it was rewritten: " + most);
  }

  /** What expires is given back while the store is used, long before the cap. */
  @Test
  void theSpaceOfExpiredEntriesComesBackByItself() throws IOException {
    long cap = 20_000_000;
    try (H2Storage storage = open(cap)) {
      for (int round = 0; round < 60; round++) {
        List<Mutation> batch = new ArrayList<>();
        long now = NOW + round * 10_000L;
        for (int i = 0; i < 40; i++) {
          Key key = Key.of("r" + round + "-" + i);
          batch.add(Mutation.create(key, valueOfBytes(16_000), now + 5_000));
        }
        assertEquals(CommitResult.APPLIED, storage.commit(batch, now));
        long length = Files.size(folder.resolve("store.mv.db"));
        assertTrue(length < cap / 2, "round " + round + ": the file has " + length + " bytes");
      }
    }
    assertWithinCap(cap);
  }

  @Test
  void aCapBelowTheLeastIsABrokenCall() {
    assertThrows(IllegalArgumentException.class, () -> open(H2Storage.MIN_MAX_BYTES - 1));
  }
}
