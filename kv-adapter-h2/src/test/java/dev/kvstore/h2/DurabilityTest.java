package dev.kvstore.h2;

import static dev.kvstore.h2.Fixture.NOW;
import static dev.kvstore.h2.Fixture.assertCode;
import static dev.kvstore.h2.Fixture.options;
import static dev.kvstore.h2.Fixture.read;
import static dev.kvstore.h2.Fixture.store;
import static dev.kvstore.h2.Fixture.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.core.error.ErrorCode;
import dev.kvstore.core.error.StorageFailedException;
import dev.kvstore.files.Durability;
import dev.kvstore.files.StorageOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** When writes are forced, in each mode, and what is said when that fails. {@link ProcessTest} kills processes in each mode. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DurabilityTest {

  @TempDir
  private Path folder;

  private final Disk disk = new Disk();

  /** Counts forces, and fails them when told to. */
  private static final class Disk implements HookedFile.Hook {

    private final Semaphore forces = new Semaphore(0);
    private volatile boolean failing;

    @Override
    public void beforeForce() throws IOException {
      if (failing) {
        throw new IOException("Input/output error");
      }
    }

    @Override
    public void afterForce() {
      forces.release();
    }

    int count() {
      return forces.availablePermits();
    }
  }

  @BeforeEach
  void make() {
    H2Storage.open(folder.resolve("store")).close();
  }

  /** The force of opening is not counted. */
  private H2Storage open(Durability durability) {
    StorageOptions options = options(folder.resolve("store")).withDurability(durability);
    H2Storage storage = H2Storage.open(options, HookedFile.opener(disk));
    disk.forces.drainPermits();
    return storage;
  }

  @Test
  void syncForcesOnceForACommit() {
    try (H2Storage storage = open(Durability.SYNC)) {
      for (int i = 1; i <= 10; i++) {
        store(storage, "key" + i, value(i));
        assertEquals(i, disk.count());
      }
    }
  }

  @Test
  void batchForcesByItselfWithoutAnotherCall() throws InterruptedException {
    try (H2Storage storage = open(Durability.BATCH)) {
      store(storage, "a", value(1));
      assertEquals("{\"number\":1}", read(storage, "a"));
      disk.forces.acquire();
      store(storage, "b", value(2));
      disk.forces.acquire();
    }
  }

  @Test
  void batchForcesBeforeARewriteKeepsItFromThat() throws InterruptedException {
    AtomicInteger forcedBefore = new AtomicInteger(-1);
    StorageFile.Opener files = HookedFile.opener(disk);
    StorageOptions options = options(folder.resolve("store")).withDurability(Durability.BATCH);
    try (H2Storage storage = H2Storage.open(options, path -> {
      if (path.toString().endsWith(".rewrite")) {
        forcedBefore.compareAndSet(-1, disk.count());
      }
      return files.open(path);
    })) {
      disk.forces.drainPermits();
      store(storage, "a", value(1));
      storage.compact(NOW);
    }
    assertTrue(forcedBefore.get() > 0, "the rewrite began before what was written was forced");
  }

  @Test
  void theListenerOfACompactionMayCloseTheStore() {
    H2Storage storage = open(Durability.SYNC);
    for (int i = 0; i < 100; i++) {
      store(storage, "key" + i, value(i));
    }
    storage.compact(NOW, (done, total) -> storage.close());
    assertCode(ErrorCode.STORE_CLOSED, () -> read(storage, "key1"));
    try (H2Storage again = open(Durability.SYNC)) {
      assertEquals(100, again.status(NOW).liveEntries());
    }
  }

  /** H2 has one name for each open store, and that of one that has stopped goes to the next. */
  @Test
  void aStoreThatHasStoppedTakesNoOtherWithItWhenItIsClosed() {
    H2Storage stopped = open(Durability.SYNC);
    disk.failing = true;
    assertCode(ErrorCode.OUTCOME_UNKNOWN, () -> store(stopped, "a", value(1)));
    disk.failing = false;
    try (H2Storage other = H2Storage.open(folder.resolve("other"))) {
      store(other, "b", value(2));
      stopped.close();
      assertEquals(1, other.status(NOW).liveEntries());
      assertEquals(1, other.scan(Fixture.ALL, 10, NOW).items().size());
    }
  }

  @Test
  void noneForcesWhenItIsClosedOrCompacted() {
    try (H2Storage storage = open(Durability.NONE)) {
      for (int i = 0; i < 200; i++) {
        store(storage, "key" + i, value(i));
      }
      assertEquals("{\"number\":199}", read(storage, "key199"));
      assertEquals(0, disk.count());
      storage.compact(NOW);
      assertTrue(disk.count() > 0, "no force when it was compacted");
      disk.forces.drainPermits();
      store(storage, "more", value(1));
      assertEquals(0, disk.count());
    }
    assertTrue(disk.count() > 0, "no force when it was closed");
  }

  @ParameterizedTest
  @EnumSource
  void everyModeHoldsWhatItAcknowledgedAfterAClose(Durability durability) {
    try (H2Storage storage = open(durability)) {
      for (int i = 0; i < 100; i++) {
        store(storage, "key" + i, value(i));
      }
    }
    try (H2Storage storage = open(durability)) {
      assertEquals(100, storage.status(NOW).liveEntries());
    }
  }

  @Test
  void aForceThatFailsLaterStopsTheStoreAndIsToldAtTheClose() throws InterruptedException {
    H2Storage storage = open(Durability.BATCH);
    store(storage, "a", value(1));
    disk.forces.acquire();
    disk.failing = true;
    store(storage, "b", value(2));
    while (canRead(storage)) {
      Thread.onSpinWait();
    }
    disk.failing = false;
    assertCode(ErrorCode.STORAGE_FAILED, () -> store(storage, "c", value(3)));
    assertCode(ErrorCode.STORAGE_FAILED, () -> read(storage, "a"));
    assertCode(ErrorCode.OUTCOME_UNKNOWN, storage::close);
    storage.close();
    open(Durability.NONE).close();
  }

  private static boolean canRead(H2Storage storage) {
    try {
      return !read(storage, "a").isEmpty();
    } catch (StorageFailedException e) {
      return false;
    }
  }

  @Test
  void aCloseThatCannotForceSaysSoAndGivesTheStoreUp() {
    H2Storage storage = open(Durability.NONE);
    store(storage, "a", value(1));
    disk.failing = true;
    assertCode(ErrorCode.OUTCOME_UNKNOWN, storage::close);
    disk.failing = false;
    open(Durability.NONE).close();
  }
}
