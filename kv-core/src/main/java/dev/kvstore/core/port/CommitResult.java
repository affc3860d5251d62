package dev.kvstore.core.port;

import dev.kvstore.core.model.Key;

/** The answer to a commit. */
public sealed interface CommitResult {

  /** Every effect is in place, and as durable as the engine was opened to be. */
  CommitResult APPLIED = new Applied();

  /** An expectation did not hold; nothing was changed. */
  static CommitResult refused(Key key) {
    return new Refused(key);
  }

  /** See {@link #APPLIED}. */
  record Applied() implements CommitResult {}

  /**
   * See {@link #refused}.
   *
   * @param key the key of the first mutation, in the order of the commit, whose expectation did not hold
   */
  record Refused(Key key) implements CommitResult {}
}
