package dev.kvstore.bench.run;

import dev.kvstore.bench.engine.EngineType;
import dev.kvstore.bench.engine.Engines;
import dev.kvstore.bench.report.Group;
import dev.kvstore.bench.report.Timeline;
import dev.kvstore.bench.work.Folders;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs a programme block by block. A round of a block goes over all its cases and engines before the next round begins, so that
 * what changes on the machine meanwhile hits all alike.
 */
public final class Runner {

  /** The launcher of this build, from the folder of this program. */
  private static final String LAUNCHER = "../../kv-app/target/kv/bin/kv";

  private final Options options;
  private final Programme programme;
  private final List<EngineType> engines;
  private final Progress progress;
  private final List<Group> proofs = new ArrayList<>();
  private final List<Measuring> measured = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();

  /**
   * A run as the options ask for; progress goes to {@code log}.
   *
   * @throws IllegalArgumentException if there is no such work or engine
   */
  public Runner(Options options, PrintStream log) {
    this.options = options;
    options.engines().forEach(Engines::byName);
    programme = Programme.of(options);
    engines =
        Engines.all().stream().filter(type -> options.wantsEngine(type.name())).toList();
    progress = new Progress(log);
  }

  /** What is done whenever more has been measured. */
  public interface Checkpoint {
    /** Keeps what there is. */
    void keep() throws IOException;
  }

  /** Runs everything, with a checkpoint after each round. The directory for the stores is left as it was found. */
  public void run(Checkpoint checkpoint) throws IOException, InterruptedException {
    Path directory =
        Files.createTempDirectory(Files.createDirectories(options.directory()), "kv-bench");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> cleanUp(directory), "clean-up"));
    try {
      Java java = new Java(Files.createDirectory(directory.resolve("temporary")).toRealPath());
      Workshop workshop = new Workshop(
          engines,
          java,
          new FilledStores(java, directory.resolve("filled"), programme.timeoutSeconds(), progress),
          new Forces(java, directory.resolve("proof"), progress),
          directory.resolve("round"),
          progress);
      if (options.prove()) {
        proofs.addAll(workshop.forces().prove(engines));
        checkpoint.keep();
        return;
      }
      for (List<Case> block : programme.blocks()) {
        List<Measuring> work = new ArrayList<>();
        block.forEach(next -> work.add(new Measurement(next, programme, workshop)));
        rounds(work, checkpoint);
        workshop.stores().clear();
      }
      if (options.wantsWork(Programme.START_UP)) {
        Path launcher = options.launcher().orElse(java.program().resolveSibling(LAUNCHER));
        rounds(
            List.of(new StartUp(
                launcher.toAbsolutePath().normalize(),
                java,
                Files.createDirectory(directory.resolve("start-up")),
                options::wantsEngine,
                progress)),
            checkpoint);
      }
      progress.say("done");
    } finally {
      Folders.delete(directory);
    }
  }

  /** What was measured, in order. */
  public List<Group> groups() {
    return Stream.concat(proofs.stream(), measured.stream().flatMap(next -> next.groups().stream()))
        .toList();
  }

  /** What was slow over time while stores compacted. */
  public List<Timeline> timelines() {
    return measured.stream().flatMap(next -> next.timelines().stream()).toList();
  }

  /** What the reader of the figures must know. */
  public List<String> remarks() {
    return List.copyOf(remarks);
  }

  /** As many rounds as the programme has, or as the time for it allows; one at least. */
  private void rounds(List<Measuring> work, Checkpoint checkpoint)
      throws IOException, InterruptedException {
    for (Measuring next : work) {
      next.prepare();
    }
    double last = 0;
    for (int round = 1; round <= programme.rounds(); round++) {
      double start = progress.seconds();
      if (round > 1 && start + last > programme.limitSeconds()) {
        remarks.add("only "
            + (round - 1)
            + " of "
            + programme.rounds()
            + " rounds: the time was over"
            + (round == 2 ? "; one round shows no spread, so no order is certain" : ""));
        break;
      }
      for (Measuring next : work) {
        next.round(round);
      }
      if (round == 1) {
        measured.addAll(work);
      }
      checkpoint.keep();
      last = progress.seconds() - start;
    }
  }

  /** When the run is interrupted: nothing measures on, and no store is left behind. */
  private void cleanUp(Path directory) {
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
    try {
      Folders.delete(directory);
    } catch (IOException e) {
      progress.say("could not delete " + directory + ": " + e);
    }
  }
}
