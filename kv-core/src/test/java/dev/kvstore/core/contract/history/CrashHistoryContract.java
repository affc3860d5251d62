package dev.kvstore.core.contract.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.core.KeyValueStore;
import dev.kvstore.core.contract.SettableClock;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/**
 * Besides what {@link HistoryContract} does: the process that uses the store is killed, another one goes on with what it finds, and
 * the history over all of them is checked. An operation that was under way at the kill may have happened or not.
 */
public abstract class CrashHistoryContract extends HistoryContract {

  private static final int MAX_EVENTS = 1_500;
  private static final int KILLED = 128 + 9;

  /** A class whose main method calls {@link HistoryProcess#run} with the opening that this test has. */
  protected abstract Class<?> program();

  @Test
  void historiesOverCrashesHaveAnOrder(TestReporter reporter) throws Exception {
    checkCrashes(1, 2, reporter);
  }

  @Test
  @Tag("slow")
  void manyHistoriesOverCrashesHaveAnOrder(TestReporter reporter) throws Exception {
    checkCrashes(Integer.getInteger("kv.history.rounds", 30), 4, reporter);
  }

  @Test
  void aRaceIsFoundInAProcessThatIsKilled() throws Exception {
    long seed = firstSeed();
    for (int round = 0; round < 20; round++) {
      History history = recordCrashes(seed + round, 1, true);
      if (HistoryChecker.violation(history.operations()).isPresent()) {
        return;
      }
    }
    throw new AssertionError("the race was not found, seed " + seed);
  }

  private void checkCrashes(int rounds, int processes, TestReporter reporter) throws Exception {
    long first = firstSeed();
    long operations = 0;
    long unknown = 0;
    for (long seed = first; seed < first + rounds; seed++) {
      History history = recordCrashes(seed, processes, false);
      requireOrder(history, seed);
      operations += history.operations().size();
      unknown += history.operations().stream()
          .filter(operation -> !operation.certain())
          .count();
    }
    reporter.publishEntry(
        "histories over crashes",
        rounds + " from seed " + first + ", " + rounds * processes + " kills, " + operations
            + " operations, " + unknown + " of them under way at a kill");
    assertTrue(unknown > 0, "no operation was under way at a kill");
  }

  private History recordCrashes(long seed, int processes, boolean spoiled) throws Exception {
    Random random = new Random(seed);
    Path store = newFolder("crash");
    History history = new History();
    for (int process = 0; process < processes; process++) {
      List<String> command = HistoryProcess.command(
          program(), store, seed * 31 + process, process * 1_000_000_000L, spoiled);
      runAndKill(command, history, 200 + random.nextInt(MAX_EVENTS - 200));
      history.crashed();
    }
    try (KeyValueStore last = new KeyValueStore(open(store), new SettableClock(NOW))) {
      new Client(last, THREADS, seed, () -> 0, history).readAll();
    }
    return history;
  }

  private static void runAndKill(List<String> command, History history, int events)
      throws Exception {
    Process process = new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    try (BufferedReader out = process.inputReader(StandardCharsets.US_ASCII)) {
      int count = 0;
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        HistoryProcess.replay(line, history);
        if (++count == events) {
          // Not through Process, which would throw away what can still be read.
          process.toHandle().destroyForcibly();
        }
      }
      assertTrue(process.waitFor(1, TimeUnit.MINUTES));
      assertEquals(KILLED, process.exitValue(), "the process ended by itself");
    } finally {
      process.destroyForcibly();
    }
  }
}
