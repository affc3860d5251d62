package dev.kvstore.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.bench.work.Measure;
import dev.kvstore.bench.work.Unit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

@DisabledOnOs(OS.WINDOWS)
class ChildProcessTest {

  private static final int SECONDS = 60;

  private static List<String> shell(String script) {
    return List.of("sh", "-c", script);
  }

  @Test
  void figuresAreRead() throws Exception {
    Measure measure = new Measure("throughput", Unit.OPERATIONS_PER_SECOND, 7);
    Outcome outcome = ChildProcess.run(shell("echo noise; echo " + measure.line()), SECONDS);
    assertEquals(List.of(measure), outcome.measures());
    assertEquals(Optional.empty(), outcome.failure());
  }

  @Test
  void theMarkIsTimed() throws Exception {
    Outcome outcome = ChildProcess.run(shell("echo mark"), SECONDS);
    assertEquals(ChildProcess.TIME_TO_MARK, outcome.measures().get(0).name());
    assertTrue(outcome.measures().get(0).value() > 0);
  }

  @Test
  void aProcessIsKilledAtItsMark() throws Exception {
    Outcome outcome = ChildProcess.runAndKill(shell("echo mark; exec sleep 1000"), SECONDS);
    assertEquals(Optional.empty(), outcome.failure());
  }

  @Test
  void aFailureSaysWhy() throws Exception {
    Outcome outcome =
        ChildProcess.run(shell("echo WARNING: no >&2; echo because >&2; exit 1"), SECONDS);
    assertEquals(Optional.of("because"), outcome.failure());
    assertEquals(
        Optional.of("exit code 3"), ChildProcess.run(shell("exit 3"), SECONDS).failure());
  }

  @Test
  void whatTakesTooLongIsGivenUp() throws Exception {
    assertEquals(
        Optional.of("given up after 1 s"),
        ChildProcess.run(shell("exec sleep 1000"), 1).failure());
  }
}
