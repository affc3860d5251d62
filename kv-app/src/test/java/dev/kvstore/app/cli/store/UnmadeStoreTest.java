package dev.kvstore.app.cli.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.core.contract.InMemoryStorage;
import dev.kvstore.core.error.StoreUnavailableException;
import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.JsonValue;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.model.KeyPrefix;
import dev.kvstore.core.model.KeyRange;
import dev.kvstore.core.port.CommitResult;
import dev.kvstore.core.port.Mutation;
import dev.kvstore.core.port.SessionLimits;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class UnmadeStoreTest {

  private static final KeyRange ALL = KeyRange.of(KeyPrefix.all());
  private static final Key KEY = Key.of("k");

  private int makings;
  private final InMemoryStorage.Disk disk = new InMemoryStorage.Disk();
  private final SessionLimits limits = new SessionLimits(3, 4);
  private final UnmadeStore store = new UnmadeStore(
      () -> {
        makings++;
        return InMemoryStorage.open(disk);
      },
      limits);

  @Test
  void readsAsEmptyAndMakesNothing() {
    assertTrue(store.find(KEY, 0).isEmpty());
    assertTrue(store.scan(ALL, 1, 0).items().isEmpty());
    assertTrue(store.scanKeys(ALL, 1, 0).items().isEmpty());
    assertEquals(limits, store.sessionLimits());
    assertFalse(store.isMade());
    store.close();
    assertEquals(0, makings);
  }

  @Test
  void theFirstCommitMakesItOnce() {
    List<Mutation> create = List.of(Mutation.create(KEY, JsonValue.parse("{}"), Entry.NEVER));
    assertEquals(CommitResult.APPLIED, store.commit(create, 0));
    assertEquals(CommitResult.refused(KEY), store.commit(create, 0));
    assertEquals(KEY, store.find(KEY, 0).orElseThrow().key());
    assertEquals(1, store.scan(ALL, 9, 0).items().size());
    assertEquals(List.of(KEY), store.scanKeys(ALL, 9, 0).items());
    assertEquals(1, store.status(0).liveEntries());
    assertEquals(1, makings);
    assertTrue(store.isMade());
    store.close();
    InMemoryStorage.open(disk).close();
  }

  @Test
  void closingDoesNotWaitForAStoreThatIsBeingMade() throws Exception {
    CountDownLatch waiting = new CountDownLatch(1);
    CountDownLatch free = new CountDownLatch(1);
    UnmadeStore locked = new UnmadeStore(
        () -> {
          waiting.countDown();
          awaitQuietly(free);
          return InMemoryStorage.open(disk);
        },
        limits);
    CompletableFuture<?> commit = CompletableFuture.supplyAsync(
        () -> locked.commit(List.of(), 0), task -> new Thread(task).start());
    waiting.await();
    locked.close();
    free.countDown();
    ExecutionException thrown = assertThrows(ExecutionException.class, commit::get);
    assertInstanceOf(StoreUnavailableException.class, thrown.getCause());
    // It was closed, so that another can have it.
    InMemoryStorage.open(disk).close();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void closedItSaysSo() {
    store.close();
    assertThrows(StoreUnavailableException.class, () -> store.find(KEY, 0));
    assertThrows(StoreUnavailableException.class, () -> store.commit(List.of(), 0));
    assertEquals(0, makings);
  }
}
