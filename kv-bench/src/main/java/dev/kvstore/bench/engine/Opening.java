package dev.kvstore.bench.engine;

/**
 * How to open a store.
 *
 * @param durability what a write has done on return
 * @param entries how many entries it will hold, for stores that must know
 * @param valueBytes the length of a value, in bytes
 */
public record Opening(Durability durability, long entries, int valueBytes) {

  private static final long MAX_CACHE_BYTES = 256L << 20;

  /** Whether writes are forced. */
  public boolean forced() {
    return durability == Durability.FORCED;
  }

  /** What a store may use for a cache of its own, in bytes: 256 MB, or a quarter of a smaller heap. */
  public static long cacheBytes() {
    return Math.min(MAX_CACHE_BYTES, Runtime.getRuntime().maxMemory() / 4);
  }
}
