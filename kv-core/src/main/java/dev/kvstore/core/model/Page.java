package dev.kvstore.core.model;

import java.util.List;

/**
 * A part of an ordered list.
 *
 * @param items what the page holds, in key order; unmodifiable
 * @param hasMore whether something may follow; to go on, ask for what comes after the key of the last item
 * @param <T> {@link Key} or {@link Entry}
 */
public record Page<T>(List<T> items, boolean hasMore) {

  /** Copies {@code items}. */
  public Page {
    items = List.copyOf(items);
  }

  /**
   * Checks how much a page may hold, as an engine does that is asked for one.
   *
   * @throws IllegalArgumentException if {@code limit} is less than 1
   */
  public static void requireLimit(int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("the limit is " + limit + "; it must be at least 1");
    }
  }
}
