package dev.kvstore.jsonfile.order;

import java.nio.IntBuffer;
import java.nio.LongBuffer;

/**
 * Sorts pairs of a signed number and an offset by the number, in place: quicksort that recurses into the smaller part, with
 * pivots that nobody can foresee, and insertion sort for small parts. For one thread.
 */
final class PairSort {

  private static final int INSERTION_MAX = 24;

  private final LongBuffer numbers;
  private final IntBuffer offsets;
  private long random = System.nanoTime() | 1;

  PairSort(LongBuffer numbers, IntBuffer offsets) {
    this.numbers = numbers;
    this.offsets = offsets;
  }

  /** Sorts the pairs from {@code from} up to, and not with, {@code to}. */
  void sort(int from, int to) {
    int low = from;
    int high = to;
    while (high - low > INSERTION_MAX) {
      int middle = partition(low, high);
      if (middle - low < high - middle) {
        sort(low, middle);
        low = middle;
      } else {
        sort(middle, high);
        high = middle;
      }
    }
    insertionSort(low, high);
  }

  /** Hoare's partition: returns m with all of [from, m) at most, and all of [m, to) at least, the pivot; both are not empty. */
  private int partition(int from, int to) {
    long pivot = pivot(from, to);
    int low = from;
    int high = to - 1;
    while (true) {
      while (numbers.get(low) < pivot) {
        low++;
      }
      while (numbers.get(high) > pivot) {
        high--;
      }
      if (low >= high) {
        return low == from ? from + 1 : low;
      }
      swap(low++, high--);
    }
  }

  private long pivot(int from, int to) {
    long a = any(from, to);
    long b = any(from, to);
    long c = any(from, to);
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  }

  private long any(int from, int to) {
    random ^= random << 13;
    random ^= random >>> 7;
    random ^= random << 17;
    return numbers.get(from + (int) Long.remainderUnsigned(random, to - from));
  }

  private void swap(int i, int j) {
    long number = numbers.get(i);
    numbers.put(i, numbers.get(j));
    numbers.put(j, number);
    int offset = offsets.get(i);
    offsets.put(i, offsets.get(j));
    offsets.put(j, offset);
  }

  private void insertionSort(int from, int to) {
    for (int i = from + 1; i < to; i++) {
      long number = numbers.get(i);
      int offset = offsets.get(i);
      int place = i;
      while (place > from && numbers.get(place - 1) > number) {
        numbers.put(place, numbers.get(place - 1));
        offsets.put(place, offsets.get(place - 1));
        place--;
      }
      numbers.put(place, number);
      offsets.put(place, offset);
    }
  }
}
