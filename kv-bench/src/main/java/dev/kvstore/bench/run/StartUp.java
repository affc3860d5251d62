package dev.kvstore.bench.run;

import dev.kvstore.bench.engine.Role;
import dev.kvstore.bench.report.Group;
import dev.kvstore.bench.report.Row;
import dev.kvstore.bench.report.Timeline;
import dev.kvstore.bench.stats.Rounds;
import dev.kvstore.bench.work.Measure;
import dev.kvstore.bench.work.Unit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** How long a command of the command line takes from the start of its process to its end, beside a JVM that does nothing. */
final class StartUp implements Measuring {

  /** The name of the rows of a JVM that does nothing. */
  static final String BARE = "bare-jvm";

  private static final int RUNS = 5;
  private static final int TIMEOUT_SECONDS = 30;

  private final Path launcher;
  private final Java java;
  private final Progress progress;
  private final Map<String, String> stores = new LinkedHashMap<>();
  private final Map<String, String> notes = new HashMap<>();
  private final Tally tally;

  /** Measures the engines that are wanted, the stores lying in {@code directory}. */
  StartUp(Path launcher, Java java, Path directory, Predicate<String> wanted, Progress progress) {
    this.launcher = launcher;
    this.java = java;
    this.progress = progress;
    stores.put("jsonfile", directory.resolve("store.jsonl").toString());
    stores.put("h2", "h2:" + directory.resolve("store"));
    stores.keySet().removeIf(name -> !wanted.test(name));
    List<String> names = new ArrayList<>(stores.keySet());
    names.add(BARE);
    tally = new Tally(names);
  }

  /** The row of a JVM that does nothing, for other tables too. */
  static Row bareRow(long entries, Optional<Rounds> rounds) {
    return new Row(
        BARE, Role.LIMIT, entries, rounds, Optional.empty(), "a JVM that does nothing", "");
  }

  @Override
  public void prepare() {}

  @Override
  public void round(int number) throws IOException, InterruptedException {
    progress.say("round " + number + ": start-up of the command line");
    double bare = repeat(java::bare);
    tally.add(BARE, new Measure("create", Unit.MILLISECONDS, bare));
    tally.add(BARE, new Measure("read", Unit.MILLISECONDS, bare));
    for (Map.Entry<String, String> store : stores.entrySet()) {
      measure(store.getKey(), store.getValue());
    }
  }

  @Override
  public List<Group> groups() {
    Case which = new Case(Programme.START_UP, "", Stage.EMPTY, Set.of(), 0, 0, 0, List.of(), false);
    return tally.groups(which, "create", this::row);
  }

  @Override
  public List<Timeline> timelines() {
    return List.of();
  }

  private void measure(String engine, String store) throws InterruptedException {
    try {
      double create = repeat(() -> kv(store, "create", "k" + System.nanoTime(), "{\"n\":1}"));
      run(kv(store, "put", "read", "{\"n\":1}"));
      double read = repeat(() -> kv(store, "read", "read"));
      tally.add(engine, new Measure("create", Unit.MILLISECONDS, create));
      tally.add(engine, new Measure("read", Unit.MILLISECONDS, read));
    } catch (IOException e) {
      notes.put(engine, String.valueOf(e.getMessage()));
    }
  }

  private Row row(String engine, Optional<Rounds> rounds) {
    return engine.equals(BARE)
        ? bareRow(0, rounds)
        : new Row(
            engine,
            Role.OURS,
            0,
            rounds,
            Optional.empty(),
            "the launcher of the command line, median of " + RUNS + " runs a round",
            notes.getOrDefault(engine, ""));
  }

  private List<String> kv(String store, String... words) {
    List<String> command = new ArrayList<>(List.of(launcher.toString(), "-s", store));
    command.addAll(List.of(words));
    return command;
  }

  /** The median of some runs of a command, in milliseconds. */
  private static double repeat(Supplier<List<String>> command)
      throws IOException, InterruptedException {
    List<Double> millis = new ArrayList<>();
    for (int i = 0; i < RUNS; i++) {
      millis.add(run(command.get()));
    }
    return new Rounds(millis).median();
  }

  private static double run(List<String> command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    long start = System.nanoTime();
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    boolean ended = process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    double millis = (System.nanoTime() - start) / 1e6;
    if (!ended) {
      process.destroyForcibly();
      throw new IOException(command.get(0) + " did not end within " + TIMEOUT_SECONDS + " s");
    }
    if (process.exitValue() != 0) {
      throw new IOException("exit code " + process.exitValue() + ": " + output.strip());
    }
    return millis;
  }
}
