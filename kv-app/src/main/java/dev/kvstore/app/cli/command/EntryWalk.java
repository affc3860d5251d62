package dev.kvstore.app.cli.command;

import dev.kvstore.core.KeyValueOperations;
import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.KeyPrefix;
import dev.kvstore.core.model.KeyRange;
import dev.kvstore.core.model.Page;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gives all entries of a store one by one, in order of their keys; holds one page. For one thread. */
final class EntryWalk {

  private final KeyValueOperations store;
  private KeyRange rest = KeyRange.of(KeyPrefix.of(""));
  private Page<Entry> page = new Page<>(List.of(), true);
  private int position;

  EntryWalk(KeyValueOperations store) {
    this.store = store;
  }

  /** The next entry; null after the last. */
  @Nullable
  Entry next() {
    if (position == page.items().size() && page.hasMore()) {
      page = store.list(rest, Pages.ENTRIES_A_PAGE);
      position = 0;
      if (page.hasMore()) {
        rest = rest.startingAfter(page.items().get(page.items().size() - 1).key());
      }
    }
    return position == page.items().size() ? null : page.items().get(position++);
  }
}
