package dev.kvstore.core.port;

import dev.kvstore.core.model.JsonValue;
import dev.kvstore.core.model.Key;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One key's part in a commit.
 *
 * @param key the key
 * @param expectation what must hold of it
 * @param effect what happens to it if all expectations of the commit hold
 */
public record Mutation(Key key, Expectation expectation, Effect effect) {

  /** Stores an entry where none is live. */
  public static Mutation create(Key key, JsonValue value, long expiresAtMillis) {
    return new Mutation(key, Expectation.ABSENT, new Effect.SetEntry(value, expiresAtMillis));
  }

  /** Stores an entry, whatever is there. */
  public static Mutation put(Key key, JsonValue value, long expiresAtMillis) {
    return new Mutation(key, Expectation.ANY, new Effect.SetEntry(value, expiresAtMillis));
  }

  /** Removes a live entry. */
  public static Mutation delete(Key key) {
    return new Mutation(key, Expectation.LIVE, Effect.REMOVE);
  }

  /**
   * Checks that no key occurs twice, as every commit requires.
   *
   * @throws IllegalArgumentException if one does
   */
  public static void requireDistinctKeys(List<Mutation> mutations) {
    if (mutations.size() < 2) {
      return;
    }
    Set<Key> seen = new HashSet<>(mutations.size() * 2);
    for (Mutation mutation : mutations) {
      if (!seen.add(mutation.key())) {
        throw new IllegalArgumentException("a key occurs twice in one commit");
      }
    }
  }
}
