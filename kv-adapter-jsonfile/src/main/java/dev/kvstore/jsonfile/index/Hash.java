package dev.kvstore.jsonfile.index;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Hashes of keys: 64 bits, from a multiplication of 64 by 64 bits for each 16 bytes, whose two halves are mixed. Every bit of
 * the key and of the seed bears on every bit of the hash. The seed is drawn at random for each index, so nobody who chooses
 * keys can know which of them meet. No cryptographic hash. Immutable.
 */
public final class Hash {

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  // Odd, half of the bits set, no pattern: hexadecimal digits of pi from the 1st and the 17th on.
  private static final long FIRST = 0x243f6a8885a308d3L;
  private static final long SECOND = 0x13198a2e03707345L;

  private static final int STRIDE = 2 * Long.BYTES;

  private final long seed;

  /** Hashes with a seed; others with the same one give the same hashes, on every machine. */
  public Hash(long seed) {
    this.seed = seed;
  }

  /** Hashes with a seed that those who choose keys do not know; a strong source of them would take longer to start than a store. */
  public static Hash random() {
    return new Hash(ThreadLocalRandom.current().nextLong() ^ System.nanoTime());
  }

  /** What to make an equal one of. */
  public long seed() {
    return seed;
  }

  /** The hash of a whole array. */
  public long of(byte[] bytes) {
    return of(bytes, 0, bytes.length);
  }

  /**
   * The hash of the bytes from {@code from} up to {@code to}.
   *
   * @throws IndexOutOfBoundsException if they are not all in the array
   */
  public long of(byte[] bytes, int from, int to) {
    int length = to - from;
    long state = mix(seed ^ FIRST, SECOND);
    int at = from;
    while (to - at > STRIDE) {
      state = mix(word(bytes, at) ^ SECOND, word(bytes, at + Long.BYTES) ^ state);
      at += STRIDE;
    }
    // The last 16 bytes, or all there are; where two words overlap, the length tells them apart.
    long low;
    long high;
    int left = to - at;
    if (left >= Long.BYTES) {
      low = word(bytes, at);
      high = word(bytes, to - Long.BYTES);
    } else if (left >= Integer.BYTES) {
      low = half(bytes, at);
      high = half(bytes, to - Integer.BYTES);
    } else if (left > 0) {
      low = (bytes[at] & 0xffL) << 16
          | (bytes[at + (left >> 1)] & 0xffL) << 8
          | (bytes[to - 1] & 0xffL);
      high = 0;
    } else {
      low = 0;
      high = 0;
    }
    return mix(FIRST ^ length, mix(low ^ FIRST, high ^ state) ^ SECOND);
  }

  /** Both halves of the 128-bit product, unsigned, in one. */
  private static long mix(long a, long b) {
    long high = Math.multiplyHigh(a, b) + (a >> 63 & b) + (b >> 63 & a);
    return high ^ a * b;
  }

  private static long word(byte[] bytes, int at) {
    return (long) LONG.get(bytes, at);
  }

  private static long half(byte[] bytes, int at) {
    return (int) INT.get(bytes, at) & 0xffff_ffffL;
  }
}
