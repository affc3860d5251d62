package dev.kvstore.app.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs shell scripts in a folder, with {@code kv} on the path and a store of their own. */
final class Shell {

  /** Far longer than anything here takes: it only keeps a hang from being for ever. */
  private static final long PATIENCE_SECONDS = 120;

  final Path folder;
  final Map<String, String> environment = new HashMap<>();

  Shell(Path folder) {
    this.folder = folder;
    environment.put("PATH", launcher().getParent() + ":" + System.getenv("PATH"));
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("KV_STORE", folder.resolve("store.jsonl").toString());
  }

  /** How a script ended. */
  record Result(int status, String out, String err) {

    /** Asserts a script that printed exactly {@code expected} and nothing else. */
    void prints(String expected) {
      assertEquals(new Result(0, expected, ""), this);
    }

    /** Asserts a script that ended so, with one line on standard error alone; returns that line. */
    String fails(int expected, String code) {
      assertEquals(expected, status, this::toString);
      assertEquals("", out);
      assertEquals(1, err.lines().count(), err);
      assertTrue(err.startsWith("kv: " + code + ": "), err);
      return err.strip();
    }
  }

  /** The launcher in the folder that the build has laid out. */
  static Path launcher() {
    return Path.of(System.getProperty("kv.launcher"));
  }

  /** Runs a script of the shell to its end. */
  Result run(String script) throws Exception {
    return run(script, new byte[0]);
  }

  /** Runs a script with {@code input} as its standard input. */
  Result run(String script, byte[] input) throws Exception {
    Path in = Files.createTempFile(folder, "in", "");
    Path out = Files.createTempFile(folder, "out", "");
    Path err = Files.createTempFile(folder, "err", "");
    Files.write(in, input);
    try {
      Process process = builder("sh", "-c", script)
          .redirectInput(in.toFile())
          .redirectOutput(out.toFile())
          .redirectError(err.toFile())
          .start();
      int status = await(process);
      return new Result(
          status,
          new String(Files.readAllBytes(out), StandardCharsets.UTF_8),
          new String(Files.readAllBytes(err), StandardCharsets.UTF_8));
    } finally {
      Files.delete(in);
      Files.delete(out);
      Files.delete(err);
    }
  }

  /** Starts {@code kv} itself, with pipes as its standard streams. */
  Process start(String... arguments) throws IOException {
    String[] command = new String[arguments.length + 1];
    command[0] = launcher().toString();
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    return builder(command).start();
  }

  /** Waits for the end of a process; its exit status. */
  static int await(Process process) throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("still running after " + PATIENCE_SECONDS + " s");
    }
    return process.exitValue();
  }

  ProcessBuilder builder(String... command) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder;
  }
}
