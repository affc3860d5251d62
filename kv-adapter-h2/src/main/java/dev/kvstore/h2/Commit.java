package dev.kvstore.h2;

import dev.kvstore.core.port.CommitResult;
import dev.kvstore.core.port.Effect;
import dev.kvstore.core.port.Mutation;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A commit that a caller waits for.
 *
 * @param mutations what to do, each key once
 * @param nowMillis the caller's time
 * @param answer completed when the result is durable
 */
record Commit(List<Mutation> mutations, long nowMillis, CompletableFuture<CommitResult> answer)
    implements Task {

  Commit(List<Mutation> mutations, long nowMillis) {
    this(mutations, nowMillis, new CompletableFuture<>());
  }

  /** Whether nothing is stored by it, so that it may use the space kept back. */
  boolean removesOnly() {
    return mutations.stream().noneMatch(mutation -> mutation.effect() instanceof Effect.SetEntry);
  }
}
