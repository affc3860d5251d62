package dev.kvstore.jsonfile.index;

import dev.kvstore.core.model.Key;
import dev.kvstore.jsonfile.log.LineView;
import dev.kvstore.jsonfile.log.LineView.Found;
import org.jspecify.annotations.Nullable;

/** A search for a key in the index and in the lines that it points to. For one thread, whose view of the lines it uses. */
final class KeySearch implements SlotTable.Match {

  private final LineReads lines;
  private final SlotTable table;
  private final byte[] utf8;
  private final long hash;
  private final LineView view;
  private long damaged;
  private long offset;

  KeySearch(LineReads lines, SlotTable table, Hash hash, Key key) {
    this.lines = lines;
    this.table = table;
    this.utf8 = key.utf8();
    this.hash = hash.of(utf8);
    this.view = lines.view();
  }

  /** Searches, as often as asked. True if the key has a slot; the view is on its line then. */
  boolean search() {
    damaged = 0;
    return table.find(hash, this) != 0;
  }

  /** The view of the line that was found, until the thread looks at another. */
  LineView view() {
    return view;
  }

  /** The offset of the line that was found. */
  long offset() {
    return offset;
  }

  /** Where the line stands that was found. */
  Slot slot() {
    return new Slot(offset, view.length(), view.seq(), view.expiresAtMillis());
  }

  /** Whether the line in a slot is of the key; then the view is on it. */
  @Override
  public boolean at(long slot) {
    Found found = lines.look(view, slot, utf8);
    offset = SlotFormat.offset(slot);
    if (found == Found.NO_ENTRY) {
      damaged = slot;
    }
    return found == Found.THIS_KEY;
  }

  /** The answer where the key was not found: it is not there, unless a line that may be its own is damaged. */
  @Nullable
  KeySearch nothing() {
    if (damaged != 0) {
      throw lines.damaged(SlotFormat.offset(damaged));
    }
    return null;
  }
}
