package dev.kvstore.bench.stats;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The order of competitors by their medians, the best first, and how far it can be trusted: where the spans of two neighbours
 * overlap, another run may well turn them round.
 */
public final class Ranking {

  private static final int PODIUM = 3;

  private final List<Map.Entry<String, Rounds>> order;

  /** Ranks competitors by name; equal medians keep the order of the map. */
  public Ranking(Map<String, Rounds> competitors, boolean moreIsBetter) {
    Comparator<Map.Entry<String, Rounds>> byMedian =
        Comparator.comparingDouble(entry -> entry.getValue().median());
    order = new LinkedHashMap<>(competitors)
        .entrySet().stream()
            .sorted(moreIsBetter ? byMedian.reversed() : byMedian)
            .toList();
  }

  /** The names, the best first. */
  public List<String> names() {
    return order.stream().map(Map.Entry::getKey).toList();
  }

  /** The names of the first three, or of as many as there are. */
  public List<String> firstThree() {
    return names().subList(0, Math.min(PODIUM, order.size()));
  }

  /** Whether the place of a competitor is noise: its span overlaps with the one before or after it. */
  public boolean isNoise(String name) {
    int place = names().indexOf(name);
    return place >= 0 && (overlap(place - 1) || overlap(place));
  }

  /** Whether the order of the first three is noise: any of them overlaps with the next, the third with the fourth too. */
  public boolean isPodiumNoise() {
    for (int place = 0; place < PODIUM; place++) {
      if (overlap(place)) {
        return true;
      }
    }
    return false;
  }

  private boolean overlap(int place) {
    return place >= 0
        && place + 1 < order.size()
        && order.get(place).getValue().overlaps(order.get(place + 1).getValue());
  }
}
