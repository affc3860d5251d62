package dev.kvstore.bench.report;

import dev.kvstore.bench.stats.Rounds;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The rows as a JSON list, an object a row. */
public final class ResultsJson {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private ResultsJson() {}

  /** Writes the file anew. */
  public static void write(Path file, Machine machine, List<Group> groups) {
    JSON.writeValue(file, of(machine, groups));
  }

  static ArrayNode of(Machine machine, List<Group> groups) {
    ArrayNode rows = JSON.createArrayNode();
    for (Group group : groups) {
      for (Row row : group.rows()) {
        rows.add(object(machine, group, row));
      }
    }
    return rows;
  }

  private static ObjectNode object(Machine machine, Group group, Row row) {
    ObjectNode object = JSON.createObjectNode();
    object.put("work", group.work()).put("measure", group.measure());
    object.put("valueBytes", group.valueBytes()).put("threads", group.threads());
    object.put("entries", row.entries()).put("engine", row.engine());
    object.put("role", row.role().name().toLowerCase(Locale.ROOT));
    row.rounds().ifPresent(rounds -> object.set(group.unit().field(), figures(rounds)));
    group.ratio(row, group.bestPeer()).ifPresent(ratio -> object.put("ratioToBestPeer", ratio));
    group.ratio(row, group.limit()).ifPresent(ratio -> object.put("ratioToLimit", ratio));
    if (row.rounds().isPresent()) {
      object.put("noise", group.ranking().isNoise(row.engine()));
    }
    row.forcesPerOperation().ifPresent(forces -> object.put("forcesPerOperation", forces));
    object.put("settings", row.settings());
    if (!row.note().isEmpty()) {
      object.put("note", row.note());
    }
    return object.put("jdk", machine.jdk()).put("date", machine.date());
  }

  private static ObjectNode figures(Rounds rounds) {
    ObjectNode figures = JSON.createObjectNode();
    figures.put("median", rounds.median()).put("min", rounds.min()).put("max", rounds.max());
    ArrayNode all = figures.putArray("rounds");
    rounds.values().forEach(all::add);
    return figures;
  }
}
