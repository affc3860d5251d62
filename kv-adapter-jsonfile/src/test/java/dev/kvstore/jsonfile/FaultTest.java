package dev.kvstore.jsonfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.core.error.ErrorCode;
import dev.kvstore.jsonfile.simulation.Faults;
import dev.kvstore.jsonfile.simulation.Operation;
import dev.kvstore.jsonfile.simulation.PowerCuts;
import dev.kvstore.jsonfile.simulation.SimulatedDisk;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Lets the N-th operation of each kind fail, and the disk be full at every size. */
class FaultTest {

  private static final long CAP = 65_536;

  private static final List<Function<StoreRun, Optional<ErrorCode>>> STEPS = List.of(
      run -> run.create("a", 20),
      run -> run.put("b", 700),
      run -> run.session("c", "d"),
      run -> run.delete("a"),
      StoreRun::compact,
      run -> run.create("a", 600),
      FaultTest::reopen,
      run -> run.session("e", "b", 30),
      run -> run.delete("c"));

  private LogCapture log;

  @BeforeEach
  void dropTheLog() {
    log = LogCapture.drop();
  }

  @AfterEach
  void endDropping() {
    log.close();
  }

  @ParameterizedTest
  @EnumSource(Operation.class)
  void nothingAcknowledgedIsLostWhateverFails(Operation operation) {
    int operations = countOf(operation);
    assertTrue(operations > 0 || operation == Operation.EXISTS);
    for (int nth = 1; nth <= operations; nth++) {
      for (boolean onwards : new boolean[] {false, true}) {
        for (int variant = 0; variant < 3; variant++) {
          runWithFault(operation, nth, onwards, variant);
        }
      }
    }
  }

  @Test
  void aWriteThatFailsOnceIsUndoneAndTheNextSucceeds() {
    int writes = countOf(Operation.WRITE);
    for (int nth = 1; nth <= writes; nth++) {
      for (int bytes : new int[] {0, 1, 50, 99, 100, 1_000, Integer.MAX_VALUE}) {
        SimulatedDisk disk = new SimulatedDisk();
        StoreRun run = new StoreRun(disk, CAP);
        disk.faults().fail(Operation.WRITE, nth, false);
        disk.faults().writeBeforeFailing(bytes);
        int failed = 0;
        while (run.open().isPresent()) {
          failed++;
        }
        for (Function<StoreRun, Optional<ErrorCode>> step : STEPS) {
          Optional<ErrorCode> failure = step.apply(run);
          if (failure.isPresent()) {
            failed++;
            assertEquals(ErrorCode.STORAGE_FAILED, failure.get());
            assertEquals(Optional.empty(), step.apply(run), "tried again");
          }
          run.assertReadable();
        }
        // The write of a mark at a clean close may fail unseen.
        assertTrue(failed <= 1, () -> "more than one step failed");
        check(disk, run);
      }
    }
  }

  @Test
  void afterAFailedForceNothingIsWrittenUntilReopened() {
    SimulatedDisk disk = new SimulatedDisk();
    StoreRun run = new StoreRun(disk, CAP);
    run.open();
    run.create("a", 20);
    disk.faults().fail(Operation.FORCE, 1, false);
    assertEquals(Optional.of(ErrorCode.OUTCOME_UNKNOWN), run.put("b", 20));
    int forces = disk.faults().count(Operation.FORCE);
    int writes = disk.faults().count(Operation.WRITE);
    assertEquals(Optional.of(ErrorCode.STORAGE_FAILED), run.put("c", 20));
    assertEquals(Optional.of(ErrorCode.STORAGE_FAILED), run.delete("a"));
    assertEquals(Optional.of(ErrorCode.STORAGE_FAILED), run.compact());
    run.assertReadable();
    run.close();
    assertEquals(forces, disk.faults().count(Operation.FORCE));
    assertEquals(writes, disk.faults().count(Operation.WRITE));
    assertEquals(Optional.empty(), run.open());
    assertEquals(Optional.empty(), run.put("c", 20));
    check(disk, run);
  }

  /** A mistake in the program, or a lack of memory: none of those who wait may be told that its write did not take place. */
  @Test
  void aFailureThatNobodyExpectsLeavesTheOutcomeUnknownAndEndsWriting() {
    SimulatedDisk disk = new SimulatedDisk();
    StoreRun run = new StoreRun(disk, CAP);
    run.open();
    run.create("a", 20);
    disk.observe(operation -> {
      throw new IllegalArgumentException("a mistake");
    });
    assertEquals(Optional.of(ErrorCode.OUTCOME_UNKNOWN), run.put("b", 20));
    disk.observe(operation -> {});
    assertEquals(Optional.of(ErrorCode.STORAGE_FAILED), run.put("c", 20));
    run.assertReadable();
    run.close();
    check(disk, run);
  }

  @Test
  void aFullDiskRefusesEntriesAndTakesRemovalsAndGoesOnWhenThereIsSpace(TestReporter reporter) {
    int budgets = 0;
    for (int budget = 0; budget <= 65_536; budget += budget < 6_000 ? 101 : 4_099) {
      fillUp(budget);
      budgets++;
    }
    reporter.publishEntry("budgets", Integer.toString(budgets));
  }

  @Test
  @Tag("slow")
  void aFullDiskOfAnySizeIsBorne() {
    for (int budget = 0; budget <= 65_536; budget += budget < 4_000 ? 1 : 37) {
      fillUp(budget);
    }
  }

  private static void fillUp(int budget) {
    SimulatedDisk disk = new SimulatedDisk();
    StoreRun run = new StoreRun(disk, CAP);
    disk.faults().limitTo(budget);
    String where = "budget " + budget;
    Optional<ErrorCode> opening = run.open();
    if (opening.isPresent()) {
      assertEquals(ErrorCode.STORAGE_FAILED, opening.get(), where);
      disk.faults().heal();
      assertEquals(Optional.empty(), run.open(), where);
      disk.faults().limitTo(budget);
    }
    List<String> stored = new ArrayList<>();
    int failures = 0;
    for (int i = 0; failures < 3; i++) {
      Optional<ErrorCode> failure = run.create("k" + i, i % 3 == 0 ? 900 : 50);
      if (failure.isEmpty()) {
        stored.add("k" + i);
      } else {
        failures++;
        assertTrue(
            Set.of(ErrorCode.STORAGE_FAILED, ErrorCode.STORE_FULL).contains(failure.get()), where);
      }
      run.assertReadable();
    }
    for (String key : stored.subList(0, Math.min(15, stored.size()))) {
      assertEquals(Optional.empty(), run.delete(key), where + ": delete of " + key);
    }
    run.assertReadable();
    disk.faults().heal();
    assertEquals(Optional.empty(), run.create("later", 100), where + ": with space again");
    check(disk, run);
  }

  private static Optional<ErrorCode> reopen(StoreRun run) {
    Optional<ErrorCode> failure = run.close();
    return failure.isPresent() ? failure : run.open();
  }

  /** How many operations of a kind a run without faults makes. */
  private static int countOf(Operation operation) {
    SimulatedDisk disk = new SimulatedDisk();
    StoreRun run = new StoreRun(disk, CAP);
    run.open();
    STEPS.forEach(step -> assertEquals(Optional.empty(), step.apply(run)));
    run.close();
    return disk.faults().count(operation);
  }

  private static void runWithFault(Operation operation, int nth, boolean onwards, int variant) {
    SimulatedDisk disk = new SimulatedDisk();
    StoreRun run = new StoreRun(disk, CAP);
    Faults faults = disk.faults();
    faults.fail(operation, nth, onwards);
    faults.writeBeforeFailing(new int[] {0, 60, Integer.MAX_VALUE}[variant]);
    faults.forcesLose(variant != 1);
    Consumer<Runnable> named = check -> {
      try {
        check.run();
      } catch (AssertionError e) {
        throw new AssertionError(
            operation + " " + nth + (onwards ? " and all after it" : "") + ", variant " + variant
                + ": " + e.getMessage(),
            e);
      }
    };
    named.accept(() -> {
      disk.observe(done -> cutPower(disk, run));
      declared(run.open());
      for (Function<StoreRun, Optional<ErrorCode>> step : STEPS) {
        if (!run.isOpen()) {
          declared(run.open());
        }
        if (run.isOpen()) {
          declared(step.apply(run));
        }
        if (run.isOpen()) {
          run.assertReadsWhatWasAcknowledged();
        }
        cutPower(disk, run);
      }
      disk.observe(done -> {});
      if (run.isOpen()) {
        declared(run.close());
      }
      faults.heal();
      check(disk, run);
      assertEquals(Optional.empty(), run.open());
      assertEquals(Optional.empty(), run.put("z", 20));
      run.assertReadsWhatWasAcknowledged();
    });
  }

  private static void declared(Optional<ErrorCode> failure) {
    failure.ifPresent(code -> assertTrue(
        code == ErrorCode.STORAGE_FAILED || code == ErrorCode.OUTCOME_UNKNOWN, code::toString));
  }

  private static void check(SimulatedDisk disk, StoreRun run) {
    new RecoveryCheck(CAP).check(disk.afterKill(), run.possible());
    cutPower(disk, run);
  }

  private static void cutPower(SimulatedDisk disk, StoreRun run) {
    PowerCuts.some(new Random(3))
        .of(disk, cut -> new RecoveryCheck(CAP).check(cut, run.possible()));
  }
}
