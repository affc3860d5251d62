package dev.kvstore.files.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.files.Durability;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Kills a process that writes with four threads, at a random moment, and looks whether everything that it acknowledged is there, and
 * nothing by halves; then the next process goes on in the same file.
 */
public abstract class KillContract {

  /** A store is used for so many lives, then comes a new one. */
  private static final int LIVES = 10;

  private static final int MOST_LINES = 300;

  @TempDir
  private Path folder;

  /** The engine. */
  protected abstract Engine engine();

  @ParameterizedTest
  @EnumSource(Durability.class)
  void nothingAcknowledgedIsLost(Durability durability) throws Exception {
    kill(durability, Trials.of(8));
  }

  @ParameterizedTest
  @EnumSource(Durability.class)
  @Tag("slow")
  void nothingAcknowledgedIsLostInManyLives(Durability durability) throws Exception {
    kill(durability, Trials.of(200));
  }

  private void kill(Durability durability, Trials trials) throws Exception {
    int acknowledged = 0;
    int[] from = {};
    for (int trial = 0; trial < trials.count(); trial++) {
      Path store = folder.resolve("store" + trial / LIVES);
      if (trial % LIVES == 0) {
        from = new int[] {1, 1, 1, 1};
      }
      int[] last = live(durability, store, from, new Random(trials.seed(trial)));
      String where = trials.again(trial);
      int[] first = from;
      int[] next = new int[KillLoad.THREADS];
      Standard.check(engine(), store, where, held -> {
        for (int t = 0; t < next.length; t++) {
          // Weaker modes, too, lose nothing by the end of the process.
          next[t] = 1 + KillLoad.held(held, t, last[t], last[t] + 1, where);
        }
      });
      for (int t = 0; t < next.length; t++) {
        acknowledged += last[t] + 1 - first[t];
      }
      from = next;
    }
    trials.report(this, durability + ", " + acknowledged + " acknowledgements");
    assertTrue(acknowledged > trials.count() * 10, "hardly anything was written");
  }

  /** The last operation that each thread was told is done, before the process was killed. */
  private int[] live(Durability durability, Path store, int[] from, Random random)
      throws Exception {
    int[] last = Arrays.stream(from).map(first -> first - 1).toArray();
    String numbers =
        Arrays.stream(from).mapToObj(Integer::toString).collect(Collectors.joining(","));
    try (Child child =
        EngineChild.start(List.of(), engine(), "load", store, durability.name(), numbers)) {
      assertEquals("open", child.line());
      // By what it has said, not by the clock: a busy machine shall not make it a test of nothing.
      for (int lines = random.nextInt(MOST_LINES); lines > 0; lines--) {
        KillLoad.note(child.line(), last);
      }
      TimeUnit.MICROSECONDS.sleep(random.nextInt(3_000));
      child.kill();
      for (String line : child.lines()) {
        KillLoad.note(line, last);
      }
    }
    return last;
  }
}
