package dev.kvstore.jsonfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.core.error.ErrorCode;
import dev.kvstore.core.error.StoreException;
import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.JsonValue;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.port.CommitResult;
import dev.kvstore.core.port.Mutation;
import dev.kvstore.jsonfile.simulation.Operation;
import dev.kvstore.jsonfile.simulation.SimulatedDisk;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Commits of several callers that are written together, and fail. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GroupFailureTest {

  private static final JsonValue VALUE = JsonValue.parse("{\"p\":\"" + "x".repeat(3_000) + "\"}");

  private final SimulatedDisk disk = new SimulatedDisk();

  private JsonFileStorage open() {
    return JsonFileStorage.open(StoreRun.options(10_000_000), disk, Background.inline());
  }

  private static CommitResult create(JsonFileStorage store, String key) {
    return store.commit(List.of(Mutation.create(Key.of(key), VALUE, Entry.NEVER)), Stored.NOW);
  }

  /** Entries need more space than there is; removals find what was kept for them, whoever else writes. */
  @Test
  void onAFullDiskRemovalsSucceedBesideThoseWhoCreate() throws InterruptedException {
    LogCapture log = LogCapture.drop();
    try (log;
        JsonFileStorage store = open()) {
      for (int i = 0; i < 60; i++) {
        create(store, "key" + i);
      }
      disk.faults().limitTo(disk.bytes(StoreRun.FILE).length);
      // So that others come meanwhile, and are written together.
      disk.observe(operation -> LockSupport.parkNanos(operation == Operation.FORCE ? 300_000 : 0));
      AtomicBoolean stop = new AtomicBoolean();
      List<Thread> creators = new ArrayList<>();
      for (int t = 0; t < 3; t++) {
        String name = "new" + t + "-";
        creators.add(new Thread(() -> {
          for (int i = 0; !stop.get(); i++) {
            try {
              create(store, name + i);
            } catch (StoreException e) {
              assertEquals(ErrorCode.STORAGE_FAILED, e.code());
            }
          }
        }));
      }
      creators.forEach(Thread::start);
      for (int i = 0; i < 40; i++) {
        Mutation removal = Mutation.delete(Key.of("key" + i));
        assertEquals(CommitResult.APPLIED, store.commit(List.of(removal), Stored.NOW));
      }
      stop.set(true);
      for (Thread creator : creators) {
        creator.join();
      }
      disk.observe(operation -> {});
      disk.faults().heal();
    }
  }

  /** One of two who create a key is told that it exists; that holds only once the other one's entry is written. */
  @Test
  void anAnswerThatRestsOnWhatWasNotWrittenIsNotGiven() throws Exception {
    JsonFileStorage store = open();
    CountDownLatch bothWait = new CountDownLatch(1);
    AtomicBoolean first = new AtomicBoolean(true);
    disk.observe(operation -> {
      if (operation == Operation.WRITE || operation == Operation.WRITE_FORCED) {
        if (first.getAndSet(false)) {
          await(bothWait);
        } else {
          throw new OutOfMemoryError("for the test");
        }
      }
    });
    Thread leader = new Thread(() -> create(store, "other"));
    leader.start();
    awaitState(leader);
    List<CompletableFuture<String>> told = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      CompletableFuture<String> outcome = new CompletableFuture<>();
      told.add(outcome);
      Thread creator = new Thread(() -> outcome.complete(outcomeOf(store)));
      creator.start();
      awaitState(creator);
    }
    bothWait.countDown();
    leader.join();
    Set<String> allowed = Set.of("OUTCOME_UNKNOWN", "OutOfMemoryError");
    for (CompletableFuture<String> outcome : told) {
      assertTrue(allowed.contains(outcome.get()), outcome::join);
    }
    disk.observe(operation -> {});
    store.close();
  }

  private static String outcomeOf(JsonFileStorage store) {
    try {
      return create(store, "one").toString();
    } catch (StoreException e) {
      return e.code().name();
    } catch (OutOfMemoryError e) {
      return "OutOfMemoryError";
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(1, TimeUnit.MINUTES));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Until it sleeps, which it does when it waits for others. */
  private static void awaitState(Thread thread) {
    while (thread.getState() != Thread.State.WAITING
        && thread.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
  }
}
