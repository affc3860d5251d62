package dev.kvstore.h2;

import static dev.kvstore.h2.Fixture.ALL;
import static dev.kvstore.h2.Fixture.NOW;
import static dev.kvstore.h2.Fixture.read;
import static dev.kvstore.h2.Fixture.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.core.error.ErrorCode;
import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.port.CommitResult;
import dev.kvstore.core.port.Mutation;
import dev.kvstore.files.StorageOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Threads that are interrupted at any moment, in reads that go to the file and in writes. */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class InterruptTest {

  private static final int ENTRIES = 2_000;
  private static final int INTERRUPTS = 10_000;
  private static final int MAX_WRITES = 300;

  @TempDir
  Path folder;

  @Test
  void anInterruptHarmsNobody() throws Exception {
    Path store = folder.resolve("store");
    fill(store);
    AtomicBoolean stop = new AtomicBoolean();
    AtomicInteger noticed = new AtomicInteger();
    List<Thread> targets = new ArrayList<>();
    try (H2Storage storage = H2Storage.open(store)) {
      ExecutorService threads = Executors.newFixedThreadPool(5);
      List<Future<Integer>> results = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        Random random = new Random(i);
        Callable<Integer> reader = () -> readUntil(stop, storage, random, noticed, targets);
        results.add(threads.submit(reader));
      }
      String prefix = "new";
      results.add(threads.submit(() -> writeUntil(stop, storage, prefix, noticed, targets)));
      interrupt(targets, 5);
      stop.set(true);
      int written = 0;
      for (Future<Integer> result : results) {
        written = result.get();
      }
      threads.shutdown();
      assertTrue(noticed.get() > 100, "only " + noticed + " interrupts were seen");
      assertEquals(ENTRIES + written, storage.status(NOW).liveEntries());
    }
    try (H2Storage storage = H2Storage.open(store)) {
      assertTrue(storage.scanKeys(ALL, 10_000, NOW).items().size() > ENTRIES);
    }
  }

  /** The caller's thread writes and recovers here: nobody else wants to. */
  @Test
  void anInterruptAmidARecoveryHarmsNobody() {
    AtomicBoolean failing = new AtomicBoolean();
    HookedFile.Hook hook = new HookedFile.Hook() {
      @Override
      public void beforeWrite(byte[] source, int offset, int length, long position)
          throws IOException {
        if (failing.getAndSet(false)) {
          Thread.currentThread().interrupt();
          throw new IOException("Input/output error");
        }
      }
    };
    StorageOptions options = Fixture.options(folder.resolve("store"));
    try (H2Storage storage = H2Storage.open(options, HookedFile.opener(hook))) {
      Fixture.store(storage, "a", value(1));
      failing.set(true);
      Fixture.assertCode(ErrorCode.STORAGE_FAILED, () -> Fixture.store(storage, "b", value(2)));
      assertTrue(Thread.interrupted(), "the caller's interrupt is lost");
      Fixture.store(storage, "b", value(3));
      assertEquals("{\"number\":1}", read(storage, "a"));
      assertEquals("{\"number\":3}", read(storage, "b"));
    }
  }

  private static void interrupt(List<Thread> targets, int expected) throws InterruptedException {
    Random random = new Random(7);
    for (int i = 0; i < INTERRUPTS; ) {
      synchronized (targets) {
        if (targets.size() == expected) {
          targets.get(random.nextInt(expected)).interrupt();
          i++;
        }
      }
      TimeUnit.MICROSECONDS.sleep(random.nextInt(400));
    }
  }

  /** More than H2 keeps in memory, so that reads go to the file. */
  private static void fill(Path store) {
    List<Mutation> session = new ArrayList<>();
    for (int i = 0; i < ENTRIES; i++) {
      session.add(Mutation.create(Key.of("key" + i), Fixture.valueOfBytes(8_000), Entry.NEVER));
    }
    try (H2Storage storage = H2Storage.open(store)) {
      assertEquals(CommitResult.APPLIED, storage.commit(session, NOW));
    }
  }

  private static int readUntil(
      AtomicBoolean stop,
      H2Storage storage,
      Random random,
      AtomicInteger noticed,
      List<Thread> targets) {
    register(targets);
    while (!stop.get()) {
      assertEquals(8_000, read(storage, "key" + random.nextInt(ENTRIES)).length());
      count(noticed);
    }
    return 0;
  }

  private static int writeUntil(
      AtomicBoolean stop,
      H2Storage storage,
      String prefix,
      AtomicInteger noticed,
      List<Thread> targets) {
    register(targets);
    int written = 0;
    while (!stop.get()) {
      if (written < MAX_WRITES) {
        Fixture.store(storage, prefix + written, value(written));
        written++;
      } else {
        storage.find(Key.of(prefix), NOW);
      }
      count(noticed);
    }
    return written;
  }

  private static void register(List<Thread> targets) {
    synchronized (targets) {
      targets.add(Thread.currentThread());
    }
  }

  private static void count(AtomicInteger noticed) {
    if (Thread.interrupted()) {
      noticed.incrementAndGet();
    }
  }
}
