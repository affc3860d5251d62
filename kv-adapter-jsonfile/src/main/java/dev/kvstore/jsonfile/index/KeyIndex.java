package dev.kvstore.jsonfile.index;

import dev.kvstore.core.error.InvalidInputException;
import dev.kvstore.core.error.StoreException;
import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.model.KeyRange;
import dev.kvstore.jsonfile.log.LineView;
import dev.kvstore.jsonfile.log.LineView.Found;
import dev.kvstore.jsonfile.order.Cursor;
import dev.kvstore.jsonfile.order.DamagedLineException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.locks.StampedLock;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where the entry of each key stands in one data file; the keys themselves, expiries and versions are read there. One thread at a
 * time may change it, and does so between {@link #beginChange} and {@link #endChange}; any number may read meanwhile, and see all
 * of such a change or nothing.
 */
public final class KeyIndex {

  /** Live and expired entries at one instant. */
  public record Count(long liveEntries, long expiredEntries, long liveBytes) {}

  /** So often a reader tries again that a change has come upon, before it keeps changes out. */
  private static final int OPTIMISTIC_ATTEMPTS = 16;

  private final LineReads lines;
  private final Hash hash;
  private final SlotTable table;
  private final ExpiryLedger expiries;
  private final StampedLock lock = new StampedLock();
  private final KeyOrder order;
  private long lineBytes;
  private boolean changed;

  private KeyIndex(
      LineReads lines, Hash hash, SlotTable table, ExpiryLedger expiries, long lineBytes) {
    this.lines = lines;
    this.hash = hash;
    this.table = table;
    this.expiries = expiries;
    this.lineBytes = lineBytes;
    this.order = new KeyOrder(lines, hash, table, this);
  }

  /** An empty index of lines. */
  public static KeyIndex empty(LineReads lines, Hash hash) throws IOException {
    return new KeyIndex(lines, hash, SlotTable.withRoomFor(0), new ExpiryLedger(), 0);
  }

  /** An index as it was kept elsewhere; it owns what it is given. */
  public static KeyIndex of(
      LineReads lines, Hash hash, Slots slots, int size, ExpiryLedger expiries, long lineBytes) {
    return new KeyIndex(lines, hash, SlotTable.of(slots, size), expiries, lineBytes);
  }

  /** The entry of {@code key} that is live at {@code nowMillis}; STORE_CORRUPT if its line may be one that is damaged. */
  public Optional<Entry> find(Key key, long nowMillis) {
    KeySearch found = locate(key);
    return found != null && Entry.isLive(found.view().expiresAtMillis(), nowMillis)
        ? Optional.of(LineReads.entry(key, found.view()))
        : Optional.empty();
  }

  /** The slot of {@code key}, expired or not, or null; STORE_CORRUPT as {@link #find}. */
  public @Nullable Slot get(Key key) {
    KeySearch found = locate(key);
    return found == null ? null : found.slot();
  }

  /** How many keys have a slot. */
  public int size() {
    return table.size();
  }

  /** What the slots are placed by. */
  public Hash hash() {
    return hash;
  }

  /** The slots as they are now; for the thread that changes them. */
  public Slots slots() {
    return table.slots();
  }

  /** What expires when; for the thread that changes the index. */
  public ExpiryLedger expiries() {
    return expiries;
  }

  /** No line that the index knows, or will know before this is said again, goes beyond {@code offset}; see {@link LineReads#endAt}. */
  public void linesEndAt(long offset) {
    lines.endAt(offset);
  }

  /** The bytes of all lines that have a slot; for the thread that changes the index. */
  public long lineBytes() {
    return lineBytes;
  }

  /** The bytes of the lines that are not known to have expired; for the thread that changes the index. */
  public long liveBytes(long nowMillis) {
    return lineBytes - expiries.expiredBytes(nowMillis);
  }

  /** Whether it was changed since it was made. */
  public boolean isChanged() {
    return changed;
  }

  /** Makes sure that so many keys can be added without a failure. */
  public void reserve(int keys) throws IOException {
    table.reserve(keys);
  }

  /** Keeps readers out until {@link #endChange}; gives what that needs. */
  public long beginChange() {
    changed = true;
    return lock.writeLock();
  }

  /** Lets readers see what was changed. */
  public void endChange(long stamp) {
    lock.unlockWrite(stamp);
  }

  /**
   * Sets or replaces the slot of a key. Reads nothing, and cannot fail after {@link #reserve}.
   *
   * @param old the slot that the key has, or null
   */
  public void put(Key key, @Nullable Slot old, Slot next) {
    long hashed = hash.of(key.utf8());
    long oldSlot = old == null ? 0 : SlotFormat.slot(hashed, old.offset(), old.length());
    table.put(hashed, next.offset(), next.length(), slot -> slot == oldSlot);
    if (old == null) {
      order.noteCreated(next.offset());
    } else {
      subtract(old);
    }
    lineBytes += next.length();
    if (next.expiresAtMillis() != Entry.NEVER) {
      expiries.add(next.expiresAtMillis(), next.length());
    }
  }

  /** Sets or replaces the slot of a key; reads the lines of those with its hash. STORAGE_FAILED if there is no memory for it. */
  public void put(Key key, Slot next) {
    try {
      reserve(1);
    } catch (IOException e) {
      throw lines.withoutMemory(e);
    }
    KeySearch probe = searchFor(key);
    put(key, probe.search() ? probe.slot() : null, next);
  }

  /** Removes the slot that a key has; cannot fail. */
  public void remove(Key key, Slot old) {
    long hashed = hash.of(key.utf8());
    long oldSlot = SlotFormat.slot(hashed, old.offset(), old.length());
    table.remove(hashed, slot -> slot == oldSlot);
    subtract(old);
    order.noteRemoved();
  }

  /** Removes the slot of a key, if it has one; reads the lines of those with its hash. */
  public void remove(Key key) {
    KeySearch probe = searchFor(key);
    if (probe.search()) {
      remove(key, probe.slot());
    }
  }

  /**
   * Shows the live entries of a range in key order, while it keeps changes out, until there are no more or {@code visitor} says
   * that it has enough. The first call sorts the keys, which takes half a second for a million; while nothing keeps changes out
   * then.
   *
   * @param visitor is given a key and the view of its line, which holds until it returns
   * @throws DamagedLineException if a line is damaged that decides what the list holds; the visitor may have been shown entries
   *     already. See {@link #forgetOrder}
   */
  public void forEachInOrder(KeyRange range, long nowMillis, BiPredicate<Key, LineView> visitor) {
    order.read(range, cursor -> {
      int gone = 0;
      boolean wantsMore = true;
      while (wantsMore && cursor.next()) {
        Key key = key(cursor);
        KeySearch found = probe(key, cursor.offset());
        if (found == null) {
          gone++;
        } else if (Entry.isLive(found.view().expiresAtMillis(), nowMillis)) {
          wantsMore = visitor.test(key, found.view());
        }
      }
      order.noteSteppedOver(gone);
      return true;
    });
  }

  /** The entry of a key that was read from the line at {@code offset}, or null if it has none any more. */
  private @Nullable KeySearch probe(Key key, long offset) {
    KeySearch found = search(searchFor(key));
    if (found != null && found.offset() == offset) {
      return found;
    }
    if (!lines.isOf(key, offset)) {
      // It was not replaced or deleted since; the line is damaged, and was another key's.
      throw new DamagedLineException(offset);
    }
    return found == null ? null : search(found);
  }

  private Key key(Cursor cursor) {
    try {
      return Key.of(new String(cursor.key(), 0, cursor.keyLength(), StandardCharsets.UTF_8));
    } catch (InvalidInputException e) {
      throw new DamagedLineException(cursor.offset());
    }
  }

  /** STORE_CORRUPT for the line at {@code offset}; reads the file up to there. */
  public StoreException damaged(long offset) {
    return lines.damaged(offset);
  }

  /** Tells the order in use from one that is made later. */
  public int orderVersion() {
    return order.version();
  }

  /**
   * Has the keys sorted anew for the next list, by the lines alone that count now; does nothing if that was done since {@code
   * version}. Looks at all slots.
   *
   * @param damaged the offset of a line that was met in a list
   * @throws StoreException STORE_CORRUPT if that counts, so that nothing would be won
   */
  public void forgetOrder(long damaged, int version) {
    boolean counts = shared(() -> {
      boolean[] found = {false};
      table.forEach(slot -> found[0] |= SlotFormat.offset(slot) == damaged);
      return found[0];
    });
    if (counts) {
      throw lines.damaged(damaged);
    }
    order.forget(version);
  }

  /** Counts at {@code nowMillis}; looks at every line if there are some that expire. Keeps changes out. */
  public Count count(long nowMillis) {
    return shared(() -> {
      long[] live = {table.size(), lineBytes};
      if (expiries.lines() > 0) {
        LineView view = lines.view();
        table.forEach(slot -> {
          if (lines.look(view, slot, new byte[0]) != Found.NO_ENTRY
              && !Entry.isLive(view.expiresAtMillis(), nowMillis)) {
            live[0]--;
            live[1] -= view.length();
          }
        });
      }
      return new Count(live[0], table.size() - live[0], live[1]);
    });
  }

  /** Looks at the line of every slot; STORE_CORRUPT at the first that is damaged. */
  public void requireReadable() {
    LineView view = lines.view();
    table.forEach(slot -> {
      if (lines.look(view, slot, new byte[0]) == Found.NO_ENTRY) {
        throw lines.damaged(SlotFormat.offset(slot));
      }
    });
  }

  /** Whether the slot of {@code key} is at {@code offset}; STORE_CORRUPT as {@link #find}. */
  public boolean isAt(Key key, long offset) {
    KeySearch found = locate(key);
    return found != null && found.offset() == offset;
  }

  /** Gives the memory back; nobody may use the index any more. */
  public void close() {
    order.drop();
    table.slots().memory().close();
  }

  private @Nullable KeySearch locate(Key key) {
    KeySearch probe = searchFor(key);
    for (int attempt = 0; attempt < OPTIMISTIC_ATTEMPTS; attempt++) {
      long stamp = lock.tryOptimisticRead();
      if (stamp == 0) {
        Thread.onSpinWait();
        continue;
      }
      boolean there = probe.search();
      if (lock.validate(stamp)) {
        return there ? probe : probe.nothing();
      }
    }
    return shared(() -> Optional.ofNullable(search(probe))).orElse(null);
  }

  private KeySearch searchFor(Key key) {
    return new KeySearch(lines, table, hash, key);
  }

  private static @Nullable KeySearch search(KeySearch probe) {
    return probe.search() ? probe : probe.nothing();
  }

  /** Does {@code work} while changes are kept out. */
  <T> T shared(Supplier<T> work) {
    long stamp = lock.readLock();
    try {
      return work.get();
    } finally {
      lock.unlockRead(stamp);
    }
  }

  private void subtract(Slot old) {
    lineBytes -= old.length();
    if (old.expiresAtMillis() != Entry.NEVER) {
      expiries.remove(old.expiresAtMillis(), old.length());
    }
  }
}
