package dev.kvstore.bench.run;

import dev.kvstore.bench.engine.Role;
import dev.kvstore.bench.report.Group;
import dev.kvstore.bench.report.Row;
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
final class StartUp {

  private static final String BARE = "bare-jvm";
  private static final int RUNS = 5;
  private static final int TIMEOUT_SECONDS = 30;

  private final Path launcher;
  private final Java java;
  private final Progress progress;
  private final Map<String, String> notes = new HashMap<>();

  StartUp(Path launcher, Java java, Progress progress) {
    this.launcher = launcher;
    this.java = java;
    this.progress = progress;
  }

  /** Measures create and read on each engine that is wanted, the stores lying in {@code directory}. */
  List<Group> run(Path directory, int rounds, Predicate<String> wanted)
      throws IOException, InterruptedException {
    Map<String, String> stores = new LinkedHashMap<>();
    stores.put("jsonfile", directory.resolve("store.jsonl").toString());
    stores.put("h2", "h2:" + directory.resolve("store"));
    stores.keySet().removeIf(name -> !wanted.test(name));
    List<String> names = new ArrayList<>(stores.keySet());
    names.add(BARE);
    Tally tally = new Tally(names);
    for (int round = 0; round < rounds; round++) {
      progress.say("start-up of the command line, round " + (round + 1));
      double bare = repeat(java::bare);
      tally.add(BARE, new Measure("create", Unit.MILLISECONDS, bare));
      tally.add(BARE, new Measure("read", Unit.MILLISECONDS, bare));
      for (Map.Entry<String, String> store : stores.entrySet()) {
        measure(store.getKey(), store.getValue(), tally);
      }
    }
    Case which = new Case(Programme.START_UP, "", Stage.EMPTY, Set.of(), 0, 0, 0, List.of());
    return tally.groups(which, "create", this::row);
  }

  private void measure(String engine, String store, Tally tally) throws InterruptedException {
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
    boolean bare = engine.equals(BARE);
    return new Row(
        engine,
        bare ? Role.LIMIT : Role.OURS,
        0,
        rounds,
        Optional.empty(),
        bare
            ? "a JVM that does nothing"
            : "the launcher of the command line, median of " + RUNS + " runs a round",
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
