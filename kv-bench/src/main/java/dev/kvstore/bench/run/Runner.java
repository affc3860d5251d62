package dev.kvstore.bench.run;

import dev.kvstore.bench.engine.EngineType;
import dev.kvstore.bench.engine.Engines;
import dev.kvstore.bench.report.Group;
import dev.kvstore.bench.report.Timeline;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs a programme: case after case, the stores of one dataset kept as long as they are needed. */
public final class Runner {

  private final Options options;
  private final Programme programme;
  private final List<EngineType> engines;
  private final Java java = new Java();
  private final Progress progress;
  private final List<Group> groups = new ArrayList<>();
  private final List<Timeline> timelines = new ArrayList<>();

  /**
   * A run as the options ask for; progress goes to {@code log}.
   *
   * @throws IllegalArgumentException if there is no such work or engine
   */
  public Runner(Options options, PrintStream log) {
    this.options = options;
    Programme all = options.quick() ? Programme.quick() : Programme.full();
    options.work().ifPresent(name -> check(name, all));
    options.engine().ifPresent(Engines::byName);
    programme = new Programme(
        all.cases().stream().filter(next -> options.wantsWork(next.name())).toList(),
        options.rounds().orElse(all.rounds()),
        all.warmUpSeconds(),
        all.seconds(),
        all.timeoutSeconds());
    engines =
        Engines.all().stream().filter(type -> options.wantsEngine(type.name())).toList();
    progress = new Progress(log);
  }

  /** Runs everything; the groups are then in {@link #groups}. The directory for the stores is left as it was found. */
  public void run() throws IOException, InterruptedException {
    Path directory =
        Files.createTempDirectory(Files.createDirectories(options.directory()), "kv-bench");
    try {
      FilledStores stores =
          new FilledStores(java, directory.resolve("filled"), programme.timeoutSeconds(), progress);
      Forces forces = new Forces(java, directory.resolve("proof"), progress);
      if (options.prove()) {
        groups.addAll(forces.prove(engines));
        return;
      }
      Optional<Dataset> filled = Optional.empty();
      for (Case next : programme.cases()) {
        Optional<Dataset> wanted =
            next.stage() == Stage.EMPTY ? Optional.empty() : Optional.of(next.dataset());
        if (filled.isPresent() && !filled.equals(wanted)) {
          stores.clear();
        }
        filled = wanted;
        Measurement measurement = new Measurement(
            next, engines, programme, java, stores, forces, directory.resolve("round"), progress);
        groups.addAll(measurement.run());
        timelines.addAll(measurement.timelines());
      }
      if (options.wantsWork(Programme.START_UP)) {
        Path launcher = options.launcher().orElse(defaultLauncher(java));
        groups.addAll(new StartUp(launcher.toAbsolutePath().normalize(), java, progress)
            .run(
                Files.createDirectory(directory.resolve("start-up")),
                programme.rounds(),
                options::wantsEngine));
      }
      progress.say("done");
    } finally {
      Folders.delete(directory);
    }
  }

  /** What was measured, in order. */
  public List<Group> groups() {
    return List.copyOf(groups);
  }

  /** What was slow over time while stores compacted. */
  public List<Timeline> timelines() {
    return List.copyOf(timelines);
  }

  private static Path defaultLauncher(Java java) {
    return java.program().resolveSibling("../../kv-app/target/kv/bin/kv");
  }

  private static void check(String work, Programme programme) {
    if (!Programme.names().contains(work)) {
      throw new IllegalArgumentException(
          "there is no work " + work + "; there are " + String.join(", ", Programme.names()));
    }
    boolean there = programme.cases().stream().anyMatch(next -> next.name().equals(work));
    if (!there && !work.equals(Programme.START_UP)) {
      throw new IllegalArgumentException(work + " is no part of --quick; leave that out");
    }
  }
}
