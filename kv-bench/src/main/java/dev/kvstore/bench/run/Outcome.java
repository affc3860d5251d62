package dev.kvstore.bench.run;

import dev.kvstore.bench.work.Measure;
import java.util.List;
import java.util.Optional;

/**
 * What came of one process.
 *
 * @param measures the figures that it told, and the time to its mark if it set one
 * @param failure why it failed; empty if it did not
 */
record Outcome(List<Measure> measures, Optional<String> failure) {

  static Outcome of(List<Measure> measures) {
    return new Outcome(List.copyOf(measures), Optional.empty());
  }

  static Outcome failed(String why) {
    return new Outcome(List.of(), Optional.of(why));
  }
}
