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
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Cuts the power of a real file system while four threads write to a store on it and compact it. What was acknowledged before the
 * cut began is there, no commit by halves, and the store goes on.
 */
public abstract class PowerCutContract {

  /** A store is used for so many lives, then comes a new one. */
  private static final int LIVES = 10;

  private static final int MOST_LINES = 300;

  @TempDir
  private Path folder;

  /** The engine. */
  protected abstract Engine engine();

  @ParameterizedTest
  @EnumSource(LoopMount.Type.class)
  @Tag("slow")
  @Timeout(value = 2, unit = TimeUnit.HOURS)
  void aPowerCutLosesNothingAcknowledged(LoopMount.Type type) throws Exception {
    Trials trials = Trials.of(20);
    int acknowledged = 0;
    try (LoopMount disk = LoopMount.of(type, folder, "400M")) {
      int[] from = {};
      for (int trial = 0; trial < trials.count(); trial++) {
        Path store = disk.folder().resolve("store" + trial / LIVES);
        if (trial % LIVES == 0) {
          from = new int[] {1, 1, 1, 1};
        }
        Life life = new Life(from);
        life.live(store, disk, new Random(trials.seed(trial)));
        String where = type + " " + trials.again(trial);
        int[] next = new int[KillLoad.THREADS];
        Standard.check(engine(), store, where, held -> {
          for (int t = 0; t < next.length; t++) {
            next[t] = 1 + KillLoad.held(held, t, life.before[t], life.during[t] + 1, where);
          }
        });
        acknowledged +=
            Arrays.stream(life.before).sum() + next.length - Arrays.stream(from).sum();
        from = next;
      }
    }
    trials.report(this, type + ", " + acknowledged + " acknowledgements");
    assertTrue(acknowledged > trials.count() * 10, "hardly anything was written");
  }

  /** A process up to the power cut: the last operation that each thread was told is done before the cut began, and while it went on. */
  private final class Life {

    private final int[] before;
    private final int[] during;
    private final String from;

    Life(int[] from) {
      this.before = Arrays.stream(from).map(first -> first - 1).toArray();
      this.during = before.clone();
      this.from = Arrays.stream(from).mapToObj(Integer::toString).collect(Collectors.joining(","));
    }

    void live(Path store, LoopMount disk, Random random) throws Exception {
      try (Child child =
          EngineChild.start(List.of(), engine(), "load", store, Durability.SYNC.name(), from)) {
        assertEquals("open", child.line());
        for (int lines = random.nextInt(MOST_LINES); lines > 0; lines--) {
          KillLoad.note(child.line(), during);
        }
        System.arraycopy(during, 0, before, 0, before.length);
        TimeUnit.MICROSECONDS.sleep(random.nextInt(3_000));
        disk.cutPower();
        child.kill();
        for (String line : child.lines()) {
          KillLoad.note(line, during);
        }
      }
      disk.mountAgain();
    }
  }
}
