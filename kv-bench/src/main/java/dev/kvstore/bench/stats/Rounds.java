package dev.kvstore.bench.stats;

import java.util.List;

/**
 * The figures of one measurement, a round each.
 *
 * @param values in the order of the rounds; at least one
 */
public record Rounds(List<Double> values) {

  /** Copies {@code values}. */
  public Rounds {
    values = List.copyOf(values);
    if (values.isEmpty()) {
      throw new IllegalArgumentException("there is no round");
    }
  }

  /** The middle value; of an even number the mean of the two in the middle. */
  public double median() {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /** The least value. */
  public double min() {
    return values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
  }

  /** The largest value. */
  public double max() {
    return values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
  }

  /** Whether the two spans from min to max have a point in common: then neither can be called the better one. */
  public boolean overlaps(Rounds other) {
    return min() <= other.max() && other.min() <= max();
  }
}
