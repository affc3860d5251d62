package dev.kvstore.bench.report;

import java.util.List;

/**
 * How slow one operation was over time while a store compacted.
 *
 * @param engine the engine
 * @param operation create or read
 * @param slowestMicros the slowest operation that was under way in each tenth of a second, in microseconds
 */
public record Timeline(String engine, String operation, List<Double> slowestMicros) {

  /** Copies {@code slowestMicros}. */
  public Timeline {
    slowestMicros = List.copyOf(slowestMicros);
  }
}
