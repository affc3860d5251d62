package dev.kvstore.core.contract.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.core.KeyValueStore;
import dev.kvstore.core.contract.CheckThenActStorage;
import dev.kvstore.core.contract.SettableClock;
import dev.kvstore.core.port.StoragePort;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Eight threads create, put, read, delete, list and commit sessions on few keys of one store, and a history of it is checked:
 * single operations are linearizable, sessions strictly serializable. A failure names the seed of its history; the system property
 * {@code kv.history.seed} begins with that one. A seed gives the operations of each thread again, but not their timing.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class HistoryContract {

  static final long NOW = 1_800_000_000_000L;

  /** How many threads use the store. */
  static final int THREADS = 8;

  private static final int ACTS = 60;
  private static final int ENOUGH_TO_FIND_A_RACE = 200;

  @TempDir
  private Path folder;

  /**
   * Opens the store in a folder: empty if the folder is, later with what it held.
   *
   * @param folder is there, and stands for one store; an engine without files may take it for a name
   */
  protected abstract StoragePort open(Path folder);

  /** How many histories a plain build takes. */
  protected int histories() {
    return 3;
  }

  @Test
  void historiesHaveAnOrder(TestReporter reporter) throws Exception {
    check(histories(), reporter);
  }

  @Test
  @Tag("slow")
  void manyHistoriesHaveAnOrder(TestReporter reporter) throws Exception {
    check(Integer.getInteger("kv.history.rounds", 200 * histories()), reporter);
  }

  @Test
  void aCreateThatChecksFirstAndWritesLaterIsFound() throws Exception {
    long seed = firstSeed();
    for (int round = 0; round < ENOUGH_TO_FIND_A_RACE; round++) {
      History history = record(seed + round, CheckThenActStorage::new);
      if (HistoryChecker.violation(history.operations()).isPresent()) {
        return;
      }
    }
    throw new AssertionError("the race was not found, seed " + seed);
  }

  private void check(int rounds, TestReporter reporter) throws Exception {
    long first = firstSeed();
    int operations = 0;
    for (long seed = first; seed < first + rounds; seed++) {
      History history = record(seed, UnaryOperator.identity());
      requireOrder(history, seed);
      operations += history.operations().size();
    }
    reporter.publishEntry(
        "histories", rounds + " from seed " + first + ", " + operations + " operations");
    assertTrue(operations >= rounds * THREADS * ACTS);
  }

  /** The seed of the first history. */
  static long firstSeed() {
    return Long.getLong("kv.history.seed", new Random().nextInt(1_000_000_000));
  }

  static void requireOrder(History history, long seed) {
    assertEquals(
        Optional.empty(),
        HistoryChecker.violation(history.operations()),
        () -> "repeat it with -Dkv.history.seed=" + seed);
  }

  /** A new folder, for one store. */
  final Path newFolder(String name) throws Exception {
    return Files.createTempDirectory(folder, name);
  }

  private History record(long seed, UnaryOperator<StoragePort> spoil) throws Exception {
    History history = new History();
    AtomicLong numbers = new AtomicLong();
    StoragePort port = spoil.apply(open(newFolder("history")));
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try (KeyValueStore store = new KeyValueStore(port, new SettableClock(NOW))) {
      List<Callable<Object>> threads = IntStream.range(0, THREADS)
          .mapToObj(thread -> {
            Client client = new Client(store, thread, seed, numbers::incrementAndGet, history);
            return Executors.callable(() -> IntStream.range(0, ACTS).forEach(i -> client.act()));
          })
          .toList();
      List<Future<Object>> ends = new ArrayList<>(pool.invokeAll(threads));
      for (Future<Object> end : ends) {
        end.get();
      }
      new Client(store, THREADS, seed, numbers::incrementAndGet, history).readAll();
      return history;
    } finally {
      pool.shutdownNow();
    }
  }
}
