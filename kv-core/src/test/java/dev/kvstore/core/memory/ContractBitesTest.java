package dev.kvstore.core.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.kvstore.core.contract.CheckThenActStorage;
import dev.kvstore.core.contract.ForwardingStorage;
import dev.kvstore.core.contract.InMemoryStorage;
import dev.kvstore.core.contract.StoragePortContract;
import dev.kvstore.core.error.ErrorCode;
import dev.kvstore.core.error.StoreException;
import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.port.CommitResult;
import dev.kvstore.core.port.Effect;
import dev.kvstore.core.port.Expectation;
import dev.kvstore.core.port.Mutation;
import dev.kvstore.core.port.StoragePort;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** The contract finds engines that are wrong, each by the test that is there for it. */
class ContractBitesTest {

  @Test
  void passesASoundEngine() {
    Events tests = run(Sound.class);
    assertEquals(Set.of(), failed(tests));
    assertTrue(tests.succeeded().count() > 25);
  }

  @Test
  void findsACreateThatChecksFirstAndWritesLater() {
    assertTrue(
        failed(run(CheckThenAct.class)).contains("ofEightThreadsThatCreateOneKeyExactlyOneWins"));
  }

  @Test
  void findsAnExpiryThatIsAMillisecondLate() {
    assertTrue(failed(run(LateExpiry.class)).contains("anEntryIsGoneTheInstantItsTimeIsReached"));
  }

  @Test
  void findsAnExpiryThatIsAMillisecondEarly() {
    assertTrue(failed(run(EarlyExpiry.class)).contains("anEntryIsGoneTheInstantItsTimeIsReached"));
  }

  @Test
  void findsHalfASession() {
    Set<String> failed = failed(run(HalfSession.class));
    assertTrue(
        failed.contains("aCommitWithAFailingExpectationInItsMiddleChangesNothing"),
        failed::toString);
    assertTrue(failed.contains("readersSeeACommitWholeAndPagesMissNothing"), failed::toString);
  }

  @ParameterizedTest
  @ValueSource(
      classes = {IgnoredVersion.class, ReusedVersion.class, LostOnClose.class, OpenForAll.class})
  void finds(Class<?> broken) {
    assertTrue(!failed(run(broken)).isEmpty(), broken.getSimpleName() + " passes the contract");
  }

  private static Events run(Class<?> contract) {
    return EngineTestKit.engine("junit-jupiter")
        .selectors(selectClass(contract))
        .execute()
        .testEvents();
  }

  private static Set<String> failed(Events tests) {
    return tests.failed().stream()
        .map(event -> event.getTestDescriptor().getDisplayName().replace("()", ""))
        .collect(Collectors.toSet());
  }

  /** An engine for the contract, spoiled by a wrapper. */
  abstract static class Spoiled extends StoragePortContract {
    private final InMemoryStorage.Disk disk = new InMemoryStorage.Disk();
    private final UnaryOperator<StoragePort> spoil;

    Spoiled(UnaryOperator<StoragePort> spoil) {
      this.spoil = spoil;
    }

    @Override
    protected StoragePort open() {
      return spoil.apply(InMemoryStorage.open(disk));
    }
  }

  static class Sound extends Spoiled {
    Sound() {
      super(ForwardingStorage::new);
    }
  }

  static class CheckThenAct extends Spoiled {
    CheckThenAct() {
      super(CheckThenActStorage::new);
    }
  }

  static class LateExpiry extends Spoiled {
    LateExpiry() {
      super(sound -> new ForwardingStorage(sound) {
        @Override
        public Optional<Entry> find(Key key, long nowMillis) {
          return super.find(key, nowMillis == Long.MIN_VALUE ? nowMillis : nowMillis - 1);
        }
      });
    }
  }

  static class EarlyExpiry extends Spoiled {
    EarlyExpiry() {
      super(sound -> new ForwardingStorage(sound) {
        @Override
        public CommitResult commit(List<Mutation> mutations, long nowMillis) {
          return super.commit(mutations, nowMillis + 1);
        }
      });
    }
  }

  static class HalfSession extends Spoiled {
    HalfSession() {
      super(sound -> new ForwardingStorage(sound) {
        @Override
        public CommitResult commit(List<Mutation> mutations, long nowMillis) {
          for (Mutation mutation : mutations) {
            CommitResult result = super.commit(List.of(mutation), nowMillis);
            LockSupport.parkNanos(1_000);
            if (result instanceof CommitResult.Refused) {
              return result;
            }
          }
          return CommitResult.APPLIED;
        }
      });
    }
  }

  static class IgnoredVersion extends Spoiled {
    IgnoredVersion() {
      super(sound -> new ForwardingStorage(sound) {
        @Override
        public CommitResult commit(List<Mutation> mutations, long nowMillis) {
          return super.commit(
              mutations.stream()
                  .map(mutation -> mutation.expectation() instanceof Expectation.Version
                      ? new Mutation(mutation.key(), Expectation.LIVE, mutation.effect())
                      : mutation)
                  .toList(),
              nowMillis);
        }
      });
    }
  }

  static class ReusedVersion extends Spoiled {
    ReusedVersion() {
      super(sound -> new ForwardingStorage(sound) {
        @Override
        public Optional<Entry> find(Key key, long nowMillis) {
          return super.find(key, nowMillis)
              .map(entry -> new Entry(key, entry.value(), entry.expiresAtMillis(), 1));
        }
      });
    }
  }

  static class LostOnClose extends Spoiled {
    LostOnClose() {
      super(sound -> new ForwardingStorage(sound) {
        private Key last = Key.of("none");

        @Override
        public CommitResult commit(List<Mutation> mutations, long nowMillis) {
          mutations.forEach(mutation -> last = mutation.key());
          return super.commit(mutations, nowMillis);
        }

        @Override
        public void close() {
          try {
            super.commit(List.of(new Mutation(last, Expectation.ANY, Effect.REMOVE)), 0);
          } catch (StoreException e) {
            assertEquals(ErrorCode.STORE_CLOSED, e.code());
          }
          super.close();
        }
      });
    }
  }

  static class OpenForAll extends StoragePortContract {
    private StoragePort first;

    @Override
    protected StoragePort open() {
      first = first == null
          ? new ForwardingStorage(InMemoryStorage.open(new InMemoryStorage.Disk()))
          : first;
      return first;
    }
  }
}
