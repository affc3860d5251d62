package dev.kvstore.bench.report;

import dev.kvstore.bench.engine.Role;
import dev.kvstore.bench.stats.Ranking;
import dev.kvstore.bench.stats.Rounds;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The groups as Markdown: one summary with a line a group, then a table a group with a line an engine. */
final class MarkdownTable {

  private static final String NONE = "";

  private final StringBuilder text = new StringBuilder();

  private MarkdownTable() {}

  /** The whole report of some runs, their works in the given order. */
  static String of(List<Run> runs, List<String> works, List<String> remarks) {
    MarkdownTable table = new MarkdownTable();
    List<Group> groups = Run.groups(runs, works);
    table.machines(runs);
    remarks.forEach(remark -> table.text.append(remark).append("\n\n"));
    table.summary(groups);
    groups.forEach(table::details);
    table.settings(groups);
    return table.text.toString();
  }

  /** Where and when; of several runs, each with its works. */
  private void machines(List<Run> runs) {
    for (Run run : runs) {
      text.append(run.machine().text());
      if (runs.size() > 1) {
        text.append(": ").append(run.works().collect(Collectors.joining(", ")));
      }
      text.append("\n\n");
    }
  }

  private void summary(List<Group> groups) {
    text.append("""
        Ratios above 1.00 x mean better than the other, whatever the unit. `~`: the spans from the least to the largest round
        overlap with a neighbour's, so the order is noise.

        """);
    line(
        "work",
        "unit",
        "jsonfile",
        "h2",
        "best peer",
        "jsonfile : best peer",
        "h2 : best peer",
        "limit",
        "jsonfile : limit",
        "first three");
    line("---", "---", "---:", "---:", "---:", "---:", "---:", "---:", "---:", "---");
    for (Group group : groups) {
      Optional<Row> jsonfile = group.row("jsonfile");
      Optional<Row> h2 = group.row("h2");
      line(
          group.title(),
          group.unit().text(),
          median(jsonfile),
          median(h2),
          group
              .bestPeer()
              .map(row -> row.engine() + " " + median(Optional.of(row)))
              .orElse(NONE),
          ratio(group, jsonfile, group.bestPeer()),
          ratio(group, h2, group.bestPeer()),
          named(group.limit()),
          ratio(group, jsonfile, group.limit()),
          firstThree(group.ranking()));
    }
    text.append('\n');
  }

  private void details(Group group) {
    text.append("### ")
        .append(group.title())
        .append(" (")
        .append(group.unit().text())
        .append(")\n\n");
    Ranking ranking = group.ranking();
    line("engine", "median", "min", "max", "jsonfile : it", "h2 : it", "forces/op", "note");
    line("---", "---:", "---:", "---:", "---:", "---:", "---:", "---");
    for (Row row : group.rows()) {
      Optional<Rounds> rounds = row.rounds();
      line(
          row.engine() + (row.role() == Role.LIMIT ? " (limit)" : ""),
          median(Optional.of(row)) + (ranking.isNoise(row.engine()) ? " ~" : ""),
          rounds.map(figures -> Figures.text(figures.min())).orElse(NONE),
          rounds.map(figures -> Figures.text(figures.max())).orElse(NONE),
          ratio(group, group.row("jsonfile"), Optional.of(row)),
          ratio(group, group.row("h2"), Optional.of(row)),
          row.forcesPerOperation().map(Figures::text).orElse(NONE),
          note(group, row));
    }
    text.append('\n');
  }

  private void settings(List<Group> groups) {
    text.append("### Settings\n\n");
    line("engine", "settings");
    line("---", "---");
    groups.stream()
        .flatMap(group -> group.rows().stream())
        .filter(row -> row.rounds().isPresent())
        .map(row -> List.of(row.engine(), row.settings()))
        .distinct()
        .forEach(pair -> line(pair.get(0), pair.get(1)));
  }

  private static String note(Group group, Row row) {
    return row.entries() == group.entries()
        ? row.note()
        : "only " + row.entries() + " entries, not ranked"
            + (row.note().isEmpty() ? "" : "; " + row.note());
  }

  private static String firstThree(Ranking ranking) {
    String names = ranking.firstThree().stream()
        .map(name -> ranking.isNoise(name) ? name + " ~" : name)
        .collect(Collectors.joining(", "));
    return ranking.isPodiumNoise() ? names + " (order is noise)" : names;
  }

  private static String named(Optional<Row> row) {
    return row.map(there -> there.engine() + " " + median(row)).orElse(NONE);
  }

  private static String median(Optional<Row> row) {
    return row.flatMap(Row::rounds).map(rounds -> Figures.text(rounds.median())).orElse(NONE);
  }

  private static String ratio(Group group, Optional<Row> row, Optional<Row> other) {
    return row.flatMap(one -> group.ratio(one, other)).map(Figures::ratio).orElse(NONE);
  }

  private void line(String... cells) {
    text.append('|');
    for (String cell : cells) {
      text.append(' ').append(cell.replace("|", "\\|").replace('\n', ' ')).append(" |");
    }
    text.append('\n');
  }
}
