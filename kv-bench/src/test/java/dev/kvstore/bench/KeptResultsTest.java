package dev.kvstore.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.bench.report.Machine;
import dev.kvstore.bench.report.Report;
import dev.kvstore.bench.run.Programme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the repository shows of measurements is what was measured. */
class KeptResultsTest {

  private static final Path KEPT = Path.of("results");
  private static final Path QUICK = KEPT.resolve("quick");

  @ParameterizedTest
  @ValueSource(strings = {"", "quick"})
  void theTableIsThatOfTheResults(String part) throws IOException {
    Path directory = KEPT.resolve(part);
    Report kept = new Report(directory, new Machine("", "", "", 0, ""), Programme.names());
    assertEquals(Files.readString(directory.resolve("table.md")), kept.table(List.of(), List.of()));
  }

  /** Every line of the summary, in its order: so also where a peer leads. */
  @Test
  void theReadmeShowsTheWholeSummaryOfAQuickRun() throws IOException {
    List<String> quick = Files.readAllLines(QUICK.resolve("table.md"));
    String readme = Files.readString(Path.of("../README.md"));
    assertEquals(summary(quick), summary(readme.lines().toList()));
    assertTrue(readme.contains(quick.get(0)), "when and where it was measured: " + quick.get(0));
  }

  private static List<String> summary(List<String> lines) {
    return lines.stream()
        .dropWhile(line -> !line.startsWith("| work | unit |"))
        .takeWhile(line -> !line.isEmpty())
        .toList();
  }
}
