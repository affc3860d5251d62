package dev.kvstore.jsonfile.index;

/** Tells a ring of slots that was kept elsewhere from one in which searches would fail or never end. */
public final class SlotsCheck {

  private final Slots slots;
  private final long firstOffset;
  private final long endOffset;
  private int used;
  private long leastBytes;
  private long mostBytes;

  private SlotsCheck(Slots slots, long firstOffset, long endOffset) {
    this.slots = slots;
    this.firstOffset = firstOffset;
    this.endOffset = endOffset;
  }

  /**
   * Whether a table can have left the ring so: as many slots are used as it says, and at most three quarters; there is none empty
   * between the home of a slot and its place; and the lines lie in the part of the file that it knows, and can have as many bytes
   * as it says. Takes time for every slot and reads no line.
   *
   * @param entries how many slots are used
   * @param lineBytes how many bytes their lines have
   * @param firstOffset where the first line of the file begins
   * @param endOffset behind the last line that the table knows
   */
  public static boolean isSound(
      Slots slots, int entries, long lineBytes, long firstOffset, long endOffset) {
    SlotsCheck check = new SlotsCheck(slots, firstOffset, endOffset);
    return entries <= slots.capacity() * 3L / 4
        && check.everySlotIsInPlace()
        && check.used == entries
        && check.leastBytes <= lineBytes
        && lineBytes <= check.mostBytes;
  }

  private boolean everySlotIsInPlace() {
    int capacity = slots.capacity();
    int start = 0;
    while (start < capacity && slots.at(start) != 0) {
      start++;
    }
    if (start == capacity) {
      return false;
    }
    int run = 0;
    for (int looked = 1, position = slots.next(start); looked < capacity; looked++) {
      long slot = slots.at(position);
      run = slot == 0 ? 0 : run + 1;
      if (slot != 0 && !take(slot, position, run)) {
        return false;
      }
      position = slots.next(position);
    }
    return true;
  }

  /** Takes a slot into account: the last of {@code run} ones without an empty one between. */
  private boolean take(long slot, int position, int run) {
    used++;
    leastBytes += SlotFormat.minLength(slot);
    mostBytes += SlotFormat.maxLength(slot);
    return slots.distance(slots.first(slot), position) < run
        && SlotFormat.offset(slot) >= firstOffset
        && SlotFormat.offset(slot) + SlotFormat.minLength(slot) <= endOffset;
  }
}
