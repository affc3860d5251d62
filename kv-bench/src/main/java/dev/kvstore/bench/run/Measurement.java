package dev.kvstore.bench.run;

import dev.kvstore.bench.engine.EngineType;
import dev.kvstore.bench.report.Group;
import dev.kvstore.bench.report.Row;
import dev.kvstore.bench.report.Timeline;
import dev.kvstore.bench.stats.Rounds;
import dev.kvstore.bench.work.Folders;
import dev.kvstore.bench.work.Measure;
import dev.kvstore.bench.work.Task;
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

/** One case: a process an engine and round, and the rows that come of them. */
final class Measurement implements Measuring {

  private static final String OVER_TIME = "-over-time-";

  private final Case which;
  private final Programme programme;
  private final Workshop workshop;
  private final List<EngineType> able = new ArrayList<>();
  private final Tally tally;
  private final Map<String, String> notes = new HashMap<>();
  private final Map<String, Long> stoppedAt = new HashMap<>();
  private final Map<String, Timeline> timelines = new LinkedHashMap<>();

  Measurement(Case which, Programme programme, Workshop workshop) {
    this.which = which;
    this.programme = programme;
    this.workshop = workshop;
    List<String> names =
        new ArrayList<>(workshop.engines().stream().map(EngineType::name).toList());
    if (timesOpening()) {
      names.add(StartUp.BARE);
    }
    tally = new Tally(names);
  }

  @Override
  public void prepare() throws IOException, InterruptedException {
    for (EngineType type : workshop.engines()) {
      Optional<String> obstacle = obstacle(type);
      obstacle.ifPresent(why -> notes.put(type.name(), why));
      if (obstacle.isEmpty()) {
        able.add(type);
      }
    }
  }

  @Override
  public void round(int number) throws IOException, InterruptedException {
    if (number > 1 && which.once()) {
      return;
    }
    for (EngineType type : able) {
      if (!notes.containsKey(type.name()) && !stoppedAt.containsKey(type.name())) {
        workshop.progress().say("round " + number + ": " + which + ": " + type.name());
        measure(type);
      }
    }
    if (timesOpening()) {
      ChildProcess.run(workshop.java().bare(), programme.timeoutSeconds())
          .measures()
          .forEach(measure -> tally.add(StartUp.BARE, measure));
    }
    // Another engine begins each round, so that none always follows the same one.
    Collections.rotate(able, -1);
  }

  @Override
  public List<Group> groups() {
    String orElse = timesOpening() ? ChildProcess.TIME_TO_MARK : "throughput";
    return tally.groups(which, orElse, this::row);
  }

  @Override
  public List<Timeline> timelines() {
    return List.copyOf(timelines.values());
  }

  private boolean timesOpening() {
    return which.work().equals(Works.FIRST_READ);
  }

  private Optional<String> obstacle(EngineType type) throws IOException, InterruptedException {
    Optional<String> cannot = which.cannot(type);
    if (cannot.isPresent()) {
      return cannot;
    }
    if (which.durable()) {
      return workshop.forces().objection(type, which.threads());
    }
    return which.stage() == Stage.EMPTY ? Optional.empty() : workshop.stores().fill(type, which);
  }

  private void measure(EngineType type) throws IOException, InterruptedException {
    if (which.work().equals(Works.SIZE)) {
      tally.add(type.name(), which.size(type, workshop.stores().path(type)));
      return;
    }
    boolean shared = which.stage() == Stage.FILLED;
    Path place = shared ? workshop.stores().path(type) : workshop.place(type);
    if (which.stage() == Stage.EMPTY) {
      Files.createDirectories(place);
    } else if (!shared) {
      Folders.copy(workshop.stores().path(type), place);
    }
    Task task = which.task(type, programme, place.toRealPath());
    if (which.stage() == Stage.KILLED) {
      ChildProcess.runAndKill(
          workshop.java().child(type, task.as(Works.ABANDON), which.flags()),
          programme.timeoutSeconds());
    }
    Outcome outcome = ChildProcess.run(
        workshop.java().child(type, task, which.flags()), programme.timeoutSeconds());
    outcome.failure().ifPresent(why -> notes.put(type.name(), why));
    tally(type, outcome);
    if (which.work().equals(Works.SHRINK) && outcome.failure().isEmpty()) {
      tally.add(type.name(), which.size(type, place));
    }
    if (!shared) {
      Folders.delete(place);
    }
  }

  private void tally(EngineType type, Outcome outcome) {
    Map<String, List<Double>> overTime = new LinkedHashMap<>();
    for (Measure measure : outcome.measures()) {
      int at = measure.name().indexOf(OVER_TIME);
      if (measure.name().equals(Measure.STOPPED_AT)) {
        stoppedAt.merge(type.name(), (long) measure.value(), Math::min);
      } else if (at < 0) {
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

  private Row row(String engine, Optional<Rounds> rounds) {
    if (engine.equals(StartUp.BARE)) {
      return StartUp.bareRow(which.entries(), rounds);
    }
    EngineType type = workshop.engines().stream()
        .filter(one -> one.name().equals(engine))
        .findFirst()
        .orElseThrow();
    String note = notes.getOrDefault(engine, "");
    if (which.durable() && note.isEmpty()) {
      note = workshop.forces().remark();
    }
    if (stoppedAt.containsKey(engine)) {
      note = "the time was over";
    }
    return new Row(
        engine,
        type.role(),
        stoppedAt.getOrDefault(engine, which.entries(type)),
        rounds,
        which.name().equals(Programme.DURABLE_CREATE)
            ? workshop.forces().perOperation(type, which.threads())
            : Optional.empty(),
        type.settings(which.durability(type)),
        note);
  }
}
