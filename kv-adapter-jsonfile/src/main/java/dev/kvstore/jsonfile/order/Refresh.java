package dev.kvstore.jsonfile.order;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes one run in place of those that an {@link OrderedView} had when it began. For one thread, but for the cancelling. */
final class Refresh {

  private final KeySource keys;
  private final List<SortedOffsets> before;
  private final boolean fromIndex;
  private final long removedBefore;
  private @Nullable SortedOffsets result;
  private @Nullable List<SortedOffsets> dropped;

  /**
   * A refresh.
   *
   * @param before the runs that it replaces; they stay open until it is over
   * @param fromIndex whether to sort what the index has, not to merge those runs
   * @param removedBefore how many keys the view knows to be gone
   */
  Refresh(KeySource keys, List<SortedOffsets> before, boolean fromIndex, long removedBefore) {
    this.keys = keys;
    this.before = before;
    this.fromIndex = fromIndex;
    this.removedBefore = fromIndex ? removedBefore : 0;
  }

  /**
   * Does the work. Needs no protection, but the offsets and keys must stay readable up to the end of it.
   *
   * @throws dev.kvstore.core.error.StorageFailedException STORAGE_FAILED if the machine gives no memory
   */
  void run(OffsetSource index) {
    result = fromIndex ? sort(index) : merge();
  }

  /** How many runs are replaced. */
  int replaces() {
    return before.size();
  }

  /** How many of the keys that were removed are not in the new run. */
  long removedBefore() {
    return removedBefore;
  }

  SortedOffsets result() {
    if (result == null) {
      throw new IllegalStateException("the refresh has not run");
    }
    return result;
  }

  /** The view was dropped meanwhile; {@code runs} were its own, and can be closed when this is over. */
  void cancel(List<SortedOffsets> runs) {
    dropped = runs;
  }

  boolean isCancelled() {
    return dropped != null;
  }

  /** Frees what nobody will see: the result, and the runs of the view that was dropped. */
  void free() {
    if (result != null) {
      result.close();
    }
    if (dropped != null) {
      dropped.forEach(SortedOffsets::close);
    }
  }

  private SortedOffsets sort(OffsetSource index) {
    OffsetBuffer offsets = new OffsetBuffer(before.isEmpty() ? 0 : before.get(0).size());
    try {
      index.forEachOffset(offsets::add);
      return offsets.sorted(keys);
    } catch (RuntimeException | Error e) {
      offsets.close();
      throw e;
    }
  }

  /** From the newest, which are the shortest, to the oldest. */
  private SortedOffsets merge() {
    RunMerge merge = new RunMerge(keys);
    SortedOffsets merged = SortedOffsets.empty();
    for (int i = before.size() - 1; i >= 0; i--) {
      try (SortedOffsets newer = merged) {
        merged = merge.merge(before.get(i), newer);
      }
    }
    return merged;
  }
}
