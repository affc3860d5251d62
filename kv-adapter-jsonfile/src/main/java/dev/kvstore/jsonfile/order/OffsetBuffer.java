package dev.kvstore.jsonfile.order;

import dev.kvstore.jsonfile.file.Scratch;
import java.nio.IntBuffer;

/** Offsets one behind the other, 4 bytes each, in memory that grows. For one thread. */
final class OffsetBuffer implements AutoCloseable {

  private static final int MIN_CAPACITY = 256;

  private Scratch memory;
  private IntBuffer offsets;
  private int size;

  /** An empty one with room for {@code capacity} offsets to begin with. */
  OffsetBuffer(int capacity) {
    memory = Memory.of(Math.max(capacity, MIN_CAPACITY), Integer.BYTES);
    offsets = memory.buffer().asIntBuffer();
  }

  /** Adds an offset from 1 up to 2^31 - 1. */
  void add(long offset) {
    if (size == offsets.capacity()) {
      grow();
    }
    offsets.put(size++, Math.toIntExact(offset));
  }

  /** Adds the offsets of {@code run} from {@code from} up to, and not with, {@code to}. */
  void addAll(SortedOffsets run, int from, int to) {
    while (offsets.capacity() - size < to - from) {
      grow();
    }
    run.copy(from, to, offsets, size);
    size += to - from;
  }

  int size() {
    return size;
  }

  /** The offsets, in the first {@link #size} places; until the next one is added. */
  IntBuffer offsets() {
    return offsets;
  }

  /** Sorts them by key and makes them a run, each key once, with the highest of its offsets. This buffer is then of no more use. */
  SortedOffsets sorted(KeySource keys) {
    size = new KeySort(keys, offsets).sort(size);
    return inOrder();
  }

  /** Makes them a run, as they are sorted already. This buffer is then of no more use. */
  SortedOffsets inOrder() {
    return new SortedOffsets(memory, size);
  }

  @Override
  public void close() {
    memory.close();
  }

  private void grow() {
    Scratch larger =
        Memory.of(Math.addExact(offsets.capacity(), offsets.capacity() / 2), Integer.BYTES);
    IntBuffer copy = larger.buffer().asIntBuffer();
    copy.put(0, offsets, 0, size);
    memory.close();
    memory = larger;
    offsets = copy;
  }
}
