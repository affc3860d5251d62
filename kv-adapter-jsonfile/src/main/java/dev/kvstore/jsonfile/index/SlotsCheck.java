package dev.kvstore.jsonfile.index;

/** Tells a ring of slots that was kept elsewhere from one in which searches would fail or never end. */
public final class SlotsCheck {

  private static final int STRIDE = 16;

  private final Slots slots;
  private final long firstOffset;
  private final long endOffset;
  /** How many slots are used, by the class of the length. */
  private final int[] used = new int[1 << SlotFormat.CLASS_BITS];

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
        && check.hasUsed(entries, lineBytes);
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
   * Takes some slots into account. Called so often, and so plain, that a process which reads one entry has it compiled soon, and
   * does not wait for it.
   *
   * @param before how many used ones stand before the first without an empty one between
   * @return how many stand so before {@code to}; negative if one of them is not in place
   */
  private int take(int from, int to, int before) {
    int run = before;
    for (int position = from; position < to; position++) {
      long slot = slots.at(position);
      if (slot == 0) {
        run = 0;
        continue;
      }
      run++;
      int lengthClass = SlotFormat.lengthClass(slot);
      used[lengthClass]++;
      long offset = SlotFormat.offset(slot);
      if (slots.distance(slots.first(slot), position) >= run
          || offset < firstOffset
          || offset + SlotFormat.minLengthOf(lengthClass) > endOffset) {
        return -1;
      }
    }
    return run;
  }

  /** No streams: their classes take longer to load than all this takes. */
  private boolean hasUsed(int entries, long lineBytes) {
    long count = 0;
    long least = 0;
    long most = 0;
    for (int lengthClass = 0; lengthClass < used.length; lengthClass++) {
      count += used[lengthClass];
      least += (long) used[lengthClass] * SlotFormat.minLengthOf(lengthClass);
      most += (long) used[lengthClass] * SlotFormat.maxLengthOf(lengthClass);
    }
    return count == entries && least <= lineBytes && lineBytes <= most;
  }
}
