package dev.kvstore.core.port;

import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.JsonValue;

/** What a mutation does to its key. */
public sealed interface Effect {

  /** Nothing: the mutation only checks its expectation. */
  Effect NONE = new None();

  /** Takes the entry away, if there is one, expired or not. */
  Effect REMOVE = new Remove();

  /** See {@link #NONE}. */
  record None() implements Effect {}

  /** See {@link #REMOVE}. */
  record Remove() implements Effect {}

  /**
   * Stores an entry of a new version in place of whatever is there.
   *
   * @param value the value
   * @param expiresAtMillis when it expires, in milliseconds since 1970, or {@link Entry#NEVER}
   */
  record SetEntry(JsonValue value, long expiresAtMillis) implements Effect {}
}
