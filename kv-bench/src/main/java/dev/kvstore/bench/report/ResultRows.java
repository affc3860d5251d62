package dev.kvstore.bench.report;

import dev.kvstore.bench.engine.Role;
import dev.kvstore.bench.stats.Rounds;
import dev.kvstore.bench.work.Unit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The way back from the rows of results.json to the runs that they came from. */
final class ResultRows {

  private ResultRows() {}

  /**
   * The runs of some rows.
   *
   * @throws IllegalArgumentException if a row has not the fields of this version
   * @throws tools.jackson.core.JacksonException likewise
   */
  static List<Run> runs(JsonNode rows) {
    Map<Machine, Map<Group, List<Row>>> runs = new LinkedHashMap<>();
    for (JsonNode row : rows.asArray()) {
      Unit unit = unit(text(row, "unit"));
      runs.computeIfAbsent(machine(row), machine -> new LinkedHashMap<>())
          .computeIfAbsent(group(row, unit), group -> new ArrayList<>())
          .add(row(row, unit));
    }
    List<Run> all = new ArrayList<>();
    runs.forEach((machine, groups) -> {
      List<Group> whole = new ArrayList<>();
      groups.forEach((group, its) -> whole.add(group.with(its)));
      all.add(new Run(machine, whole));
    });
    return all;
  }

  private static Machine machine(JsonNode row) {
    return new Machine(
        text(row, "date"),
        text(row, "jdk"),
        text(row, "system"),
        row.required("processors").intValue(),
        text(row, "fileSystem"));
  }

  private static Group group(JsonNode row, Unit unit) {
    return new Group(
        text(row, "work"),
        text(row, "measure"),
        unit,
        row.required("valueBytes").intValue(),
        row.required("threads").intValue(),
        row.required("entriesOfAll").longValue(),
        List.of());
  }

  private static Row row(JsonNode row, Unit unit) {
    return new Row(
        text(row, "engine"),
        Role.valueOf(text(row, "role").toUpperCase(Locale.ROOT)),
        row.required("entries").longValue(),
        Optional.ofNullable(row.get(unit.field())).map(ResultRows::rounds),
        Optional.ofNullable(row.get("forcesPerOperation")).map(JsonNode::doubleValue),
        text(row, "settings"),
        row.has("note") ? text(row, "note") : "");
  }

  private static Rounds rounds(JsonNode figures) {
    List<Double> rounds = new ArrayList<>();
    figures.required("rounds").asArray().forEach(round -> rounds.add(round.doubleValue()));
    return new Rounds(rounds);
  }

  private static Unit unit(String field) {
    return Arrays.stream(Unit.values())
        .filter(unit -> unit.field().equals(field))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no unit " + field));
  }

  private static String text(JsonNode row, String field) {
    return row.required(field).stringValue();
  }
}
