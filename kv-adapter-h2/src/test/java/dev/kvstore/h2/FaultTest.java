package dev.kvstore.h2;

import static dev.kvstore.h2.Fixture.ALL;
import static dev.kvstore.h2.Fixture.NOW;
import static dev.kvstore.h2.Fixture.assertCode;
import static dev.kvstore.h2.Fixture.options;
import static dev.kvstore.h2.Fixture.read;
import static dev.kvstore.h2.Fixture.store;
import static dev.kvstore.h2.Fixture.value;
import static dev.kvstore.h2.Fixture.valueOfBytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.core.error.ErrorCode;
import dev.kvstore.core.error.StoreException;
import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.port.Mutation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A disk that fails, at each operation in turn. */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FaultTest {

  private static final int COMMITS = 12;

  @TempDir
  Path folder;

  private enum Operation {
    WRITE,
    FORCE
  }

  /** Fails the n-th operation of a kind, or all from there on. */
  private static final class Failing implements HookedFile.Hook {

    private final Operation operation;
    private final boolean forEver;
    private volatile int left;

    Failing(Operation operation, int number, boolean forEver) {
      this.operation = operation;
      this.left = number;
      this.forEver = forEver;
    }

    @Override
    public void beforeWrite(byte[] source, int offset, int length, long position)
        throws IOException {
      count(Operation.WRITE, "No space left on device");
    }

    @Override
    public void beforeForce() throws IOException {
      count(Operation.FORCE, "Input/output error");
    }

    private synchronized void count(Operation happening, String message) throws IOException {
      if (happening == operation && left > Integer.MIN_VALUE) {
        left--;
        if (left == 0 || (forEver && left < 0)) {
          throw new IOException(message);
        }
      }
    }

    synchronized boolean hasStruck() {
      return left <= 0;
    }

    synchronized void heal() {
      left = Integer.MIN_VALUE;
    }
  }

  @Test
  void aFailedWriteIsNotAppliedAndTheNextSucceeds() {
    for (boolean forEver : new boolean[] {false, true}) {
      for (int number = 1; number < 100; number++) {
        Path store = folder.resolve("w" + number + forEver);
        Failing disk = new Failing(Operation.WRITE, number, forEver);
        if (!writeUntilItFails(store, disk, ErrorCode.STORAGE_FAILED)) {
          assertTrue(number > COMMITS, "the run has a write for each commit");
          break;
        }
      }
    }
  }

  @Test
  void aFailedForceEndsAllWriting() {
    for (boolean forEver : new boolean[] {false, true}) {
      for (int number = 1; number < 100; number++) {
        Path store = folder.resolve("f" + number + forEver);
        Failing disk = new Failing(Operation.FORCE, number, forEver);
        if (!writeUntilItFails(store, disk, ErrorCode.OUTCOME_UNKNOWN)) {
          assertTrue(number > COMMITS, "the run has a force for each commit");
          break;
        }
      }
    }
  }

  /** Returns whether the disk failed; checks what holds then and after reopening. */
  private boolean writeUntilItFails(Path store, Failing disk, ErrorCode expected) {
    H2Storage.open(store).close();
    Set<String> acknowledged = new TreeSet<>();
    H2Storage storage;
    try {
      storage = H2Storage.open(options(store), HookedFile.opener(disk));
    } catch (StoreException e) {
      assertEquals(ErrorCode.STORAGE_FAILED, e.code());
      disk.heal();
      return true;
    }
    String inDoubt = "none";
    try (storage) {
      for (int i = 0; i < COMMITS && !disk.hasStruck(); i++) {
        String key = "key" + i;
        try {
          store(storage, key, valueOfBytes(1_000 * (i + 1)));
          acknowledged.add(key);
        } catch (StoreException e) {
          assertEquals(expected, e.code(), e::getMessage);
          inDoubt = key;
        }
      }
      if (!disk.hasStruck()) {
        return false;
      }
      disk.heal();
      if (expected == ErrorCode.OUTCOME_UNKNOWN) {
        assertCode(ErrorCode.STORAGE_FAILED, () -> store(storage, "later", value(1)));
        assertCode(ErrorCode.STORAGE_FAILED, () -> storage.find(Key.of("later"), NOW));
        assertCode(ErrorCode.STORAGE_FAILED, () -> storage.compact(NOW));
      } else {
        assertEquals(acknowledged, keys(storage), "what is there after a failed write");
        store(storage, "later", value(1));
        acknowledged.add("later");
      }
    }
    try (H2Storage again = H2Storage.open(store)) {
      Set<String> found = keys(again);
      assertTrue(found.containsAll(acknowledged), () -> "lost one of " + acknowledged);
      found.removeAll(acknowledged);
      found.remove(inDoubt);
      assertTrue(found.isEmpty(), () -> "never acknowledged: " + found);
      store(again, "last", value(1));
    }
    return true;
  }

  private static Set<String> keys(H2Storage storage) {
    Set<String> keys = new TreeSet<>();
    storage.scanKeys(ALL, 100, NOW).items().forEach(key -> keys.add(key.text()));
    return keys;
  }

  @Test
  void readersGoOnAfterAFailedWriteUnderThem() throws Exception {
    Path store = folder.resolve("store");
    H2Storage.open(store).close();
    Failing disk = new Failing(Operation.WRITE, Integer.MAX_VALUE, false);
    try (H2Storage storage = H2Storage.open(options(store), HookedFile.opener(disk))) {
      store(storage, "a", value(1));
      CompletableFuture<Void> reader = CompletableFuture.runAsync(() -> {
        for (int i = 0; i < 2_000; i++) {
          assertEquals("{\"number\":1}", read(storage, "a"));
        }
      });
      for (int i = 0; !reader.isDone(); i++) {
        String key = "b" + i;
        synchronized (disk) {
          disk.left = 1 + i % 3;
        }
        try {
          store(storage, key, value(2));
        } catch (StoreException e) {
          assertEquals(ErrorCode.STORAGE_FAILED, e.code());
        }
      }
      reader.get();
    }
  }

  @Test
  void nothingIsReadBeforeItIsDurable() throws Exception {
    Path store = folder.resolve("store");
    H2Storage.open(store).close();
    CountDownLatch forcing = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    boolean[] armed = new boolean[1];
    HookedFile.Hook slow = new HookedFile.Hook() {
      @Override
      public void beforeForce() {
        synchronized (armed) {
          if (!armed[0]) {
            return;
          }
        }
        forcing.countDown();
        awaitUninterrupted(release);
      }
    };
    try (H2Storage storage = H2Storage.open(options(store), HookedFile.opener(slow))) {
      store(storage, "a", value(1));
      assertEquals("", read(storage, "b"), "so that there is a connection for reading");
      synchronized (armed) {
        armed[0] = true;
      }
      CompletableFuture<Void> writer =
          CompletableFuture.runAsync(() -> store(storage, "b", value(2)));
      forcing.await();
      CompletableFuture<Boolean> reader = CompletableFuture.supplyAsync(() ->
          storage.find(Key.of("b"), NOW).isPresent() && !writer.isDone() && release.getCount() > 0);
      assertFalse(writer.isDone(), "acknowledged before it was forced");
      Thread.sleep(200);
      assertFalse(reader.isDone() && reader.get(), "read before it was forced");
      release.countDown();
      writer.get();
      reader.get();
      assertEquals("{\"number\":2}", read(storage, "b"));
    }
  }

  @Test
  void aRewriteThatFailsLeavesTheStoreAsItWas() throws IOException {
    Path store = folder.resolve("store");
    try (H2Storage storage = H2Storage.open(store)) {
      for (int i = 0; i < 40; i++) {
        store(storage, "key" + i, valueOfBytes(5_000));
      }
    }
    for (int number = 1; number < 200; number++) {
      for (Operation operation : Operation.values()) {
        Failing disk = new Failing(operation, Integer.MAX_VALUE, true);
        try (H2Storage storage = H2Storage.open(options(store), HookedFile.opener(disk))) {
          synchronized (disk) {
            disk.left = number;
          }
          try {
            storage.compact(NOW);
          } catch (StoreException e) {
            assertEquals(ErrorCode.STORAGE_FAILED, e.code(), e::getMessage);
          }
          boolean struck = disk.hasStruck();
          disk.heal();
          assertEquals(40, keysOrReopen(storage, store));
          if (!struck && operation == Operation.FORCE) {
            assertFalse(Files.exists(folder.resolve("store.mv.db.rewrite")));
            return;
          }
        }
      }
    }
  }

  private static int keysOrReopen(H2Storage storage, Path store) {
    try {
      return storage.scanKeys(ALL, 100, NOW).items().size();
    } catch (StoreException e) {
      // Forcing the new file failed right after the switch: the store has stopped, and is whole
      // when it is opened again.
      assertEquals(ErrorCode.STORAGE_FAILED, e.code());
      storage.close();
      try (H2Storage again = H2Storage.open(store)) {
        return again.scanKeys(ALL, 100, NOW).items().size();
      }
    }
  }

  @Test
  void aFailedReadIsStorageFailedAndPasses() {
    Path store = folder.resolve("store");
    try (H2Storage storage = H2Storage.open(store)) {
      // More than H2 keeps in memory.
      List<Mutation> session = new ArrayList<>();
      for (int i = 0; i < 1_000; i++) {
        session.add(Mutation.create(Key.of("key" + i), valueOfBytes(16_000), Entry.NEVER));
      }
      storage.commit(session, NOW);
    }
    boolean[] failing = new boolean[1];
    HookedFile.Hook disk = new HookedFile.Hook() {
      @Override
      public void beforeRead() throws IOException {
        synchronized (failing) {
          if (failing[0]) {
            throw new IOException("Input/output error");
          }
        }
      }
    };
    try (H2Storage storage = H2Storage.open(options(store), HookedFile.opener(disk))) {
      synchronized (failing) {
        failing[0] = true;
      }
      StoreException failure =
          assertCode(ErrorCode.STORAGE_FAILED, () -> storage.scan(ALL, 1_000, NOW));
      assertTrue(failure.getMessage().contains("Input/output error"), failure::getMessage);
    }
    try (H2Storage storage = H2Storage.open(store)) {
      assertEquals(1_000, storage.scan(ALL, 1_000, NOW).items().size());
    }
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
