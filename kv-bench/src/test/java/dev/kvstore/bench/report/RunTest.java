package dev.kvstore.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.bench.engine.Role;
import dev.kvstore.bench.stats.Rounds;
import dev.kvstore.bench.work.Unit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunTest {

  private static final Machine MONDAY =
      new Machine("2025-01-06T00:00:00Z", "17", "Linux", 2, "ext4");
  private static final Machine TUESDAY =
      new Machine("2025-01-07T00:00:00Z", "25", "Linux", 2, "ext4");
  private static final List<String> WORKS = List.of("create-unforced", "random-read");

  @TempDir
  private Path directory;

  private static Group group(String work, double figure) {
    Row with = new Row(
        "jsonfile",
        Role.OURS,
        90,
        Optional.of(new Rounds(List.of(figure, figure + 1))),
        Optional.of(0.5),
        "as it is",
        "the time was over");
    Row without =
        new Row("lmdb", Role.PEER, 100, Optional.empty(), Optional.empty(), "so", "cannot");
    return new Group(
        work, "throughput", Unit.OPERATIONS_PER_SECOND, 1_024, 1, 100, List.of(with, without));
  }

  @Test
  void whatIsWrittenIsReadToTheLast() throws IOException {
    List<Run> runs = List.of(
        new Run(MONDAY, List.of(group("random-read", 1))),
        new Run(TUESDAY, List.of(group("create-unforced", 2), group("random-list", 3))));
    Path file = directory.resolve("results.json");
    ResultsJson.write(file, runs);
    assertEquals(runs, ResultsJson.read(file));
  }

  @Test
  void runsOfPartsAddUpAndTheLaterOneCounts() throws IOException {
    write(MONDAY, group("random-read", 1), group("create-unforced", 1));
    write(TUESDAY, group("random-read", 5));
    List<Run> runs = ResultsJson.read(directory.resolve("results.json"));
    assertEquals(
        List.of(
            new Run(MONDAY, List.of(group("create-unforced", 1))),
            new Run(TUESDAY, List.of(group("random-read", 5)))),
        runs);
    String table = Files.readString(directory.resolve("table.md"));
    assertTrue(table.contains("ext4: create-unforced\n"), table);
    assertTrue(table.indexOf("### create-unforced") < table.indexOf("### random-read"), table);
    assertTrue(table.contains("only 90 entries, not ranked; the time was over"), table);
  }

  @Test
  void otherFilesAreNotOverwritten() throws IOException {
    Files.writeString(directory.resolve("results.json"), "[{\"work\":\"x\"}]");
    assertThrows(IOException.class, () -> new Report(directory, MONDAY, WORKS));
  }

  private void write(Machine machine, Group... groups) throws IOException {
    new Report(directory, machine, WORKS).write(directory, List.of(), List.of(groups), List.of());
  }
}
