package dev.kvstore.jsonfile.order;

import dev.kvstore.core.error.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one generation of the data file, in order. It is built when a list is first asked for, from then on takes note of
 * the keys that come, and drops itself when there are many of those and no list. It takes 4 bytes a key off the heap, and while
 * it is built 8 more.
 *
 * <p>It consists of runs of offsets, the oldest by far the longest, and of the offsets that came since, unsorted. A key that is
 * removed or whose entry is replaced stays in its run: the lines of a generation stay readable, and lists ask the index anyway.
 * What is new is sorted into small runs when a list needs it, and now and then a refresh makes one run of all.
 *
 * <p><b>Threads.</b> The engine has a protection that either one writer has alone, or any number of readers share. Every method
 * says which of the two its caller has; calls of readers may come at the same time. A refresh must not keep the writer out while
 * it works, so it has three steps:
 *
 * <ol>
 *   <li>{@link #begin}, shared: from here on, the view notes what comes.
 *   <li>{@link Refresh#run}, without the protection: reads the offsets that the index has, which takes up to half a second for
 *       a million keys. What came before {@code begin} is among them, what comes after is noted, what is both does no harm.
 *   <li>{@link #complete}, shared: puts the new run in the place of the ones before; or {@link #abandon}.
 * </ol>
 *
 * {@link OrderedReads} does this. One refresh may be under way at a time.
 */
public final class OrderedView {

  /** What a list needs before it can be made. */
  enum Need {
    /** Nothing. */
    NONE,
    /** Lists are right, but get slower: a refresh should merge the runs. */
    MERGE,
    /** Lists are right, but walk over many keys that are gone: a refresh should build the view anew. */
    REBUILD,
    /** There is no view. */
    BUILD
  }

  /** A view is refreshed when it has more new keys than a 16th of it, within these bounds. */
  private static final int DELTA_PART = 16;

  private static final int MIN_DELTA = 4096;
  private static final int MAX_DELTA = 65_536;

  /** A new run that has at least this part of the keys of the one before is merged with it. */
  private static final int RUN_PART = 8;

  private final KeySource keys;
  private final List<SortedOffsets> runs = new ArrayList<>();
  private final List<SortedOffsets> retired = new ArrayList<>();
  private @Nullable OffsetBuffer pending;
  private @Nullable Refresh refresh;
  private long removed;
  private long notedSinceList;
  private int version;

  /** Since the view was built; when it is as much as building it anew costs, that is done, so that lists do not pay for more. */
  private long steppedOver;

  /** A view that is not built yet and costs nothing. */
  public OrderedView(KeySource keys) {
    this.keys = keys;
  }

  /**
   * A key that had no entry got one, or the index moved the place where it keeps a key, so that an {@link OffsetSource} at work
   * may miss it. Not for an entry that is replaced. Costs some nanoseconds; nothing if there is no view. The writer calls it when
   * the index has the key, before it gives up the protection.
   *
   * @param offset of the line, from 1 up to 2^31 - 1
   */
  public void noteCreated(long offset) {
    if (pending == null) {
      return;
    }
    try {
      pending.add(offset);
      noted();
    } catch (RuntimeException | Error e) {
      drop(); // The commit needs no view. The list that does will say what is missing.
    }
  }

  /** A key lost its entry. The writer calls it. */
  public void noteRemoved() {
    if (pending != null) {
      removed++;
      noted();
    }
  }

  /** Gives everything up; the next list builds the view anew. The writer calls it. */
  public void drop() {
    version++;
    List<SortedOffsets> dropped = new ArrayList<>(retired);
    dropped.addAll(runs);
    retired.clear();
    runs.clear();
    removed = 0;
    if (pending != null) {
      pending.close();
      pending = null;
    }
    if (refresh == null) {
      dropped.forEach(SortedOffsets::close);
    } else if (!refresh.isCancelled()) {
      refresh.cancel(dropped);
    }
  }

  /** A list has stepped over so many keys that have no entry any more. Shared. */
  public synchronized void noteSteppedOver(int gone) {
    steppedOver += gone;
  }

  /** What a list needs. Shared. */
  synchronized Need need() {
    if (runs.isEmpty()) {
      return Need.BUILD;
    }
    int size = runs.get(0).size();
    if (removed > Math.max(MIN_DELTA, size / 4) || steppedOver > Math.max(MIN_DELTA, size)) {
      return Need.REBUILD;
    }
    return deltaSize() > maxDelta() ? Need.MERGE : Need.NONE;
  }

  /**
   * The keys of a range. Sorts what came since the last list. Shared; the cursor may be used until the protection is given up.
   *
   * @throws IllegalStateException if there is no view; see {@link #need}
   */
  synchronized Cursor from(ByteRange range) {
    if (runs.isEmpty()) {
      throw new IllegalStateException("the view is not built");
    }
    notedSinceList = 0;
    sortPending();
    return new Cursor(keys, runs, range);
  }

  /** Begins a refresh: takes note of what comes from now on. Shared. Empty if there is no need, or one is under way. */
  synchronized Optional<Refresh> begin() {
    Need need = need();
    if (need == Need.NONE || refresh != null) {
      return Optional.empty();
    }
    if (pending == null) {
      pending = new OffsetBuffer(0);
    } else {
      sortPending();
    }
    notedSinceList = 0;
    if (need != Need.MERGE) {
      steppedOver = 0;
    }
    refresh = new Refresh(keys, List.copyOf(runs), need != Need.MERGE, removed);
    return Optional.of(refresh);
  }

  /** Puts the run of a refresh in place. Shared. Returns false if the view was dropped meanwhile; then nothing is changed. */
  synchronized boolean complete(Refresh done) {
    SortedOffsets result = done.result();
    refresh = null;
    if (done.isCancelled()) {
      done.free();
      return false;
    }
    retire(runs.subList(0, done.replaces()));
    runs.add(0, result);
    removed -= done.removedBefore();
    notedSinceList = 0;
    return true;
  }

  /** Ends a refresh that failed; what was there stays. Shared. */
  synchronized boolean abandon(Refresh failed) {
    refresh = null;
    failed.free();
    if (runs.isEmpty() && pending != null) {
      pending.close();
      pending = null;
    }
    return true;
  }

  private void noted() {
    notedSinceList++;
    if (refresh == null) {
      retired.forEach(SortedOffsets::close);
      retired.clear();
      if (notedSinceList > 2L * maxDelta()) {
        drop();
      }
    }
  }

  private void sortPending() {
    OffsetBuffer unsorted = pending;
    if (unsorted == null || unsorted.size() == 0) {
      return;
    }
    try {
      pending = new OffsetBuffer(0);
      runs.add(unsorted.sorted(keys));
    } catch (RuntimeException | Error e) {
      forget();
      throw e;
    }
    int firstOpen = refresh == null ? 1 : Math.max(1, refresh.replaces());
    while (runs.size() > firstOpen + 1 && isLastLong()) {
      SortedOffsets newer = runs.get(runs.size() - 1);
      SortedOffsets older = runs.get(runs.size() - 2);
      SortedOffsets merged;
      try {
        merged = new RunMerge(keys).merge(older, newer);
      } catch (DamagedLineException | StoreException e) {
        // Both are in order as they are.
        return;
      }
      retire(runs.subList(runs.size() - 2, runs.size()));
      runs.add(merged);
    }
  }

  /** Tells this view from what it is after it was dropped or forgotten. */
  public synchronized int version() {
    return version;
  }

  /** Like {@link #drop}, for a reader, unless that was done since {@code of}. Shared. Always true. */
  public synchronized boolean forget(int of) {
    if (of == version) {
      forget();
    }
    return true;
  }

  /** Others may still be at the runs, so they are left to the collector. */
  private void forget() {
    version++;
    runs.clear();
    removed = 0;
    if (pending != null) {
      pending.close();
      pending = null;
    }
    if (refresh != null && !refresh.isCancelled()) {
      refresh.cancel(List.of());
    }
  }

  private void retire(List<SortedOffsets> replaced) {
    retired.addAll(replaced);
    replaced.clear();
  }

  private boolean isLastLong() {
    int last = runs.size() - 1;
    return (long) runs.get(last).size() * RUN_PART >= runs.get(last - 1).size();
  }

  private long deltaSize() {
    long size = pending == null ? 0 : pending.size();
    for (SortedOffsets run : runs.subList(1, runs.size())) {
      size += run.size();
    }
    return size;
  }

  private int maxDelta() {
    int base = runs.isEmpty() ? 0 : runs.get(0).size();
    return Math.max(MIN_DELTA, Math.min(MAX_DELTA, base / DELTA_PART));
  }
}
