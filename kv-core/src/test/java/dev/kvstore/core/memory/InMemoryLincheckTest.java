package dev.kvstore.core.memory;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kvstore.core.KeyValueStore;
import dev.kvstore.core.contract.CheckThenActStorage;
import dev.kvstore.core.contract.InMemoryStorage;
import dev.kvstore.core.contract.SettableClock;
import dev.kvstore.core.contract.lincheck.LincheckContract;
import dev.kvstore.core.contract.lincheck.SequentialStore;
import dev.kvstore.core.contract.lincheck.StoreOperations;
import dev.kvstore.core.port.StoragePort;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** In memory Lincheck can also decide itself which thread goes on when, and try many ways. */
class InMemoryLincheckTest extends LincheckContract {

  /** On a sound engine. */
  public static final class Sound extends StoreOperations {
    /** A store of its own. */
    public Sound() {
      super(on(memory()), "");
    }
  }

  /** On one with a race. */
  public static final class Spoiled extends StoreOperations {
    /** A store of its own. */
    public Spoiled() {
      super(on(new CheckThenActStorage(memory())), "");
    }
  }

  private static StoragePort memory() {
    return InMemoryStorage.open(new InMemoryStorage.Disk());
  }

  private static KeyValueStore on(StoragePort port) {
    return new KeyValueStore(port, new SettableClock(1_800_000_000_000L));
  }

  @Override
  protected Class<?> operations() {
    return Sound.class;
  }

  @Override
  protected Class<?> spoiledOperations() {
    return Spoiled.class;
  }

  @Override
  protected int runs() {
    return 100;
  }

  @Test
  @Tag("slow")
  void everyInterleavingHasAnOrder() {
    interleavings(3).check(Sound.class);
  }

  @Test
  @Tag("slow")
  void theRaceIsFoundInSomeInterleaving() {
    ModelCheckingOptions options = interleavings(100).minimizeFailedScenario(false);
    assertThrows(AssertionError.class, () -> options.check(Spoiled.class));
  }

  private static ModelCheckingOptions interleavings(int scenarios) {
    return new ModelCheckingOptions()
        .iterations(scenarios)
        .invocationsPerIteration(200)
        // The loops over characters of a message are long, but they end.
        .loopBound(1_000)
        .loopIterationsBeforeThreadSwitch(1_000)
        .threads(2)
        .actorsBefore(1)
        .actorsPerThread(2)
        .actorsAfter(1)
        .sequentialSpecification(SequentialStore.class);
  }
}
