package dev.kvstore.bench.work;

import java.util.Locale;
import java.util.Optional;

/**
 * One figure.
 *
 * @param name what was measured, in lower case and dashes
 * @param unit its unit
 * @param value the figure
 */
public record Measure(String name, Unit unit, double value) {

  /** The name of how many entries there were when the time was over; told only if more were asked for. */
  public static final String STOPPED_AT = "stopped-at";

  private static final String LINE = "measure";

  /** The figure as a line of a process's output. */
  public String line() {
    return String.format(Locale.ROOT, "%s %s %s %s", LINE, name, unit.name(), value);
  }

  /** The figure that a line of output tells; empty if it tells none. */
  public static Optional<Measure> ofLine(String line) {
    String[] words = line.split(" ", -1);
    return words.length == 4 && words[0].equals(LINE)
        ? Optional.of(new Measure(words[1], Unit.valueOf(words[2]), Double.parseDouble(words[3])))
        : Optional.empty();
  }
}
