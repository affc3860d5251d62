package dev.kvstore.jsonfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.files.Durability;
import dev.kvstore.files.trial.Trials;
import dev.kvstore.jsonfile.simulation.PowerCuts;
import dev.kvstore.jsonfile.simulation.SimulatedDisk;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Stops workloads after every operation of the file system, enumerates the states in which a power cut or a kill may leave the
 * disk, and checks the recovery from each: every acknowledged commit is there, commits are whole, nothing else is there.
 */
class CrashStateTest {

  private static final long CAP = 65_536;

  private LogCapture log;

  @BeforeEach
  void dropTheLog() {
    log = LogCapture.drop();
  }

  @AfterEach
  void endDropping() {
    log.close();
  }

  @Test
  void everyStateOfShortWorkloadsRecovers() {
    RecoveryCheck check = new RecoveryCheck(CAP);
    for (int length = 0; length <= 2; length++) {
      for (Workload workload : Workload.allOfLength(length)) {
        cutPower(workload, check, 6, 60);
      }
    }
    report(Trials.once(), check, 30_000);
  }

  @Test
  void aPowerCutAfterAKillTakesNothingBack() {
    RecoveryCheck check = new RecoveryCheck(CAP);
    for (int length = 0; length <= 2; length++) {
      for (Workload workload : Workload.allOfLength(length)) {
        killAndCutPower(workload, check);
      }
    }
    report(Trials.once(), check, 10_000);
  }

  @Test
  void everyStateOfRandomWorkloadsRecovers() {
    RecoveryCheck check = new RecoveryCheck(CAP);
    Trials trials = Trials.of(4);
    for (int trial = 0; trial < trials.count(); trial++) {
      cutPower(Workload.random(trials.seed(trial), 10), check, 200, 10);
      killAndCutPower(Workload.random(trials.seed(trial), 6), check);
    }
    report(trials, check, 250L * trials.count());
  }

  @ParameterizedTest
  @EnumSource(Durability.class)
  void anIndexThatIsKeptAllTheTimeChangesNothing(Durability durability) {
    RecoveryCheck check = new RecoveryCheck(CAP);
    for (int length = 0; length <= 2; length++) {
      for (Workload workload : Workload.allOfLength(length)) {
        crash(workload, check, durability, StoreRun.EAGER);
      }
    }
    Trials trials = Trials.of(1);
    for (int trial = 0; trial < trials.count(); trial++) {
      Workload workload = Workload.random(trials.seed(trial), 8).withTimePassing();
      crash(workload, check, durability, StoreRun.EAGER);
    }
    report(trials, check, 2_000);
  }

  /** What is lost is the end, and no half of a session; once the time of BATCH has passed, nothing; by a kill, nothing. */
  @ParameterizedTest
  @EnumSource(names = {"BATCH", "NONE"})
  void aWeakerDurabilityLosesTheLastCommitsAlone(Durability durability) {
    RecoveryCheck check = new RecoveryCheck(CAP);
    for (int length = 0; length <= 2; length++) {
      for (Workload workload : Workload.allOfLength(length)) {
        crash(workload, check, durability, CheckpointPolicy.USUAL);
      }
    }
    Trials trials = Trials.of(4);
    for (int trial = 0; trial < trials.count(); trial++) {
      Workload workload = Workload.random(trials.seed(trial), 12).withTimePassing();
      crash(workload, check, durability, CheckpointPolicy.USUAL);
    }
    report(trials, check, 2_000);
  }

  @ParameterizedTest
  @EnumSource(Durability.class)
  @Tag("slow")
  void everyDurabilityWithAnIndexRecoversFromManyRandomWorkloads(Durability durability) {
    RecoveryCheck check = new RecoveryCheck(CAP);
    Trials trials = Trials.of(40);
    for (int trial = 0; trial < trials.count(); trial++) {
      Workload workload = Workload.random(trials.seed(trial), 12);
      crash(workload.withTimePassing(), check, durability, StoreRun.EAGER);
      crash(workload, check, durability, CheckpointPolicy.USUAL);
    }
    report(trials, check, 1_250L * trials.count());
  }

  @Test
  @Tag("slow")
  void everyStateOfAllWorkloadsOfThreeStepsRecovers() {
    RecoveryCheck check = new RecoveryCheck(CAP);
    for (Workload workload : Workload.allOfLength(3)) {
      cutPower(workload, check, 4, 50);
      killAndCutPower(workload, check);
    }
    report(Trials.once(), check, 500_000);
  }

  @Test
  @Tag("slow")
  void everyStateOfManyRandomWorkloadsRecovers() {
    RecoveryCheck check = new RecoveryCheck(CAP);
    Trials trials = Trials.of(60);
    for (int trial = 0; trial < trials.count(); trial++) {
      cutPower(Workload.random(trials.seed(trial), 12), check, 100, 20);
      killAndCutPower(Workload.random(trials.seed(trial), 8), check);
    }
    report(trials, check, 8_300L * trials.count());
  }

  @Test
  void theSimulationLosesTearsAndReorders() throws Exception {
    SimulatedDisk disk = new SimulatedDisk();
    Path file = Path.of("/store/f").toAbsolutePath();
    disk.place(file, "old".getBytes(StandardCharsets.UTF_8));
    byte[] bytes = ("-".repeat(600) + "+").getBytes(StandardCharsets.UTF_8);
    disk.open(file).write(3, bytes, bytes.length);
    disk.rename(file, file.resolveSibling("g"));
    Set<String> kinds = new java.util.TreeSet<>();
    PowerCuts.all(new Random(0), 10).of(disk, state -> {
      boolean renamed = state.bytes(file) == null;
      String text = new String(
          state.bytes(renamed ? file.resolveSibling("g") : file), StandardCharsets.UTF_8);
      kinds.add((renamed ? "g" : "f")
          + (text.length() == 3 ? " lost" : text.length() < 604 ? " torn" : " long")
          + (text.length() > 3 && text.charAt(3) == 0 ? " hole" : "")
          + (text.endsWith("+") ? " end" : ""));
    });
    assertTrue(
        kinds.containsAll(Set.of("f lost", "g lost", "f long end", "f long hole end", "g torn")),
        kinds::toString);
    assertEquals(604, disk.afterKill().bytes(file.resolveSibling("g")).length);
  }

  /** Power cuts after every operation; every n-th of them is followed by crashes of the recovery. */
  private static void cutPower(
      Workload workload, RecoveryCheck check, int randomSubsets, int crashAgainEvery) {
    SimulatedDisk disk = new SimulatedDisk();
    StoreRun run = new StoreRun(disk, CAP);
    int[] count = {0};
    disk.observe(operation -> {
      int[] state = {0};
      PowerCuts.all(new Random(count[0]), randomSubsets).of(disk, cut -> {
        state[0]++;
        named(workload, operation + " " + count[0] + ", state " + state[0], () -> {
          if (++count[0] % crashAgainEvery == 0) {
            check.checkAndCrashAgain(cut, run.possible());
          } else {
            check.check(cut, run.possible());
          }
        });
      });
    });
    play(workload, run);
  }

  /** A kill and power cuts after every operation. */
  private static void crash(
      Workload workload, RecoveryCheck check, Durability durability, CheckpointPolicy policy) {
    SimulatedDisk disk = new SimulatedDisk();
    StoreRun run = new StoreRun(disk, CAP, durability, policy);
    int[] count = {0};
    disk.observe(operation -> {
      count[0]++;
      String where = durability + ", " + operation + " " + count[0];
      named(
          workload,
          where + ", killed",
          () -> check.check(disk.afterKill(), run.possibleAfterKill()));
      named(
          workload,
          where + ", power cut",
          () -> PowerCuts.some(new Random(count[0]))
              .of(disk, cut -> check.check(cut, run.possible())));
    });
    play(workload, run);
  }

  /** Kills after every operation, opens the store again, writes, and cuts the power while that goes on. */
  private static void killAndCutPower(Workload workload, RecoveryCheck check) {
    SimulatedDisk disk = new SimulatedDisk();
    StoreRun run = new StoreRun(disk, CAP);
    int[] count = {0};
    disk.observe(operation -> {
      count[0]++;
      named(workload, "killed after operation " + count[0] + ", " + operation, () -> {
        SimulatedDisk second = disk.afterKill();
        StoreRun rerun = new StoreRun(second, CAP);
        rerun.expect(run.possible());
        second.observe(later -> PowerCuts.some(new Random(count[0]))
            .of(second, cut -> check.check(cut, rerun.possible())));
        assertEquals(Optional.empty(), rerun.open());
        assertEquals(Optional.empty(), rerun.put("second", 600));
        assertEquals(Optional.empty(), rerun.create("third", 10));
      });
    });
    play(workload, run);
  }

  private static void play(Workload workload, StoreRun run) {
    named(workload, "at work", () -> {
      assertEquals(Optional.empty(), run.open());
      workload.steps().forEach(step -> {
        assertEquals(Optional.empty(), step.apply(run));
        run.assertReadsWhatWasAcknowledged();
      });
      run.close();
    });
  }

  private static void named(Workload workload, String where, Runnable check) {
    try {
      check.run();
    } catch (Named e) {
      throw e;
    } catch (AssertionError | RuntimeException e) {
      throw new Named("workload '" + workload.name() + "', " + where + ": " + e.getMessage(), e);
    }
  }

  private void report(Trials trials, RecoveryCheck check, long least) {
    trials.report(this, check.states() + " states opened");
    assertTrue(check.states() >= least, () -> "only " + check.states() + " states");
  }

  private static final class Named extends AssertionError {
    private static final long serialVersionUID = 1L;

    Named(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
