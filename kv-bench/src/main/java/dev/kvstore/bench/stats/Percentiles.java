package dev.kvstore.bench.stats;

import java.util.Arrays;

/** The exact percentiles of a set of values, by the nearest rank. */
public final class Percentiles {

  private final long[] sorted;

  /** Copies {@code values}. */
  public Percentiles(long[] values) {
    sorted = values.clone();
    Arrays.sort(sorted);
  }

  /**
   * The least value that at least {@code percent} of all values do not exceed; 0 if there are none.
   *
   * @param percent more than 0, at most 100
   */
  public long at(double percent) {
    if (sorted.length == 0) {
      return 0;
    }
    // The small term keeps 99.9 % of 1000 at rank 999, whatever binary fractions make of it.
    int rank = (int) Math.ceil(percent * sorted.length / 100 - 1e-9);
    return sorted[Math.max(1, rank) - 1];
  }
}
