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
}
