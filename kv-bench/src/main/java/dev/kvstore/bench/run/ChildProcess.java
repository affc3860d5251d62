package dev.kvstore.bench.run;

import dev.kvstore.bench.work.Measure;
import dev.kvstore.bench.work.Output;
import dev.kvstore.bench.work.Unit;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Starts a process, reads what it tells, and times its mark. */
final class ChildProcess {

  /** From the start of the process to its mark. */
  static final String TIME_TO_MARK = "start-to-first-read";

  private final int timeoutSeconds;
  private final boolean killAtMark;

  private ChildProcess(int timeoutSeconds, boolean killAtMark) {
    this.timeoutSeconds = timeoutSeconds;
    this.killAtMark = killAtMark;
  }

  /** Runs the command to its end, or kills it after the time. */
  static Outcome run(List<String> command, int timeoutSeconds)
      throws IOException, InterruptedException {
    return new ChildProcess(timeoutSeconds, false).start(command);
  }

  /** Runs the command until it sets its mark, and kills it there. */
  static Outcome runAndKill(List<String> command, int timeoutSeconds)
      throws IOException, InterruptedException {
    return new ChildProcess(timeoutSeconds, true).start(command);
  }

  private Outcome start(List<String> command) throws IOException, InterruptedException {
    Path errors = Files.createTempFile("kv-bench", ".err");
    try {
      long start = System.nanoTime();
      Process process = new ProcessBuilder(command)
          .redirectError(errors.toFile())
          .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
          .start();
      Thread guard = guard(process);
      boolean killed = false;
      List<Measure> measures = new ArrayList<>();
      try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
          if (Output.isMark(line)) {
            double millis = (System.nanoTime() - start) / 1e6;
            measures.add(new Measure(TIME_TO_MARK, Unit.MILLISECONDS, millis));
            if (killAtMark) {
              killed = true;
              kill(process);
            }
          } else {
            Measure.ofLine(line).ifPresent(measures::add);
          }
        }
      }
      int status = process.waitFor();
      guard.interrupt();
      guard.join();
      double seconds = (System.nanoTime() - start) / 1e9;
      if (status == 0 || killed) {
        return Outcome.of(measures);
      }
      return seconds >= timeoutSeconds
          ? Outcome.failed("given up after " + timeoutSeconds + " s")
          : Outcome.failed(reason(errors, status));
    } finally {
      Files.delete(errors);
    }
  }

  /** Kills the process when its time is over; to be interrupted when it has ended. */
  private Thread guard(Process process) {
    Thread guard = new Thread(
        () -> {
          try {
            if (!process.waitFor(timeoutSeconds, TimeUnit.SECONDS)) {
              kill(process);
            }
          } catch (InterruptedException e) {
            // The process has ended in time.
          }
        },
        "guard");
    guard.setDaemon(true);
    guard.start();
    return guard;
  }

  /** By its handle: the process object would close the output that is still to be read. */
  private static void kill(Process process) {
    process.toHandle().destroyForcibly();
  }

  private static String reason(Path errors, int status) throws IOException {
    String last = "exit code " + status;
    for (String line : Files.readString(errors, StandardCharsets.UTF_8).lines().toList()) {
      if (!line.isBlank() && !line.startsWith("WARNING:")) {
        last = line.strip();
      }
    }
    return last;
  }
}
