package dev.kvstore.jsonfile.index;

import dev.kvstore.jsonfile.file.Scratch;
import java.io.IOException;
import java.nio.LongBuffer;

/**
 * The memory of a {@link SlotTable} while it has one capacity: a ring of slots, searched from the home of a hash on up to the
 * first empty one. At least a quarter is empty.
 *
 * <p>Any number of threads may read while one changes it. A reader then never fails and never turns for ever, but what it gets
 * holds only if no change came between, which its caller must check. A reader's loop over the slots of a key:
 *
 * <pre>{@code
 * for (int i = slots.first(hash); ; i = slots.next(i)) {
 *   long slot = slots.at(i);
 *   if (slot == 0) {
 *     break; // no such key
 *   }
 *   if (SlotFormat.matches(slot, hash) && isOf(slot, key)) {
 *     return slot;
 *   }
 * }
 * }</pre>
 */
public final class Slots {

  private static final int SLOT_BYTES = Long.BYTES;

  /** What is shown each slot that is not empty. */
  public interface Visitor {

    /** Called once a slot. */
    void visit(long slot);
  }

  private final Scratch memory;
  private final LongBuffer ring;
  private final int capacity;

  /** A ring of as many slots as the memory has room for, at least 2. */
  public Slots(Scratch memory) {
    this.memory = memory;
    this.ring = memory.buffer().asLongBuffer();
    this.capacity = ring.capacity();
  }

  static Slots allocate(int capacity) throws IOException {
    return new Slots(Scratch.allocate(Math.multiplyExact(capacity, SLOT_BYTES)));
  }

  /** The memory: slot after slot, 8 bytes each, little-endian. */
  public Scratch memory() {
    return memory;
  }

  /** How many slots there are, empty or not. */
  public int capacity() {
    return capacity;
  }

  /** Where the search for a hash begins. */
  public int first(long hash) {
    return SlotFormat.home(hash, capacity);
  }

  /** Where a search goes on. */
  public int next(int position) {
    int next = position + 1;
    return next == capacity ? 0 : next;
  }

  /** The slot at a position from {@link #first} or {@link #next}; 0 if it is empty. */
  public long at(int position) {
    return ring.get(position);
  }

  /** Shows each slot that is not empty, in the order of the ring; takes time for every slot. */
  public void forEach(Visitor visitor) {
    for (int i = 0; i < capacity; i++) {
      long slot = ring.get(i);
      if (slot != 0) {
        visitor.visit(slot);
      }
    }
  }

  void set(int position, long slot) {
    ring.put(position, slot);
  }

  /** Puts a slot, whose key has none yet, into the first empty place. */
  void add(long slot) {
    int position = first(slot);
    while (at(position) != 0) {
      position = next(position);
    }
    set(position, slot);
  }

  /**
   * Empties a position and moves the slots behind it up, so that no search ends too early. In this order: a slot is in two
   * places for a moment, never in none.
   */
  void removeAt(int position) {
    int gap = position;
    for (int i = next(gap); ; i = next(i)) {
      long slot = at(i);
      if (slot == 0) {
        break;
      }
      if (distance(first(slot), i) >= distance(gap, i)) {
        set(gap, slot);
        gap = i;
      }
    }
    set(gap, 0);
  }

  /** How many steps it is from one position to another. */
  int distance(int from, int to) {
    int steps = to - from;
    return steps < 0 ? steps + capacity : steps;
  }
}
