package dev.kvstore.jsonfile.index;

import dev.kvstore.core.model.KeyRange;
import dev.kvstore.jsonfile.order.Cursor;
import dev.kvstore.jsonfile.order.OrderedReads;
import dev.kvstore.jsonfile.order.OrderedView;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The order of the keys of an index. Not made before a list is asked for: many openings are for a read or a write, and the classes
 * for lists take time to load.
 */
final class KeyOrder {

  private final LineReads lines;
  private final Hash hash;
  private final SlotTable table;
  private final KeyIndex index;
  private volatile @Nullable OrderedReads reads;

  /** The order of the keys of {@code index}, which consists of the others. */
  KeyOrder(LineReads lines, Hash hash, SlotTable table, KeyIndex index) {
    this.lines = lines;
    this.hash = hash;
    this.table = table;
    this.index = index;
  }

  /** As {@link OrderedReads#read}. */
  <T> T read(KeyRange range, Function<Cursor, T> reading) {
    OrderedReads made = reads;
    return (made == null ? make() : made).read(range, reading);
  }

  /** As {@link OrderedView#noteCreated}. */
  void noteCreated(long offset) {
    OrderedReads made = reads;
    if (made != null) {
      made.view().noteCreated(offset);
    }
  }

  /** As {@link OrderedView#noteRemoved}. */
  void noteRemoved() {
    OrderedReads made = reads;
    if (made != null) {
      made.view().noteRemoved();
    }
  }

  /** As {@link OrderedView#noteSteppedOver}. */
  void noteSteppedOver(int gone) {
    OrderedReads made = reads;
    if (made != null && gone > 0) {
      made.view().noteSteppedOver(gone);
    }
  }

  /** As {@link OrderedView#drop}. */
  void drop() {
    OrderedReads made = reads;
    if (made != null) {
      made.view().drop();
    }
  }

  /** As {@link OrderedView#version}. */
  int version() {
    OrderedReads made = reads;
    return made == null ? 0 : made.view().version();
  }

  /** As {@link OrderedView#forget}. */
  void forget(int version) {
    OrderedReads made = reads;
    if (made != null) {
      index.shared(() -> made.view().forget(version));
    }
  }

  private synchronized OrderedReads make() {
    OrderedReads made = reads;
    if (made == null) {
      made = new OrderedReads(
          new OrderedView(new IndexedKeys(lines, hash, table)),
          sink -> index.shared(() -> {
            table.forEach(slot -> sink.accept(SlotFormat.offset(slot)));
            return true;
          }),
          index::shared);
      reads = made;
    }
    return made;
  }
}
