package dev.kvstore.bench.run;

import dev.kvstore.bench.engine.Durability;
import dev.kvstore.bench.engine.EngineType;
import dev.kvstore.bench.work.Folders;
import dev.kvstore.bench.work.Task;
import dev.kvstore.bench.work.Works;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Counts the forces of a number of creates by tracing the process. In a closed loop of t threads, one force can serve t creates
 * at most; so fewer than one force for each t creates proves that some were acknowledged before they were on the disk.
 *
 * @param creates how many entries were created
 * @param threads by how many threads
 * @param forces how often data was forced meanwhile
 */
record Proof(long creates, int threads, long forces) {

  /** The length of the values, in bytes. */
  static final int VALUE_BYTES = 1_024;

  private static final long CREATES_PER_THREAD = 10;
  private static final long LEAST_CREATES = 100;
  private static final int TIMEOUT_SECONDS = 60;

  /** Whether this machine has what a proof needs. */
  static boolean possible() throws InterruptedException {
    try {
      return new ProcessBuilder("strace", "-V")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** How many entries are created by so many threads. */
  static long creates(int threads) {
    return Math.max(LEAST_CREATES, CREATES_PER_THREAD * threads);
  }

  /** Creates with a durable engine under strace. Empty if the process failed. */
  static Optional<Proof> of(EngineType type, int threads, Java java, Path directory)
      throws IOException, InterruptedException {
    Files.createDirectories(directory);
    Path trace = directory.resolveSibling(directory.getFileName() + ".trace");
    long creates = creates(threads);
    Task task = new Task(
        Works.PROOF,
        type.name(),
        Durability.FORCED,
        VALUE_BYTES,
        threads,
        creates,
        0,
        0,
        directory.toRealPath());
    List<String> command = new ArrayList<>();
    command.addAll(List.of("strace", "-f", "-qq", "-y", "--seccomp-bpf"));
    command.addAll(List.of("-e", "trace=" + Trace.CALLS, "-e", "signal=none"));
    command.addAll(List.of("-o", trace.toString()));
    command.addAll(java.child(type, task, List.of()));
    Outcome outcome = ChildProcess.run(command, TIMEOUT_SECONDS);
    List<String> lines = Files.readAllLines(trace, StandardCharsets.ISO_8859_1);
    Files.delete(trace);
    Folders.delete(directory);
    return outcome.failure().isPresent()
        ? Optional.empty()
        : Optional.of(new Proof(creates, threads, Trace.forces(lines)));
  }

  /** Whether there were enough forces for every create to have waited for one. */
  boolean holds() {
    return forces * threads >= creates;
  }

  /** How many forces there were for each create. */
  double forcesPerOperation() {
    return (double) forces / creates;
  }
}
