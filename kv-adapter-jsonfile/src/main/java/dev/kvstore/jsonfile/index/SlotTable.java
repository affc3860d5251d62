package dev.kvstore.jsonfile.index;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A hash table, off the heap, from keys to the places of their lines. It keeps no keys, only 29 bits of their hashes: whether a
 * slot is that of a key, the caller must look up in the file. It takes 10.7 to 16 bytes a key beyond a minimum of {@value
 * #MIN_CAPACITY} slots, and while it grows, as much again as two thirds of its new size.
 *
 * <p>One thread at a time may change it. Any number may read beside that; what they find holds only if they have made sure that
 * no change came between, as with the stamp of a {@link java.util.concurrent.locks.StampedLock} that changes take for writing.
 */
public final class SlotTable {

  /** The fewest slots of a table. */
  public static final int MIN_CAPACITY = 512;

  /** Tells whether a slot is that of the key in question. */
  public interface Match {

    /** Whether the line in {@code slot} is of the key; called only for slots with the bits of its hash. */
    boolean at(long slot);
  }

  private volatile Slots slots;
  private int size;

  /**
   * An empty table.
   *
   * @param keys how many keys it takes before it grows; readers may still be in the memory that it has outgrown, so that is
   *     left to the collector
   * @throws IOException if there is no memory for it
   */
  public static SlotTable withRoomFor(int keys) throws IOException {
    return new SlotTable(Slots.allocate(capacityFor(keys, MIN_CAPACITY)), 0);
  }

  /**
   * A table as it was kept elsewhere.
   *
   * @param slots the ring of such a table
   * @param size how many of them are not empty
   */
  public static SlotTable of(Slots slots, int size) {
    if (size < 0 || size > maxSize(slots.capacity())) {
      throw new IllegalArgumentException(size + " keys in " + slots.capacity() + " slots");
    }
    return new SlotTable(slots, size);
  }

  private SlotTable(Slots slots, int size) {
    this.slots = slots;
    this.size = size;
  }

  /** How many keys have a slot. For the thread that changes the table. */
  public int size() {
    return size;
  }

  /** How many slots there are, empty or not. */
  public int capacity() {
    return slots.capacity();
  }

  /** The slots as they are now. Take them anew for each search: a table that has grown has others. */
  public Slots slots() {
    return slots;
  }

  /** The slot of a key, or 0 if it has none. Looks at no more than all slots, whatever another thread does meanwhile. */
  public long find(long hash, Match match) {
    Slots now = slots;
    int position = now.first(hash);
    for (int looked = 0; looked < now.capacity(); looked++) {
      long slot = now.at(position);
      if (slot == 0) {
        return 0;
      }
      if (SlotFormat.matches(slot, hash) && match.at(slot)) {
        return slot;
      }
      position = now.next(position);
    }
    return 0;
  }

  /**
   * Sees to it that the next {@code keys} calls of {@link #put} need no memory. The entries stay the same, so readers need not
   * be kept away.
   *
   * @throws IOException if there is no memory for it; the table is then as before
   */
  public void reserve(int keys) throws IOException {
    long wanted = (long) size + keys;
    Slots old = slots;
    if (wanted <= maxSize(old.capacity())) {
      return;
    }
    Slots grown = Slots.allocate(capacityFor(wanted, grownCapacity(old.capacity())));
    old.forEach(grown::add);
    slots = grown;
  }

  /**
   * Sets where the line of a key stands.
   *
   * @param offset in bytes, from 1 to {@link SlotFormat#MAX_OFFSET}
   * @param length in bytes, with its line feed
   * @return the slot that the key had, or 0
   * @throws UncheckedIOException if the table must grow and there is no memory for it; it is then as before. Never after
   *     {@link #reserve}
   */
  public long put(long hash, long offset, int length, Match match) {
    long slot = SlotFormat.slot(hash, offset, length);
    int position = positionOf(hash, match);
    long old = slots.at(position);
    if (old == 0) {
      if (size + 1 > maxSize(capacity())) {
        grow();
        slots.add(slot);
      } else {
        slots.set(position, slot);
      }
      size++;
    } else {
      slots.set(position, slot);
    }
    return old;
  }

  /** Removes the slot of a key; returns it, or 0 if there was none. */
  public long remove(long hash, Match match) {
    int position = positionOf(hash, match);
    long old = slots.at(position);
    if (old != 0) {
      slots.removeAt(position);
      size--;
    }
    return old;
  }

  /**
   * Puts a slot in the place of another of the same hash, as when a line was copied elsewhere.
   *
   * @return whether {@code oldSlot} was there; if not, nothing is changed
   */
  public boolean replace(long hash, long oldSlot, long newSlot) {
    if (oldSlot == 0
        || SlotFormat.offset(newSlot) == 0
        || !SlotFormat.matches(oldSlot, hash)
        || !SlotFormat.matches(newSlot, hash)) {
      throw new IllegalArgumentException("the slots are not of the same hash");
    }
    int position = positionOf(hash, slot -> slot == oldSlot);
    boolean found = slots.at(position) != 0;
    if (found) {
      slots.set(position, newSlot);
    }
    return found;
  }

  /** Shows each slot that is not empty; takes time for every slot. */
  public void forEach(Slots.Visitor visitor) {
    slots.forEach(visitor);
  }

  /** Where the slot of a key is, or the empty place where the search for it ends. */
  private int positionOf(long hash, Match match) {
    Slots now = slots;
    int position = now.first(hash);
    while (true) {
      long slot = now.at(position);
      if (slot == 0 || (SlotFormat.matches(slot, hash) && match.at(slot))) {
        return position;
      }
      position = now.next(position);
    }
  }

  private void grow() {
    try {
      reserve(1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Three quarters: beyond that, searches for keys that are not there become long. */
  private static int maxSize(int capacity) {
    return (int) (capacity * 3L / 4);
  }

  private static int grownCapacity(int capacity) {
    return Math.toIntExact(capacity * 3L / 2);
  }

  private static int capacityFor(long keys, int least) {
    return Math.toIntExact(Math.max(least, (keys * 4 + 2) / 3));
  }
}
