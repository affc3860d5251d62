package dev.kvstore.bench.run;

import dev.kvstore.bench.report.Group;
import dev.kvstore.bench.report.Row;
import dev.kvstore.bench.stats.Rounds;
import dev.kvstore.bench.work.Measure;
import dev.kvstore.bench.work.Unit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** Collects the figures of the rounds of one measurement, by figure and engine. */
final class Tally {

  /** Says how a row of an engine looks, with its rounds or without. */
  interface Rower extends BiFunction<String, Optional<Rounds>, Row> {}

  private final List<String> engines;
  private final Map<String, Unit> units = new LinkedHashMap<>();
  private final Map<String, Map<String, List<Double>>> figures = new LinkedHashMap<>();

  /** For the engines in the order of the table. */
  Tally(List<String> engines) {
    this.engines = List.copyOf(engines);
  }

  void add(String engine, Measure measure) {
    units.putIfAbsent(measure.name(), measure.unit());
    figures
        .computeIfAbsent(measure.name(), name -> new LinkedHashMap<>())
        .computeIfAbsent(engine, name -> new ArrayList<>())
        .add(measure.value());
  }

  /** A group for each figure; if no engine gave any, one of the given name in which every row says why. */
  List<Group> groups(Case which, String orElse, Rower rower) {
    if (figures.isEmpty()) {
      return List.of(group(which, orElse, Unit.OPERATIONS_PER_SECOND, Map.of(), rower));
    }
    List<Group> groups = new ArrayList<>();
    figures.forEach((name, byEngine) ->
        groups.add(group(which, name, units.getOrDefault(name, Unit.SECONDS), byEngine, rower)));
    return groups;
  }

  private Group group(
      Case which, String measure, Unit unit, Map<String, List<Double>> byEngine, Rower rower) {
    List<Row> rows = engines.stream()
        .map(engine ->
            rower.apply(engine, Optional.ofNullable(byEngine.get(engine)).map(Rounds::new)))
        .toList();
    return new Group(
        which.name(), measure, unit, which.valueBytes(), which.threads(), which.entries(), rows);
  }
}
