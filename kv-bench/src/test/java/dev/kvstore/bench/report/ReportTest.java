package dev.kvstore.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.bench.engine.Role;
import dev.kvstore.bench.stats.Rounds;
import dev.kvstore.bench.work.Unit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ReportTest {

  private static final Machine MACHINE =
      new Machine("2025-01-01T00:00:00Z", "17", "Linux", 2, "ext4");

  private static Row row(String engine, Role role, long entries, double... rounds) {
    Optional<Rounds> figures = rounds.length == 0
        ? Optional.empty()
        : Optional.of(new Rounds(Arrays.stream(rounds).boxed().toList()));
    return new Row(
        engine,
        role,
        entries,
        figures,
        Optional.empty(),
        "as it is",
        rounds.length == 0 ? "it | cannot" : "");
  }

  private static Group group(Unit unit) {
    return new Group(
        "random-read",
        "throughput",
        unit,
        1_024,
        1,
        100,
        List.of(
            row("jsonfile", Role.OURS, 100, 300, 310, 320),
            row("rocksdb", Role.PEER, 100, 100, 110, 120),
            row("lmdb", Role.PEER, 100, 200, 210, 220),
            row("naive-json", Role.PEER, 10, 900, 910, 920),
            row("mapdb", Role.PEER, 100),
            row("memory-map", Role.LIMIT, 100, 600, 620, 640)));
  }

  private static List<Run> run(Group group) {
    return List.of(new Run(MACHINE, List.of(group)));
  }

  @Test
  void theBestPeerDidTheSameWorkAndIsNoLimit() {
    assertEquals(
        "lmdb", group(Unit.OPERATIONS_PER_SECOND).bestPeer().orElseThrow().engine());
    assertEquals("rocksdb", group(Unit.MILLISECONDS).bestPeer().orElseThrow().engine());
    assertEquals("memory-map", group(Unit.MILLISECONDS).limit().orElseThrow().engine());
  }

  @Test
  void aRatioAboveOneIsBetterWhateverTheUnit() {
    Group more = group(Unit.OPERATIONS_PER_SECOND);
    Row ours = more.row("jsonfile").orElseThrow();
    assertEquals(310.0 / 210, more.ratio(ours, more.bestPeer()).orElseThrow(), 1e-9);
    Group less = group(Unit.MILLISECONDS);
    assertEquals(110.0 / 310, less.ratio(ours, less.bestPeer()).orElseThrow(), 1e-9);
    assertTrue(more.ratio(more.row("mapdb").orElseThrow(), more.bestPeer()).isEmpty());
  }

  @Test
  void theTableTellsOrderRatiosAndReasons() {
    String table = MarkdownTable.of(
        run(group(Unit.OPERATIONS_PER_SECOND)), List.of(), List.of("only 3 of 5 rounds"));
    assertTrue(table.contains("jsonfile, lmdb, rocksdb |"), table);
    assertTrue(table.contains("| lmdb 210 | 1.48 x |"), table);
    assertTrue(table.contains("| memory-map 620 | 0.50 x |"), table);
    assertTrue(table.contains("only 10 entries, not ranked"), table);
    assertTrue(table.contains("it \\| cannot"), table);
    assertTrue(table.contains("only 3 of 5 rounds"), table);
    assertFalse(table.contains("~ |"), table);
  }

  @Test
  void everyLineOfATableHasTheCellsOfItsHead() {
    long cells = 0;
    String report = MarkdownTable.of(run(group(Unit.BYTES)), List.of(), List.of());
    for (String line : report.lines().toList()) {
      long here = line.replace("\\|", "").chars().filter(c -> c == '|').count();
      if (here > 0 && cells > 0) {
        assertEquals(cells, here, line);
      }
      cells = here;
    }
  }

  @Test
  void noiseIsMarked() {
    Group noisy = new Group(
        "random-read",
        "throughput",
        Unit.OPERATIONS_PER_SECOND,
        1_024,
        1,
        100,
        List.of(
            row("jsonfile", Role.OURS, 100, 100, 200, 300),
            row("lmdb", Role.PEER, 100, 150, 190, 280)));
    String table = MarkdownTable.of(run(noisy), List.of(), List.of());
    assertTrue(table.contains("jsonfile ~, lmdb ~ (order is noise)"), table);
    assertTrue(table.contains("| 200 ~ |"), table);
  }

  @Test
  void everyRowIsAnObjectOfTheResults() {
    JsonNode rows = ResultsJson.of(run(group(Unit.OPERATIONS_PER_SECOND)));
    assertEquals(6, rows.size());
    JsonNode first = rows.get(0);
    assertEquals("jsonfile", first.get("engine").stringValue());
    assertEquals(310, first.get("opsPerSecond").get("median").doubleValue());
    assertEquals(3, first.get("opsPerSecond").get("rounds").size());
    assertEquals("17", first.get("jdk").stringValue());
    assertFalse(rows.get(4).has("opsPerSecond"));
    assertEquals("it | cannot", rows.get(4).get("note").stringValue());
  }

  @Test
  void plotsAreDrawnOfWhatThereIs(@TempDir Path directory) throws Exception {
    System.setProperty("java.awt.headless", "true");
    Timeline timeline = new Timeline("jsonfile", "create", List.of(100.0, 0.0, 2_000.0));
    Plots.write(directory, List.of(group(Unit.OPERATIONS_PER_SECOND)), List.of(timeline));
    assertTrue(Files.size(directory.resolve("ratio-to-best-peer.png")) > 0);
    assertTrue(Files.size(directory.resolve("compaction-create-latency.png")) > 0);
    assertFalse(Files.exists(directory.resolve("compaction-read-latency.png")));
    assertFalse(Files.exists(directory.resolve("throughput-random-read.png")));
  }
}
