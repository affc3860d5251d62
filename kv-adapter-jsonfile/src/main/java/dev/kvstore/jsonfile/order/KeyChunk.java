package dev.kvstore.jsonfile.order;

import dev.kvstore.core.model.Key;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A buffer for one key at a time, which can be taken apart in chunks of 8 bytes. For one thread. */
final class KeyChunk {

  /** The bytes of a chunk. */
  static final int BYTES = Long.BYTES;

  private static final VarHandle BIG_ENDIAN =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /** The key, and zeros up to where a chunk that begins within it may reach. */
  private final byte[] key = new byte[Key.MAX_UTF8_BYTES + BYTES];

  private int length;

  /** Takes in the key of a line. */
  void load(KeySource keys, long offset) {
    length = keys.keyAt(offset, key);
  }

  /** Takes in the key of a line that may be damaged; see {@link KeySource#guessAt}. */
  void guess(KeySource keys, long offset) {
    length = keys.guessAt(offset, key);
  }

  byte[] bytes() {
    return key;
  }

  int length() {
    return length;
  }

  /**
   * The key's bytes from {@code depth} on, filled up with zeros, as a number that sorts, signed, as the bytes do. Its lowest
   * byte is 0 just if the key ends within it, so two keys that share all before and such a chunk are the same.
   */
  long at(int depth) {
    if (depth >= length) {
      return Long.MIN_VALUE;
    }
    BIG_ENDIAN.set(key, length, 0L);
    return (long) BIG_ENDIAN.get(key, depth) ^ Long.MIN_VALUE;
  }

  /** Whether a key ends within {@code chunk}. */
  static boolean isLast(long chunk) {
    return (byte) chunk == 0;
  }

  /** Compares the key with the first {@code otherLength} bytes of another, by unsigned bytes. */
  int compareTo(byte[] other, int otherLength) {
    return Arrays.compareUnsigned(key, 0, length, other, 0, otherLength);
  }

  /** How many bytes the key has in common with the first {@code limit} bytes of another. */
  int commonPrefix(byte[] other, int limit) {
    int mismatch = Arrays.mismatch(key, 0, Math.min(length, limit), other, 0, limit);
    return mismatch < 0 ? limit : mismatch;
  }
}
