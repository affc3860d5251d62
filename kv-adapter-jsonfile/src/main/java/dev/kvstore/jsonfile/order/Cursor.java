package dev.kvstore.jsonfile.order;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Walks the keys of a range in the order of their unsigned bytes, each once. Whether a key still has an entry, and where, only
 * the index knows: a key that was removed since may come too. For one thread, within the one protection under which it was made.
 */
public final class Cursor {

  private final List<RunCursor> runs = new ArrayList<>();
  private final ByteRange range;
  private @Nullable RunCursor current;

  /** The last of {@code sorted} is the newest, and its offsets count. */
  Cursor(KeySource keys, List<SortedOffsets> sorted, ByteRange range) {
    this.range = range;
    for (int i = sorted.size() - 1; i >= 0; i--) {
      RunCursor run = new RunCursor(keys, sorted.get(i), range, sorted.size() == 1);
      if (run.isAtKey()) {
        runs.add(run);
      }
    }
  }

  /** Goes to the next key, at first to the first one. Returns whether there is one. */
  public boolean next() {
    if (current == null) {
      current = lowest();
      if (current == null || !isLeftOut(current.key())) {
        return current != null;
      }
    }
    step(current);
    current = lowest();
    return current != null;
  }

  /** The key's bytes, in the first {@link #keyLength} places; the caller changes nothing. They hold until the next step. */
  public byte[] key() {
    return at().key().bytes();
  }

  /** How many bytes the key has. */
  public int keyLength() {
    return at().key().length();
  }

  /** Where a line of the key stands: its newest one, unless the key got another entry since it came into the view. */
  public long offset() {
    return at().offset();
  }

  private RunCursor at() {
    if (current == null) {
      throw new IllegalStateException("the cursor stands at no key");
    }
    return current;
  }

  /** Steps over a key in every run that has it. */
  private void step(RunCursor at) {
    for (RunCursor run : runs) {
      if (run != at && run.isAtKey() && compare(run.key(), at.key()) == 0) {
        run.advance();
      }
    }
    at.advance();
    runs.removeIf(run -> !run.isAtKey());
  }

  private @Nullable RunCursor lowest() {
    RunCursor lowest = null;
    for (RunCursor run : runs) {
      if (lowest == null || compare(run.key(), lowest.key()) < 0) {
        lowest = run;
      }
    }
    return lowest;
  }

  private static int compare(KeyChunk a, KeyChunk b) {
    return a.compareTo(b.bytes(), b.length());
  }

  private boolean isLeftOut(KeyChunk key) {
    return range.isStartLeftOut() && key.compareTo(range.start(), range.start().length) == 0;
  }
}
