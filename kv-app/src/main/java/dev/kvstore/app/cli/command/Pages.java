package dev.kvstore.app.cli.command;

import dev.kvstore.core.KeyValueOperations;
import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.model.KeyRange;
import dev.kvstore.core.model.Page;
import java.util.function.Consumer;

/** Walks a range page by page, so that memory does not grow with the number of entries. */
final class Pages {

  /** A page of the largest values takes about 1.6 MB. */
  static final int ENTRIES_A_PAGE = 100;

  private Pages() {}

  /**
   * Hands over the keys of {@code range} in order, {@code limit} of them at most.
   *
   * @return how many there were
   */
  static long ofKeys(KeyValueOperations store, KeyRange range, long limit, Consumer<Key> consumer) {
    long count = 0;
    KeyRange rest = range;
    while (true) {
      int size = (int) Math.min(limit - count, KeyValueOperations.MAX_PAGE_SIZE);
      Page<Key> page = store.listKeys(rest, size);
      page.items().forEach(consumer);
      count += page.items().size();
      if (!page.hasMore() || count == limit) {
        return count;
      }
      rest = rest.startingAfter(page.items().get(page.items().size() - 1));
    }
  }

  /** Like {@link #ofKeys} for whole entries. */
  static long ofEntries(
      KeyValueOperations store, KeyRange range, long limit, Consumer<Entry> consumer) {
    long count = 0;
    KeyRange rest = range;
    while (true) {
      int size = (int) Math.min(limit - count, ENTRIES_A_PAGE);
      Page<Entry> page = store.list(rest, size);
      page.items().forEach(consumer);
      count += page.items().size();
      if (!page.hasMore() || count == limit) {
        return count;
      }
      rest = rest.startingAfter(page.items().get(page.items().size() - 1).key());
    }
  }
}
