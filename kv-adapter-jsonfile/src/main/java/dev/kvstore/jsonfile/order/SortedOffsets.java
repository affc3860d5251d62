package dev.kvstore.jsonfile.order;

import dev.kvstore.jsonfile.file.Scratch;
import java.nio.IntBuffer;

/**
 * A run: offsets of lines in the order of their keys, each key once, 4 bytes each. Immutable, for any number of threads, until
 * it is closed.
 */
final class SortedOffsets implements AutoCloseable {

  private final Scratch memory;
  private final IntBuffer offsets;
  private final int size;

  /** Takes over memory whose first {@code size} numbers are the offsets. */
  SortedOffsets(Scratch memory, int size) {
    this.memory = memory;
    this.offsets = memory.buffer().asIntBuffer();
    this.size = size;
  }

  /** The run of no keys. */
  static SortedOffsets empty() {
    return new SortedOffsets(Memory.of(1, Integer.BYTES), 0);
  }

  int size() {
    return size;
  }

  /** The offset in a place from 0 up to, and not with, {@link #size}. */
  int get(int place) {
    return offsets.get(place);
  }

  void copy(int from, int to, IntBuffer into, int place) {
    into.put(place, offsets, from, to - from);
  }

  /**
   * The place of the first key, from place {@code from} on, that is not less than another; {@link #size} if there is none. Looks
   * near {@code from} first: reads twice as many keys as the logarithm of the distance.
   *
   * @param key used for the keys that are read
   */
  int search(KeySource keys, byte[] wanted, int length, int from, KeyChunk key) {
    int low = from;
    int step = 1;
    while (step <= size - low && isLess(keys, low + step - 1, wanted, length, key)) {
      low += step;
      step <<= 1;
    }
    int place = search(keys, wanted, length, low, Math.min(size, low + step - 1), key);
    requireIntact(keys, place, from, key);
    return place;
  }

  /** The place of the first key of all that is not less than another; {@link #size} if there is none. */
  int searchAll(KeySource keys, byte[] wanted, int length, KeyChunk key) {
    int place = search(keys, wanted, length, 0, size, key);
    requireIntact(keys, place, 0, key);
    return place;
  }

  private int search(KeySource keys, byte[] wanted, int length, int from, int to, KeyChunk key) {
    int low = from;
    int high = to;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (isLess(keys, middle, wanted, length, key)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * The run is in order: two intact neighbours prove the place between them, whatever damage was read on the way.
   *
   * @param from the least place that is possible
   */
  private void requireIntact(KeySource keys, int place, int from, KeyChunk key) {
    if (place > from) {
      key.load(keys, get(place - 1));
    }
    if (place < size) {
      key.load(keys, get(place));
    }
  }

  private boolean isLess(KeySource keys, int place, byte[] wanted, int length, KeyChunk key) {
    key.guess(keys, get(place));
    return key.compareTo(wanted, length) < 0;
  }

  @Override
  public void close() {
    memory.close();
  }
}
