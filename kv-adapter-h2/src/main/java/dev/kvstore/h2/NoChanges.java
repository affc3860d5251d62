package dev.kvstore.h2;

import dev.kvstore.core.error.UnsupportedByEngineException;
import dev.kvstore.core.model.Entry;
import dev.kvstore.core.port.CommitResult;
import dev.kvstore.core.port.Effect;
import dev.kvstore.core.port.Mutation;
import dev.kvstore.core.port.ProgressListener;
import java.sql.SQLException;
import java.util.Optional;

/** Refuses every change of a store that was opened to look at it alone; a commit without an effect is answered. */
final class NoChanges implements Changes {

  private final LiveStore live;
  private final String location;

  NoChanges(LiveStore live, String location) {
    this.live = live;
    this.location = location;
  }

  @Override
  public CommitResult commit(Commit commit) {
    for (Mutation mutation : commit.mutations()) {
      if (!(mutation.effect() instanceof Effect.None)) {
        throw refusal();
      }
    }
    try {
      for (Mutation mutation : commit.mutations()) {
        Optional<Entry> found =
            live.find(mutation.key()).filter(entry -> entry.isLiveAt(commit.nowMillis()));
        long version = found.map(Entry::version).orElse(0L);
        if (!mutation.expectation().isMet(found.isPresent(), version)) {
          return CommitResult.refused(mutation.key());
        }
      }
    } catch (SQLException e) {
      throw live.readFailed(e);
    }
    return CommitResult.APPLIED;
  }

  @Override
  public void compact(long nowMillis, ProgressListener listener) {
    throw refusal();
  }

  /** H2 closes its database where there is no memory for what is read. */
  @Override
  public synchronized void ensureUsable(Runnable then) {
    live.ensureUsable();
    then.run();
  }

  @Override
  public void close() {}

  private UnsupportedByEngineException refusal() {
    return UnsupportedByEngineException.readOnly(location);
  }
}
