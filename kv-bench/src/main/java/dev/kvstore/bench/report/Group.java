package dev.kvstore.bench.report;

import dev.kvstore.bench.engine.Role;
import dev.kvstore.bench.stats.Ranking;
import dev.kvstore.bench.stats.Rounds;
import dev.kvstore.bench.work.Unit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * One measurement over all engines: the rows that may be compared with each other.
 *
 * @param work the name of the work
 * @param measure what was measured
 * @param unit its unit
 * @param valueBytes the length of a value, in bytes
 * @param threads how many threads worked
 * @param entries how many entries there were
 * @param rows a row an engine
 */
public record Group(
    String work,
    String measure,
    Unit unit,
    int valueBytes,
    int threads,
    long entries,
    List<Row> rows) {

  /** Copies {@code rows}. */
  public Group {
    rows = List.copyOf(rows);
  }

  /** The engines that did the same work on the same number of entries, limits left out, in order. */
  public Ranking ranking() {
    return new Ranking(figures(row -> row.role() != Role.LIMIT), unit.moreIsBetter());
  }

  /** The best row of the peers; empty if none has figures. */
  public Optional<Row> bestPeer() {
    return best(row -> row.role() == Role.PEER);
  }

  /** The best row of the limits; empty if none has figures. */
  public Optional<Row> limit() {
    return best(row -> row.role() == Role.LIMIT);
  }

  /** How many times as good a row is as another, by the medians: above 1 it is the better one, whatever the unit. */
  public Optional<Double> ratio(Row row, Optional<Row> other) {
    if (row.rounds().isEmpty() || other.isEmpty() || other.get().rounds().isEmpty()) {
      return Optional.empty();
    }
    double quotient = row.rounds().get().median() / other.get().rounds().get().median();
    return Optional.of(unit.moreIsBetter() ? quotient : 1 / quotient);
  }

  /** The row of an engine; empty if it has none. */
  public Optional<Row> row(String engine) {
    return rows.stream().filter(row -> row.engine().equals(engine)).findFirst();
  }

  /** The same measurement with other rows. */
  Group with(List<Row> others) {
    return new Group(work, measure, unit, valueBytes, threads, entries, others);
  }

  /** The settings of the measurement in words. */
  public String title() {
    StringBuilder title = new StringBuilder(work);
    if (!measure.equals("throughput")) {
      title.append(", ").append(measure);
    }
    if (valueBytes > 0) {
      title.append(", ").append(valueBytes).append(" B");
    }
    if (threads > 0) {
      title.append(", ").append(threads).append(threads == 1 ? " thread" : " threads");
    }
    if (entries > 0) {
      title.append(", ").append(entries).append(" entries");
    }
    return title.toString();
  }

  private Optional<Row> best(Predicate<Row> which) {
    return new Ranking(figures(which), unit.moreIsBetter())
        .names().stream().findFirst().flatMap(this::row);
  }

  private Map<String, Rounds> figures(Predicate<Row> which) {
    Map<String, Rounds> figures = new LinkedHashMap<>();
    rows.stream()
        .filter(which)
        .filter(row -> row.entries() == entries)
        .forEach(row -> row.rounds().ifPresent(rounds -> figures.put(row.engine(), rounds)));
    return figures;
  }
}
