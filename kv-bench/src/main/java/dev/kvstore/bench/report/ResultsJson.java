package dev.kvstore.bench.report;

import dev.kvstore.bench.stats.Rounds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The rows of some runs as a JSON list, an object a row and a row a line. What is read is what was written. */
final class ResultsJson {

  private static final JsonMapper JSON = new JsonMapper();

  private ResultsJson() {}

  /** Writes the file anew: a process that is ended meanwhile leaves the old one. */
  static void write(Path file, List<Run> runs) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".new");
    String rows = of(runs).valueStream().map(JsonNode::toString).collect(Collectors.joining(",\n"));
    Files.writeString(next, "[\n" + rows + "\n]\n", StandardCharsets.UTF_8);
    Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
  }

  /** The runs that a file holds. */
  static List<Run> read(Path file) throws IOException {
    try {
      return ResultRows.runs(JSON.readTree(file));
    } catch (JacksonException | IllegalArgumentException e) {
      throw new IOException(
          file + " does not hold results of this version (" + e.getMessage() + "); move it away",
          e);
    }
  }

  static ArrayNode of(List<Run> runs) {
    ArrayNode rows = JSON.createArrayNode();
    for (Run run : runs) {
      for (Group group : run.groups()) {
        for (Row row : group.rows()) {
          rows.add(object(run.machine(), group, row));
        }
      }
    }
    return rows;
  }

  private static ObjectNode object(Machine machine, Group group, Row row) {
    ObjectNode object = JSON.createObjectNode();
    object.put("work", group.work()).put("measure", group.measure());
    object.put("unit", group.unit().field());
    object.put("valueBytes", group.valueBytes()).put("threads", group.threads());
    object.put("entries", row.entries()).put("entriesOfAll", group.entries());
    object.put("engine", row.engine());
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
    object.put("jdk", machine.jdk()).put("date", machine.date());
    object.put("system", machine.system()).put("processors", machine.processors());
    return object.put("fileSystem", machine.fileSystem());
  }

  private static ObjectNode figures(Rounds rounds) {
    ObjectNode figures = JSON.createObjectNode();
    figures.put("median", rounds.median()).put("min", rounds.min()).put("max", rounds.max());
    ArrayNode all = figures.putArray("rounds");
    rounds.values().forEach(all::add);
    return figures;
  }
}
