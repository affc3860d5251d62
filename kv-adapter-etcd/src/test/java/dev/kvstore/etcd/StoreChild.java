package dev.kvstore.etcd;

import dev.kvstore.core.error.ErrorCode;
import dev.kvstore.core.error.StoreException;
import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.port.CommitResult;
import dev.kvstore.core.port.Mutation;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** A process that uses a store, to be one of several or to be killed. Tells what it does on its output, a line each. */
final class StoreChild {

  /** Keys of a session. */
  static final int SESSION = 10;

  private StoreChild() {}

  /** Arguments: what to do, the location, a name of its own, the number of threads, and for how many seconds. */
  public static void main(String[] arguments) throws Exception {
    EtcdOptions options =
        EtcdOptions.at(arguments[1]).withTimeouts(Duration.ofSeconds(1), Duration.ofSeconds(30));
    String name = arguments[2];
    int threads = Integer.parseInt(arguments[3]);
    long end =
        System.nanoTime() + Duration.ofSeconds(Long.parseLong(arguments[4])).toNanos();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try (EtcdStorage storage = EtcdStorage.open(options)) {
      say("open");
      List<Future<?>> work = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        String own = name + "-" + i + "-";
        work.add(pool.submit(() -> {
          switch (arguments[0]) {
            case "sessions" -> sessions(storage, own, end);
            case "history" ->
              new HistoryRecorder(storage, own, own.hashCode() + end)
                  .run(end)
                  .forEach(operation -> say(operation.toLine()));
            default -> throw new IllegalArgumentException(arguments[0]);
          }
        }));
      }
      for (Future<?> future : work) {
        future.get();
      }
      say("done");
    } finally {
      pool.shutdownNow();
    }
  }

  /** Starts this class in a process of its own; its errors go where the test's go. */
  static Process start(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx128m",
        "-XX:TieredStopAtLevel=1",
        "-cp",
        System.getProperty("java.class.path"),
        StoreChild.class.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  static BufferedReader linesOf(Process process) {
    return process.inputReader(StandardCharsets.UTF_8);
  }

  /** Commits sessions of new keys, and tells for each what came of it and how long it took. */
  private static void sessions(EtcdStorage storage, String name, long end) {
    long latest = end + Duration.ofMinutes(1).toNanos();
    int made = 0;
    // On a busy machine longer, so that there is something to look at.
    for (int i = 0; System.nanoTime() < end || (made < 5 && System.nanoTime() < latest); i++) {
      String session = name + i;
      List<Mutation> mutations = IntStream.range(0, SESSION)
          .mapToObj(j -> Mutation.create(Key.of(session + "." + j), Fixture.value(j), Entry.NEVER))
          .toList();
      long start = System.nanoTime();
      String outcome;
      try {
        outcome = storage.commit(mutations, Fixture.NOW).equals(CommitResult.APPLIED)
            ? "made"
            : "refused";
      } catch (StoreException e) {
        outcome = e.code() == ErrorCode.OUTCOME_UNKNOWN ? "unknown" : "failed";
      }
      made += outcome.equals("made") ? 1 : 0;
      say(outcome + " " + session + " " + (System.nanoTime() - start) / 1_000_000);
    }
  }

  private static void say(String line) {
    // One write, so that a kill does not cut a line that others mix with.
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
    System.out.write(bytes, 0, bytes.length);
    System.out.flush();
  }
}
