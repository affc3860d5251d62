package dev.kvstore.bench.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Results, table and plots in a directory. Runs of parts of the programme add up there. */
public final class Report {

  private static final String RESULTS = "results.json";

  private final Machine machine;
  private final List<String> works;
  private final List<Run> earlier;

  /**
   * A report of one more run on what is in the directory; reads it now.
   *
   * @param works the names of all works, in the order of the table
   * @throws IOException if there are results that cannot be read
   */
  public Report(Path directory, Machine machine, List<String> works) throws IOException {
    this.machine = machine;
    this.works = List.copyOf(works);
    Path results = directory.resolve(RESULTS);
    this.earlier = Files.exists(results) ? ResultsJson.read(results) : List.of();
  }

  /** A report of one run alone. */
  public Report(Machine machine, List<String> works) {
    this.machine = machine;
    this.works = List.copyOf(works);
    this.earlier = List.of();
  }

  /** The table of all runs. */
  public String table(List<String> remarks, List<Group> groups) {
    return MarkdownTable.of(new Run(machine, groups).after(earlier), works, remarks);
  }

  /** Writes all runs into a directory: the earlier ones, and what this one has measured so far. */
  public void write(
      Path directory, List<String> remarks, List<Group> groups, List<Timeline> timelines)
      throws IOException {
    List<Run> runs = new Run(machine, groups).after(earlier);
    Files.createDirectories(directory);
    ResultsJson.write(directory.resolve(RESULTS), runs);
    Files.writeString(
        directory.resolve("table.md"),
        MarkdownTable.of(runs, works, remarks),
        StandardCharsets.UTF_8);
    Plots.write(directory, Run.groups(runs, works), timelines);
  }
}
