package dev.kvstore.jsonfile;

import dev.kvstore.core.error.UnsupportedByEngineException;
import dev.kvstore.core.port.CommitResult;
import dev.kvstore.core.port.Effect;
import dev.kvstore.core.port.Mutation;
import dev.kvstore.core.port.ProgressListener;
import dev.kvstore.files.StorageFailures;
import dev.kvstore.files.StoragePath;
import dev.kvstore.jsonfile.index.Slot;
import java.io.IOException;
import java.util.List;

/** Refuses every change of a store that was opened to look at it alone; a commit without an effect is answered. */
final class NoChanges implements Changes {

  private final StoragePath path;
  private final StoreState state;

  NoChanges(StoragePath path, StoreState state) {
    this.path = path;
    this.state = state;
  }

  @Override
  public CommitResult commit(List<Mutation> mutations, long nowMillis) {
    return state.read(generation -> {
      for (Mutation mutation : mutations) {
        if (!(mutation.effect() instanceof Effect.None)) {
          throw refusal();
        }
      }
      for (Mutation mutation : mutations) {
        Slot slot = generation.index().get(mutation.key());
        boolean met = slot == null
            ? mutation.expectation().isMet(false, 0)
            : mutation.expectation().isMet(slot.isLiveAt(nowMillis), slot.seq());
        if (!met) {
          return CommitResult.refused(mutation.key());
        }
      }
      return CommitResult.APPLIED;
    });
  }

  @Override
  public void compact(long nowMillis, ProgressListener listener) {
    state.current();
    throw refusal();
  }

  @Override
  public void timeIs(long nowMillis) {
    // Nothing is won back here.
  }

  @Override
  public synchronized void close() {
    if (state.isClosed()) {
      return;
    }
    try {
      state.close();
    } catch (IOException e) {
      throw StorageFailures.failed("close", path.file(), e);
    }
  }

  private UnsupportedByEngineException refusal() {
    return UnsupportedByEngineException.readOnly(path.file().toString());
  }
}
