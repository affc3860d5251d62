package dev.kvstore.app.cli.command;

import dev.kvstore.core.KeyValueStore;
import dev.kvstore.core.LoadResult;
import dev.kvstore.core.OnExisting;
import dev.kvstore.core.error.InvalidInputException;
import dev.kvstore.core.error.LimitExceededException;
import dev.kvstore.core.error.PreconditionFailedException;
import dev.kvstore.core.error.StoreException;
import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.port.SessionLimits;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Loads a stream of entries in groups, since a durable write costs about the same for one entry and for a thousand. What comes
 * before an entry that is refused is stored, as if each were loaded on its own. For one thread.
 */
final class GroupedLoad {

  /** The most entries in a group. */
  static final int MAX_ENTRIES = 4_000;

  /** The most bytes of keys and values in a group. */
  static final long MAX_BYTES = 4L << 20;

  /** Names the entry that was refused. */
  interface Blame {

    /** What to throw for {@code entry}, the one of that number. */
    FailedPartException of(Entry entry, long number, StoreException cause);
  }

  private final KeyValueStore store;
  private final Blame blame;
  private final OnExisting onExisting;
  private final boolean dryRun;
  private final int maxEntries;
  private final long maxBytes;
  private final List<Entry> group = new ArrayList<>();
  private final List<Long> numbers = new ArrayList<>();
  private final Set<Key> keys = new HashSet<>();
  private long bytes;
  private boolean begun;
  private LoadResult result = LoadResult.NONE;

  /** A load into {@code store}; a dry run only checks. */
  GroupedLoad(KeyValueStore store, OnExisting onExisting, boolean dryRun, Blame blame) {
    this.blame = blame;
    this.store = store;
    this.onExisting = onExisting;
    this.dryRun = dryRun;
    SessionLimits limits = store.loadLimits();
    this.maxEntries = Math.min(MAX_ENTRIES, limits.maxOperations());
    this.maxBytes = Math.min(MAX_BYTES, limits.maxBytes());
  }

  /**
   * Takes an entry; stores those that wait if they are enough.
   *
   * @param number the number of its line or place, from 1
   * @throws FailedPartException if an entry that waited was refused; those before it are stored
   */
  void add(Entry entry, long number) {
    long size = (long) entry.key().utf8().length + entry.value().sizeInBytes();
    // A key twice in one group would be twice in one commit.
    if (group.size() == maxEntries || bytes + size > maxBytes || keys.contains(entry.key())) {
      flush();
    }
    group.add(entry);
    numbers.add(number);
    keys.add(entry.key());
    bytes += size;
  }

  /** Stores what waits. Throws as {@link #add}. */
  void flush() {
    if (!group.isEmpty()) {
      loadGroup();
    }
  }

  /** Like {@link #flush}; if there was nothing at all, it makes a store that is not there. */
  void finish() {
    if (begun) {
      flush();
    } else {
      loadGroup();
    }
  }

  /** What became of the entries so far. */
  LoadResult result() {
    return result;
  }

  private void loadGroup() {
    begun = true;
    load(0, group.size());
    group.clear();
    numbers.clear();
    keys.clear();
    bytes = 0;
  }

  /** Loads a part of the group at once; if that is refused, half by half, down to the entry to blame. */
  private void load(int from, int to) {
    List<Entry> part = List.copyOf(group.subList(from, to));
    try {
      result =
          result.plus(dryRun ? store.checkLoad(part, onExisting) : store.load(part, onExisting));
    } catch (PreconditionFailedException | InvalidInputException | LimitExceededException e) {
      if (part.size() < 2) {
        throw failed(from, e);
      }
      int middle = (from + to) >>> 1;
      load(from, middle);
      load(middle, to);
    } catch (StoreException e) {
      throw failed(from, e);
    }
  }

  private RuntimeException failed(int index, StoreException cause) {
    return index < group.size() ? blame.of(group.get(index), numbers.get(index), cause) : cause;
  }
}
