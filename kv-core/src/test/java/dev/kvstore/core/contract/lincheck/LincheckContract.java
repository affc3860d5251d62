package dev.kvstore.core.contract.lincheck;

import static org.junit.jupiter.api.Assertions.assertThrows;

import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Lincheck runs short scenarios many times, on an engine as it is and on one with a race. A failure shows its scenario. */
public abstract class LincheckContract {

  /** The operations on a sound engine: a public class with a public constructor without parameters. */
  protected abstract Class<?> operations();

  /** The same on an engine that {@code CheckThenActStorage} spoils. */
  protected abstract Class<?> spoiledOperations();

  /** How often a plain build runs each scenario. */
  protected int runs() {
    return 30;
  }

  @Test
  void everyScenarioHasAnOrder() {
    scenarios(3, runs()).check(operations());
  }

  @Test
  @Tag("slow")
  void everyOneOfManyScenariosHasAnOrder() {
    scenarios(50, 30 * runs()).check(operations());
  }

  @Test
  void aCreateThatChecksFirstAndWritesLaterIsFound() {
    StressOptions options = scenarios(100, runs()).minimizeFailedScenario(false);
    assertThrows(AssertionError.class, () -> options.check(spoiledOperations()));
  }

  private static StressOptions scenarios(int scenarios, int runs) {
    return new StressOptions()
        .iterations(scenarios)
        .invocationsPerIteration(runs)
        .threads(3)
        .actorsBefore(2)
        .actorsPerThread(3)
        .actorsAfter(2)
        .sequentialSpecification(SequentialStore.class);
  }
}
