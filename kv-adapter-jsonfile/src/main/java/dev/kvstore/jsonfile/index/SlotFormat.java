package dev.kvstore.jsonfile.index;

import dev.kvstore.jsonfile.log.LogFormat;
import java.util.Arrays;

/**
 * What the 64 bits of a slot say: from the lowest on, 30 bits with the offset of a line, 5 with the class of its length and 29
 * with the highest bits of its key's hash. The slot 0 is empty: at offset 0 stands the header.
 */
public final class SlotFormat {

  /** The highest offset that a slot can hold, in bytes. */
  public static final long MAX_OFFSET = LogFormat.MAX_FILE_BYTES;

  static final int OFFSET_BITS = 30;
  static final int CLASS_BITS = 5;
  static final int HASH_BITS = 29;
  static final int HASH_SHIFT = 64 - HASH_BITS;

  private static final int FIRST_MAX_LENGTH = 64;
  private static final int[] MAX_LENGTHS = maxLengths();

  private SlotFormat() {}

  /** The class of a line of {@code length} bytes, its line feed included: the first whose lines may be that long. */
  public static int lengthClass(int length) {
    if (length < 1 || length > LogFormat.MAX_LINE_BYTES) {
      throw new IllegalArgumentException("no line has " + length + " bytes");
    }
    int found = Arrays.binarySearch(MAX_LENGTHS, length);
    return found >= 0 ? found : -found - 1;
  }

  /** The most bytes of a line of that class, from 0 to 31. */
  public static int maxLengthOf(int lengthClass) {
    return MAX_LENGTHS[lengthClass];
  }

  /** The fewest bytes of a line of that class, from 0 to 31. */
  public static int minLengthOf(int lengthClass) {
    return lengthClass == 0 ? 1 : MAX_LENGTHS[lengthClass - 1] + 1;
  }

  /** A slot for the line of {@code length} bytes at {@code offset}, whose key has that hash. */
  public static long slot(long hash, long offset, int length) {
    if (offset < 1 || offset > MAX_OFFSET) {
      throw new IllegalArgumentException("no slot can hold the offset " + offset);
    }
    return hash >>> HASH_SHIFT << HASH_SHIFT | (long) lengthClass(length) << OFFSET_BITS | offset;
  }

  /** Where the line begins. */
  public static long offset(long slot) {
    return slot & MAX_OFFSET;
  }

  /** The most bytes that the line has. */
  public static int maxLength(long slot) {
    return maxLengthOf(lengthClass(slot));
  }

  /** The fewest bytes that the line has. */
  public static int minLength(long slot) {
    return minLengthOf(lengthClass(slot));
  }

  /** Whether the slot may belong to a key with that hash; for another key about one time in 2^29. */
  public static boolean matches(long slot, long hash) {
    return (slot ^ hash) >>> HASH_SHIFT == 0;
  }

  /** Where in a table of {@code capacity} slots the search for a hash, or for the hash of a slot, begins. */
  static int home(long hash, int capacity) {
    return (int) (((hash >>> HASH_SHIFT) * capacity) >>> HASH_BITS);
  }

  /** The class of the length of the line. */
  static int lengthClass(long slot) {
    return (int) (slot >>> OFFSET_BITS) & (1 << CLASS_BITS) - 1;
  }

  private static int[] maxLengths() {
    int[] lengths = new int[1 << CLASS_BITS];
    int length = FIRST_MAX_LENGTH;
    for (int i = 0; i < lengths.length; i++) {
      lengths[i] = length;
      length = length * 6 / 5;
    }
    lengths[lengths.length - 1] = LogFormat.MAX_LINE_BYTES;
    return lengths;
  }
}
