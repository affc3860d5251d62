package dev.kvstore.bench.work;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.bench.engine.EngineType;
import dev.kvstore.bench.engine.Engines;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two tiny works in this process: enough to know that an engine of ours still fits its adapter. */
class SmokeTest {

  @TempDir
  private Path directory;

  @Test
  void theJsonFileIsFilledAndRead() throws Exception {
    EngineType type = Engines.byName("jsonfile");
    run(type, task(Works.FILL, type));
    List<Measure> measures = run(type, task(Works.FIRST_READ, type));
    assertEquals(1, measures.size());
    assertEquals("in-process", measures.get(0).name());
  }

  @Test
  void createsAreCounted() throws Exception {
    EngineType type = Engines.byName("memory-map");
    List<Measure> measures = run(type, task(Works.CREATE_COUNTED, type));
    assertEquals(Unit.OPERATIONS_PER_SECOND, measures.get(0).unit());
    assertTrue(measures.get(0).value() > 0);
  }

  @Test
  void aCrewStopsWhenTheTimeIsOver() throws Exception {
    try (Crew crew = new Crew(2)) {
      Crew.Pace pace = crew.counted(Long.MAX_VALUE, 0.05, n -> {});
      assertTrue(pace.steps() > 0 && pace.steps() < Long.MAX_VALUE, pace.toString());
      assertEquals(1_000, crew.counted(1_000, 60, n -> {}).steps());
    }
  }

  private Task task(String work, EngineType type) {
    return new Task(
        work, type.name(), Filling.durability(type), 128, 2, 500, 0.01, 0.01, directory);
  }

  private static List<Measure> run(EngineType type, Task task) throws Exception {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(output, true, StandardCharsets.UTF_8)) {
      Works.byName(task.work())
          .run(Task.of(task.arguments().toArray(String[]::new)), type, new Output(out));
    }
    return output
        .toString(StandardCharsets.UTF_8)
        .lines()
        .map(Measure::ofLine)
        .flatMap(Optional::stream)
        .toList();
  }
}
