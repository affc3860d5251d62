package dev.kvstore.app.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two processes at once, and processes that are told to end. */
class SignalIT {

  private static final int INTERRUPT_BIT = 0x2;
  private static final int MORE_THAN_A_PIPE_HOLDS = 1 << 20;

  @TempDir
  Path folder;

  private Shell shell;

  @BeforeEach
  void start() throws Exception {
    shell = new Shell(folder);
    shell.run("kv create k '{\"v\":1}'").prints("");
  }

  /**
   * Starts a process that has the store open, with a session on it, and waits for more input. Its first line opens the store, so
   * it is open when more input has gone through than a pipe can hold.
   */
  private Process holder() throws Exception {
    Process process = shell.start("shell");
    OutputStream input = process.getOutputStream();
    input.write("begin\nput k {\"v\":2}\n".getBytes(StandardCharsets.US_ASCII));
    input.write("\n".repeat(MORE_THAN_A_PIPE_HOLDS).getBytes(StandardCharsets.US_ASCII));
    input.flush();
    return process;
  }

  /** Lets it commit and end. */
  private static void finish(Process holder) throws Exception {
    try (OutputStream input = holder.getOutputStream()) {
      input.write("commit\n".getBytes(StandardCharsets.US_ASCII));
    }
    assertEquals(0, Shell.await(holder));
  }

  @Test
  void aSecondProcessIsRefusedAndLearnsWhoIsInTheWay() throws Exception {
    Process holder = holder();
    String error = shell.run("kv read k").fails(7, "STORE_LOCKED");
    assertTrue(error.contains("process " + holder.pid() + " (kv shell)"), error);
    String json = shell.run("kv read k --json").err();
    assertTrue(json.contains("\"pid\":" + holder.pid() + ","), json);
    finish(holder);
    shell.run("kv read k").prints("{\"v\":2}\n");
  }

  @Test
  void aSecondProcessWaitsIfToldAndSaysForWhom() throws Exception {
    Process holder = holder();
    Process waiting = shell.start("read", "k", "--wait=60");
    BufferedReader errors =
        new BufferedReader(new InputStreamReader(waiting.getErrorStream(), StandardCharsets.UTF_8));
    String note = errors.readLine();
    assertTrue(note.startsWith("kv: note: waiting: "), note);
    assertTrue(note.contains("process " + holder.pid() + " (kv shell)"), note);
    shell.run("kv read k --wait=0").fails(7, "STORE_LOCKED");
    finish(holder);
    assertEquals(0, Shell.await(waiting));
    assertEquals(
        "{\"v\":2}\n", new String(waiting.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    assertNull(errors.readLine());
  }

  @Test
  void whatASignalLeavesOfAnImportIsWhatWasStored() throws Exception {
    Process importing = shell.start("import", "-", "--on-exists", "replace");
    OutputStream input = importing.getOutputStream();
    for (int i = 0; i < 12_001; i++) {
      input.write(("{\"key\":\"i" + i + "\",\"value\":{}}\n").getBytes(StandardCharsets.US_ASCII));
    }
    input.flush();
    input.write("\n".repeat(MORE_THAN_A_PIPE_HOLDS).getBytes(StandardCharsets.US_ASCII));
    input.flush();
    shell.run("kill -TERM " + importing.pid()).prints("");
    assertEquals(143, Shell.await(importing));
    assertEquals("", new String(importing.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
    shell.run("kv list i --count").prints("12000\n");
    shell.run("ls -A | grep -c unfinished; true").prints("0\n");
  }

  @ParameterizedTest
  @CsvSource({"jsonfile, repair --to", "jsonfile, backup", "h2, repair --to"})
  void whatASignalLeavesOfACopyIsNothing(String engine, String command) throws Exception {
    shell.environment.put("KV_STORE", engine + ":" + folder.resolve("source"));
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      lines.append("{\"key\":\"i").append(i).append("\",\"value\":{}}\n");
    }
    byte[] entries = lines.toString().getBytes(StandardCharsets.US_ASCII);
    assertEquals(0, shell.run("kv import -", entries).status());
    // So slow that it is still at work when it is found to be.
    shell.environment.put("KV_JAVA_OPTS", "-Xint -XX:-PrintWarnings");
    Shell.Result result = shell.run("kv " + command + " copy & pid=$!\n"
        + "while kill -0 $pid && ! ls copy.*[^k] >/dev/null 2>&1; do :; done\n"
        + "kill -TERM $pid; wait $pid");
    assertEquals(new Shell.Result(143, "", ""), result);
    shell.run("ls -A | grep copy | grep -v 'lock$'; true").prints("");
  }

  @ParameterizedTest
  @CsvSource({"TERM, 143", "INT, 130"})
  void aSignalClosesTheStoreAndNothingHalfDoneStays(String signal, int status) throws Exception {
    Process holder = holder();
    assumeFalse(
        signal.equals("INT") && ignoresInterrupts(holder),
        "the tests run where interrupts are ignored, and so does every process below them");
    shell.run("kill -" + signal + " " + holder.pid()).prints("");
    assertEquals(status, Shell.await(holder));
    assertEquals("", new String(holder.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
    assertEquals("", new String(holder.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    // Closing gives the lock file back empty; a process that just dies leaves its name there.
    assertEquals(0, Files.size(folder.resolve("store.jsonl.lock")));
    shell.run("kv read k").prints("{\"v\":1}\n");
  }

  @Test
  void aSignalWhileItWaitsForAValueLeavesNothing() throws Exception {
    shell.environment.put("KV_STORE", folder.resolve("new.jsonl").toString());
    Process waiting = shell.start("create", "k");
    shell.run("sleep 1; kill -TERM " + waiting.pid()).prints("");
    assertEquals(143, Shell.await(waiting));
    assertTrue(Files.notExists(folder.resolve("new.jsonl")));
  }

  private static boolean ignoresInterrupts(Process process) throws Exception {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    for (String line : Files.exists(status) ? Files.readAllLines(status) : List.of("")) {
      if (line.startsWith("SigIgn:")) {
        return (Long.parseLong(line.substring(7).strip(), 16) & INTERRUPT_BIT) != 0;
      }
    }
    return false;
  }
}
