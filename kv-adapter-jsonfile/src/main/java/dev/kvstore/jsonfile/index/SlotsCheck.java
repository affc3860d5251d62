package dev.kvstore.jsonfile.index;

/** Tells a ring of slots that was kept elsewhere from one in which searches would fail or never end. */
public final class SlotsCheck {

  private static final int STRIDE = 16;

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
    int run = 0;
    while (run < capacity && slots.at(capacity - 1 - run) != 0) {
      // The ring goes on from its end to its begin.
      run++;
    }
    for (int from = 0; run >= 0 && from < capacity; from += STRIDE) {
      run = take(from, Math.min(capacity, from + STRIDE), run);
    }
    return run >= 0;
  }

  /**
   * Takes some slots into account. Called so often that it is compiled when only a few of them were looked at.
   *
   * @param before how many used ones stand before the first without an empty one between
   * @return how many stand so before {@code to}; negative if one of them is not in place
   */
  private int take(int from, int to, int before) {
    int run = before;
    for (int position = from; position < to; position++) {
      long slot = slots.at(position);
      run = slot == 0 ? 0 : run + 1;
      if (slot != 0 && !take(slot, position, run)) {
        return -1;
      }
    }
    return run;
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
