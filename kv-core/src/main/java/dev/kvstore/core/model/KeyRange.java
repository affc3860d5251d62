package dev.kvstore.core.model;

import org.jspecify.annotations.Nullable;

/**
 * Which keys a list covers.
 *
 * @param prefix what they begin with
 * @param after the key after which they come, itself not included; null to begin with the first
 */
public record KeyRange(KeyPrefix prefix, @Nullable Key after) {

  /** All keys that begin with {@code prefix}. */
  public static KeyRange of(KeyPrefix prefix) {
    return new KeyRange(prefix, null);
  }

  /** The same prefix, from the key that follows {@code key}. */
  public KeyRange startingAfter(Key key) {
    return new KeyRange(prefix, key);
  }

  /** Whether {@code key} lies in this range. */
  public boolean contains(Key key) {
    return prefix.matches(key) && (after == null || key.compareTo(after) > 0);
  }
}
