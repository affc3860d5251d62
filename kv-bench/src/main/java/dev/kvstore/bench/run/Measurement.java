package dev.kvstore.bench.run;

import dev.kvstore.bench.engine.EngineType;
import dev.kvstore.bench.engine.Role;
import dev.kvstore.bench.report.Group;
import dev.kvstore.bench.report.Row;
import dev.kvstore.bench.report.Timeline;
import dev.kvstore.bench.stats.Rounds;
import dev.kvstore.bench.work.Keys;
import dev.kvstore.bench.work.Measure;
import dev.kvstore.bench.work.Task;
import dev.kvstore.bench.work.Unit;
import dev.kvstore.bench.work.Works;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One case: its rounds, interleaved over the engines, and the rows that come of them. */
final class Measurement {

  private static final String BARE = "bare-jvm";
  private static final String OVER_TIME = "-over-time-";

  private final Case which;
  private final List<EngineType> engines;
  private final Programme programme;
  private final Java java;
  private final FilledStores stores;
  private final Forces forces;
  private final Path directory;
  private final Progress progress;
  private final Map<String, String> notes = new HashMap<>();
  private final Map<String, Timeline> timelines = new LinkedHashMap<>();

  Measurement(
      Case which,
      List<EngineType> engines,
      Programme programme,
      Java java,
      FilledStores stores,
      Forces forces,
      Path directory,
      Progress progress) {
    this.which = which;
    this.engines = engines;
    this.programme = programme;
    this.java = java;
    this.stores = stores;
    this.forces = forces;
    this.directory = directory;
    this.progress = progress;
  }

  /** Does all rounds. */
  List<Group> run() throws IOException, InterruptedException {
    List<EngineType> able = new ArrayList<>();
    for (EngineType type : engines) {
      Optional<String> why = obstacle(type);
      why.ifPresent(text -> notes.put(type.name(), text));
      if (why.isEmpty()) {
        able.add(type);
      }
    }
    boolean timesOpening = which.work().equals(Works.FIRST_READ);
    List<String> names = new ArrayList<>(engines.stream().map(EngineType::name).toList());
    if (timesOpening) {
      names.add(BARE);
    }
    Tally tally = new Tally(names);
    for (int round = 0; round < programme.rounds(); round++) {
      for (EngineType type : able) {
        if (!notes.containsKey(type.name())) {
          progress.say(which + ": " + type.name() + ", round " + (round + 1));
          measure(type, tally);
        }
      }
      if (timesOpening) {
        ChildProcess.run(java.bare(), programme.timeoutSeconds())
            .measures()
            .forEach(measure -> tally.add(BARE, measure));
      }
      // Another engine begins each round, so that none always follows the same one.
      Collections.rotate(able, -1);
    }
    String orElse = timesOpening ? ChildProcess.TIME_TO_MARK : "throughput";
    return tally.groups(which, orElse, this::row);
  }

  /** How slow operations were over time, if that was measured: of each engine the last round. */
  List<Timeline> timelines() {
    return List.copyOf(timelines.values());
  }

  private Optional<String> obstacle(EngineType type) throws IOException, InterruptedException {
    Optional<String> cannot = which.cannot(type);
    if (cannot.isPresent()) {
      return cannot;
    }
    if (which.durable()) {
      return forces.objection(type, which.threads());
    }
    return which.stage() == Stage.EMPTY ? Optional.empty() : stores.fill(type, which);
  }

  private void measure(EngineType type, Tally tally) throws IOException, InterruptedException {
    boolean shared = which.stage() == Stage.FILLED;
    Path place = shared ? stores.path(type) : directory.resolve(type.name());
    if (which.stage() == Stage.EMPTY) {
      Files.createDirectories(place);
    } else if (!shared) {
      Folders.copy(stores.path(type), place);
    }
    Task task = new Task(
        which.work(),
        type.name(),
        which.durability(type),
        which.valueBytes(),
        which.threads(),
        which.entries(type),
        programme.warmUpSeconds(),
        programme.seconds(),
        place.toRealPath());
    if (which.stage() == Stage.KILLED) {
      ChildProcess.runAndKill(
          java.child(type, task.as(Works.ABANDON), which.flags()), programme.timeoutSeconds());
    }
    Outcome outcome =
        ChildProcess.run(java.child(type, task, which.flags()), programme.timeoutSeconds());
    outcome.failure().ifPresent(why -> notes.put(type.name(), why));
    tally(type, outcome, tally);
    if (which.name().equals(Programme.DISK)) {
      disk(type, tally, outcome);
    }
    if (!shared) {
      Folders.delete(place);
    }
  }

  private void tally(EngineType type, Outcome outcome, Tally tally) {
    Map<String, List<Double>> overTime = new LinkedHashMap<>();
    for (Measure measure : outcome.measures()) {
      int at = measure.name().indexOf(OVER_TIME);
      if (at < 0) {
        tally.add(type.name(), measure);
      } else {
        overTime
            .computeIfAbsent(measure.name().substring(0, at), operation -> new ArrayList<>())
            .add(measure.value());
      }
    }
    overTime.forEach((operation, slowest) -> timelines.put(
        type.name() + " " + operation, new Timeline(type.name(), operation, slowest)));
  }

  private void disk(EngineType type, Tally tally, Outcome outcome)
      throws IOException, InterruptedException {
    double userBytes = (double) which.entries(type) * (Keys.BYTES + which.valueBytes());
    tally.add(
        type.name(),
        new Measure(
            "disk-after-load",
            Unit.BYTES_PER_USER_BYTE,
            Folders.bytesOnDisk(stores.path(type)) / userBytes));
    if (outcome.failure().isEmpty()) {
      tally.add(
          type.name(),
          new Measure(
              "disk-after-deleting-half-and-compacting",
              Unit.BYTES_PER_USER_BYTE,
              Folders.bytesOnDisk(directory.resolve(type.name())) / (userBytes / 2)));
    }
  }

  private Row row(String engine, Optional<Rounds> rounds) {
    if (engine.equals(BARE)) {
      return new Row(
          BARE,
          Role.LIMIT,
          which.entries(),
          rounds,
          Optional.empty(),
          "a JVM that does nothing",
          "");
    }
    EngineType type =
        engines.stream().filter(one -> one.name().equals(engine)).findFirst().orElseThrow();
    String note = notes.getOrDefault(engine, "");
    if (which.durable() && note.isEmpty()) {
      note = forces.remark();
    }
    return new Row(
        engine,
        type.role(),
        which.entries(type),
        rounds,
        which.name().equals(Programme.DURABLE_CREATE)
            ? forces.perOperation(type, which.threads())
            : Optional.empty(),
        type.settings(which.durability(type)),
        note);
  }
}
