package dev.kvstore.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kvstore.app.cli.io.Surroundings;
import dev.kvstore.app.cli.store.Engine;
import dev.kvstore.app.cli.store.OpenRequest;
import dev.kvstore.app.cli.store.Termination;
import dev.kvstore.core.contract.SettableClock;
import dev.kvstore.core.port.StoragePort;
import dev.kvstore.files.Durability;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import javax.inject.Provider;

/** Runs the program in this process, with streams, environment, clock and engine of the test. */
final class Program {

  static final long START = 1_700_000_000_000L;

  final MemoryEngine engine = new MemoryEngine();
  final Map<String, Provider<Engine>> engines = new HashMap<>();
  final Map<String, String> environment = new HashMap<>(Map.of("KV_STORE", "s"));
  final SettableClock clock = new SettableClock(START);
  final Termination termination = new Termination();
  InputStream in = InputStream.nullInputStream();
  String terminals = "";

  Program() {
    engines.put("jsonfile", () -> engine);
  }

  /** Opens a store as another process would, until it is closed. */
  StoragePort openedByAnother(String engineName, Path store) {
    return engines
        .get(engineName)
        .get()
        .open(new OpenRequest(
            store.toString(),
            false,
            OptionalLong.empty(),
            "test",
            Durability.SYNC,
            false,
            Duration.ZERO));
  }

  /** How a run ended. */
  record Result(int status, String out, String err) {

    /** The lines of standard error. */
    String[] errors() {
      return err.isEmpty() ? new String[0] : err.split("\n", -1);
    }

    /** Asserts a run that printed exactly {@code expected} and nothing else. */
    void prints(String expected) {
      assertEquals(new Result(0, expected, ""), this);
    }

    /** Asserts a run that ended with {@code expected} and one line on standard error alone; returns that line. */
    String fails(int expected) {
      assertEquals(expected, status, err);
      assertEquals("", out);
      assertEquals(err.length() - 1, err.indexOf('\n'), "not exactly one line: " + err);
      return err.strip();
    }
  }

  Result run(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    return run(out, out, args);
  }

  /** Runs with another standard output than {@code captured}. */
  Result run(OutputStream out, ByteArrayOutputStream captured, String... args) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Surroundings surroundings =
        new Surroundings(environment, "Linux", clock, in, out, err, terminals);
    int status = new Cli(engines, surroundings, termination).run(args);
    return new Result(
        status, captured.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  Result runWithInput(String input, String... args) {
    in = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
    return run(args);
  }
}
