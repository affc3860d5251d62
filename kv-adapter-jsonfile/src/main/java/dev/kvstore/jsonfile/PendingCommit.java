package dev.kvstore.jsonfile;

import dev.kvstore.core.model.Key;
import dev.kvstore.core.port.CommitResult;
import dev.kvstore.core.port.Mutation;
import dev.kvstore.jsonfile.commit.Ticket;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A commit that waits for its turn, and then its outcome: a result or a failure. */
final class PendingCommit extends Ticket {

  private final List<Mutation> mutations;
  private final long nowMillis;
  private @Nullable CommitResult result;
  private @Nullable RuntimeException failure;

  PendingCommit(List<Mutation> mutations, long nowMillis) {
    this.mutations = mutations;
    this.nowMillis = nowMillis;
  }

  List<Mutation> mutations() {
    return mutations;
  }

  long nowMillis() {
    return nowMillis;
  }

  boolean isDecided() {
    return result != null || failure != null;
  }

  void applied() {
    result = CommitResult.APPLIED;
  }

  void refused(Key key) {
    result = CommitResult.refused(key);
  }

  void failed(RuntimeException cause) {
    result = null;
    failure = cause;
  }

  CommitResult outcome() {
    if (failure != null) {
      throw failure;
    }
    if (result == null) {
      throw new IllegalStateException("a commit was left without an outcome");
    }
    return result;
  }
}
