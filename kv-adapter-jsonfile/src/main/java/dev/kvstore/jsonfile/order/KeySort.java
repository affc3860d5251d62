package dev.kvstore.jsonfile.order;

import dev.kvstore.core.model.Key;
import dev.kvstore.jsonfile.file.Scratch;
import java.nio.IntBuffer;
import java.nio.LongBuffer;

/**
 * Sorts offsets by the unsigned bytes of their keys, in place: a radix sort from the first byte on, 8 bytes at a time. Beside
 * each offset stands the chunk of its key that is compared now; where chunks are the same, the next ones are read. Takes 8 bytes
 * an offset, off the heap, while it works. For one thread, used once.
 */
final class KeySort {

  /** From so many keys on it pays to look for what they all begin with, and step over it. */
  private static final int PREFIX_MIN = 16;

  private final KeySource keys;
  private final IntBuffer offsets;
  private final KeyChunk key = new KeyChunk();
  private final byte[] first = new byte[Key.MAX_UTF8_BYTES];
  private int duplicates;

  KeySort(KeySource keys, IntBuffer offsets) {
    this.keys = keys;
    this.offsets = offsets;
  }

  /**
   * Sorts the first {@code size} offsets.
   *
   * @return how many are left when of those that have the same key only the highest is kept
   */
  int sort(int size) {
    try (Scratch memory = Memory.of(size, Long.BYTES)) {
      LongBuffer chunks = memory.buffer().asLongBuffer();
      PairSort pairs = new PairSort(chunks, offsets);
      sortByOffset(chunks, pairs, size);
      sort(chunks, pairs, 0, size, 0);
    }
    return duplicates == 0 ? size : dropZeros(size);
  }

  /** So that the keys are read in the order in which they stand in the file. */
  private void sortByOffset(LongBuffer chunks, PairSort pairs, int size) {
    for (int i = 0; i < size; i++) {
      chunks.put(i, offsets.get(i));
    }
    pairs.sort(0, size);
  }

  /** Sorts a part whose keys are the same before {@code depth}; goes no deeper than a key has chunks. */
  private void sort(LongBuffer chunks, PairSort pairs, int from, int to, int depth) {
    int start = to - from < PREFIX_MIN ? depth : commonPrefix(from, to, depth);
    for (int i = from; i < to; i++) {
      key.load(keys, offsets.get(i));
      chunks.put(i, key.at(start));
    }
    pairs.sort(from, to);
    int group = from;
    while (group < to) {
      long chunk = chunks.get(group);
      int end = group + 1;
      while (end < to && chunks.get(end) == chunk) {
        end++;
      }
      if (end - group > 1) {
        if (KeyChunk.isLast(chunk)) {
          keepHighest(group, end);
        } else {
          sort(chunks, pairs, group, end, start + KeyChunk.BYTES);
        }
      }
      group = end;
    }
  }

  /** How many bytes the keys of a part share; they share {@code depth} at least. */
  private int commonPrefix(int from, int to, int depth) {
    int common = keys.guessAt(offsets.get(from), first);
    for (int i = from + 1; i < to && common > depth; i++) {
      key.guess(keys, offsets.get(i));
      common = key.commonPrefix(first, common);
    }
    return common;
  }

  private void keepHighest(int from, int to) {
    for (int i = from + 1; i < to; i++) {
      offsets.put(from, Math.max(offsets.get(from), offsets.get(i)));
      offsets.put(i, 0);
    }
    duplicates += to - from - 1;
  }

  private int dropZeros(int size) {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      int offset = offsets.get(i);
      if (offset != 0) {
        offsets.put(kept++, offset);
      }
    }
    return kept;
  }
}
