package dev.kvstore.jsonfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.JsonValue;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.port.CommitResult;
import dev.kvstore.core.port.Mutation;
import dev.kvstore.files.trial.Trials;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Interrupts threads at random while they read, write and compact: nobody notices but by the flag of the one interrupted. */
class InterruptTest {

  private static final int THREADS = 4;

  @TempDir
  private Path folder;

  @Test
  void anInterruptHarmsNobody() throws Exception {
    interrupt(Trials.of(400));
  }

  @Test
  @Tag("slow")
  void manyInterruptsHarmNobody() throws Exception {
    interrupt(Trials.of(20_000));
  }

  private void interrupt(Trials trials) throws Exception {
    long seed = trials.seed(0);
    Path file = folder.resolve("s.jsonl");
    int seen = 0;
    try (JsonFileStorage store = JsonFileStorage.open(file)) {
      List<Thread> threads = new ArrayList<>();
      ExecutorService executor = Executors.newFixedThreadPool(THREADS, work -> {
        Thread thread = new Thread(work);
        synchronized (threads) {
          threads.add(thread);
        }
        return thread;
      });
      AtomicBoolean done = new AtomicBoolean();
      List<Future<Integer>> results = new ArrayList<>();
      for (int t = 0; t < THREADS; t++) {
        int number = t;
        results.add(executor.submit(() -> work(store, number, trials.count())));
      }
      Thread interrupter = new Thread(() -> interruptAtRandom(threads, new Random(seed), done));
      interrupter.start();
      try {
        for (Future<Integer> result : results) {
          seen += result.get();
        }
      } catch (ExecutionException e) {
        throw new AssertionError("seed " + seed + ": " + e.getCause(), e);
      } finally {
        done.set(true);
        interrupter.join();
        executor.shutdownNow();
      }
    }
    trials.report(this, "operations in each of 4 threads, " + seen + " interrupts noticed");
    assertTrue(seen > 0, "no interrupt met a thread");
    try (JsonFileStorage store = JsonFileStorage.open(file)) {
      assertEquals(THREADS * 10, store.status(Stored.NOW).liveEntries());
    }
  }

  /** How often the thread found itself interrupted. */
  private static int work(JsonFileStorage store, int number, int operations) {
    int interrupts = 0;
    for (int i = 0; i < operations; i++) {
      Key key = Key.of(number + "-" + i % 10);
      JsonValue value = JsonValue.parse("{\"i\":" + i + "}");
      assertEquals(
          CommitResult.APPLIED,
          store.commit(List.of(Mutation.put(key, value, Entry.NEVER)), Stored.NOW));
      assertEquals(value, store.find(key, Stored.NOW).orElseThrow().value());
      if (i % 50 == number) {
        store.compact(Stored.NOW);
      }
      interrupts += Thread.interrupted() ? 1 : 0;
    }
    return interrupts;
  }

  private static void interruptAtRandom(List<Thread> threads, Random random, AtomicBoolean done) {
    while (!done.get()) {
      synchronized (threads) {
        threads.get(random.nextInt(threads.size())).interrupt();
      }
      for (int i = random.nextInt(20_000); i > 0; i--) {
        Thread.onSpinWait();
      }
    }
  }
}
