package dev.kvstore.core.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.core.error.ErrorCode;
import dev.kvstore.core.error.StoreException;
import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.JsonValue;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.model.KeyPrefix;
import dev.kvstore.core.model.KeyRange;
import dev.kvstore.core.model.Page;
import dev.kvstore.core.port.CommitResult;
import dev.kvstore.core.port.Effect;
import dev.kvstore.core.port.Expectation;
import dev.kvstore.core.port.Mutation;
import dev.kvstore.core.port.StoragePort;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The part of the contract that concerns many threads on one open engine. */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class StorageConcurrencyContract {

  /** The instant at which the tests act, in milliseconds since 1970. */
  protected static final long NOW = 1_800_000_000_000L;

  /** Every key. */
  protected static final KeyRange ALL = KeyRange.of(KeyPrefix.all());

  private static final int THREADS = 8;

  /**
   * Opens the one store of this test: empty at first, later with what it held when it was closed. Each test has a store of its
   * own.
   */
  protected abstract StoragePort open();

  /** Whether a second opening is refused while one is open; an engine for several writers says no. */
  protected boolean isExclusive() {
    return true;
  }

  /** Closes the engine and opens it again. */
  protected final StoragePort reopen(StoragePort port) {
    port.close();
    return open();
  }

  /** A small value that tells numbers apart. */
  protected static JsonValue value(int number) {
    return JsonValue.parse("{\"number\":" + number + "}");
  }

  /** A create without expiry. */
  protected static Mutation createOf(Key key, int number) {
    return Mutation.create(key, value(number), Entry.NEVER);
  }

  /** The engine that the test opened. */
  protected abstract StoragePort port();

  @Test
  void ofEightThreadsThatCreateOneKeyExactlyOneWins() throws Exception {
    for (int round = 0; round < 30; round++) {
      Key key = Key.of("race" + round);
      CyclicBarrier start = new CyclicBarrier(THREADS);
      List<Boolean> won = inParallel(thread -> {
        start.await();
        return port().commit(List.of(createOf(key, thread)), NOW).equals(CommitResult.APPLIED);
      });
      assertEquals(1, won.stream().filter(win -> win).count(), "winners in round " + round);
      JsonValue stored = port().find(key, NOW).orElseThrow().value();
      assertEquals(value(won.indexOf(true)), stored, "the winner's value in round " + round);
    }
  }

  @Test
  void noUpdateByVersionIsLost() throws Exception {
    Key key = Key.of("counter");
    int perThread = 20;
    port().commit(List.of(createOf(key, 0)), NOW);
    inParallel(thread -> {
      int attempts = 0;
      for (int done = 0; done < perThread; ) {
        assertTrue(++attempts < 100_000, "no update by version succeeds");
        Entry seen = port().find(key, NOW).orElseThrow();
        int next = Integer.parseInt(seen.value().text().replaceAll("\\D", "")) + 1;
        Effect set = new Effect.SetEntry(value(next), Entry.NEVER);
        Mutation update = new Mutation(key, Expectation.version(seen.version()), set);
        if (port().commit(List.of(update), NOW).equals(CommitResult.APPLIED)) {
          done++;
        }
      }
      return null;
    });
    assertEquals(value(THREADS * perThread), port().find(key, NOW).orElseThrow().value());
  }

  @Test
  void readersSeeACommitWholeAndPagesMissNothing() throws Exception {
    List<Key> still =
        IntStream.range(0, 40).mapToObj(i -> Key.of("s" + (100 + i))).toList();
    still.forEach(key -> port().commit(List.of(createOf(key, 0)), NOW));
    Key left = Key.of("pair1");
    Key right = Key.of("pair2");
    AtomicBoolean writing = new AtomicBoolean(true);
    inParallel(thread -> {
      if (thread == 0) {
        try {
          for (int i = 0; i < 60; i++) {
            JsonValue value = value(i);
            Effect effect = i % 5 == 4 ? Effect.REMOVE : new Effect.SetEntry(value, Entry.NEVER);
            Mutation churn =
                new Mutation(Key.of("s" + (100 + i % 40) + "x"), Expectation.ANY, effect);
            port()
                .commit(
                    List.of(
                        new Mutation(left, Expectation.ANY, effect),
                        churn,
                        new Mutation(right, Expectation.ANY, effect)),
                    NOW);
          }
        } finally {
          writing.set(false);
        }
      } else {
        do {
          List<JsonValue> pair =
              port().scan(KeyRange.of(KeyPrefix.of("pair")), 9, NOW).items().stream()
                  .map(Entry::value)
                  .toList();
          assertTrue(
              pair.isEmpty() || (pair.size() == 2 && pair.get(0).equals(pair.get(1))),
              pair::toString);
          List<Key> walked = walk(7);
          assertEquals(walked.stream().sorted().distinct().toList(), walked, "order");
          assertTrue(walked.containsAll(still), "a key that nobody touches was missed");
        } while (writing.get());
      }
      return null;
    });
  }

  @Test
  void closeWaitsForCallsInFlightAndRefusesLaterOnes() throws Exception {
    CyclicBarrier start = new CyclicBarrier(THREADS);
    List<List<Key>> acknowledged = inParallel(thread -> {
      List<Key> mine = new ArrayList<>();
      start.await();
      try {
        for (int i = 0; i < 10_000; i++) {
          if (thread == 0 && i == 20) {
            port().close();
          }
          Key key = Key.of("t" + thread + "." + i);
          port().commit(List.of(createOf(key, i)), NOW);
          mine.add(key);
        }
      } catch (StoreException e) {
        assertEquals(ErrorCode.STORE_CLOSED, e.code(), e::toString);
      }
      return mine;
    });
    StoragePort again = open();
    try {
      for (List<Key> mine : acknowledged) {
        mine.forEach(
            key -> assertTrue(again.find(key, NOW).isPresent(), () -> key + " was acknowledged"));
      }
    } finally {
      again.close();
    }
  }

  private List<Key> walk(int limit) {
    List<Key> seen = new ArrayList<>();
    KeyRange range = KeyRange.of(KeyPrefix.of("s"));
    Page<Key> page;
    do {
      page = port().scanKeys(range, limit, NOW);
      seen.addAll(page.items());
      range = seen.isEmpty() ? range : range.startingAfter(seen.get(seen.size() - 1));
    } while (page.hasMore());
    return seen;
  }

  private interface Work<T> {
    T run(int thread) throws Exception;
  }

  /** Runs the work in all threads and gives their results in order; what one of them throws is thrown here. */
  private static <T> List<T> inParallel(Work<T> work) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try {
      List<Callable<T>> calls = IntStream.range(0, THREADS)
          .mapToObj(thread -> (Callable<T>) () -> work.run(thread))
          .toList();
      List<T> results = new ArrayList<>();
      for (Future<T> result : pool.invokeAll(calls)) {
        results.add(result.get());
      }
      return results;
    } finally {
      pool.shutdownNow();
    }
  }
}
