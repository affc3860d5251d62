package dev.kvstore.core.contract;

import dev.kvstore.core.port.CommitResult;
import dev.kvstore.core.port.Expectation;
import dev.kvstore.core.port.Mutation;
import dev.kvstore.core.port.StoragePort;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Spoils an engine by a race: it looks first whether an entry that is to be created is there, and then writes it whatever is there
 * by that time. Tests show with it that they find such a thing.
 */
public final class CheckThenActStorage extends ForwardingStorage {

  /** Spoils {@code sound}. */
  public CheckThenActStorage(StoragePort sound) {
    super(sound);
  }

  @Override
  public CommitResult commit(List<Mutation> mutations, long nowMillis) {
    for (Mutation mutation : mutations) {
      if (mutation.expectation().equals(Expectation.ABSENT)
          && find(mutation.key(), nowMillis).isPresent()) {
        return CommitResult.refused(mutation.key());
      }
    }
    LockSupport.parkNanos(1_000);
    return super.commit(
        mutations.stream().map(CheckThenActStorage::unconditional).toList(), nowMillis);
  }

  private static Mutation unconditional(Mutation mutation) {
    return mutation.expectation().equals(Expectation.ABSENT)
        ? new Mutation(mutation.key(), Expectation.ANY, mutation.effect())
        : mutation;
  }
}
