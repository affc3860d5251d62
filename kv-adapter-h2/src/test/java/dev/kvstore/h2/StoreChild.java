package dev.kvstore.h2;

import static dev.kvstore.h2.Fixture.NOW;

import dev.kvstore.core.error.StoreException;
import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.port.CommitResult;
import dev.kvstore.core.port.Mutation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A process that uses a store, to be killed or to be in the way. Tells what it does on its output, a line each. */
final class StoreChild {

  /** Entries of a large session: more bytes than H2 keeps back before it writes. */
  static final int LARGE_SESSION = 1_600;

  private StoreChild() {}

  public static void main(String[] arguments) throws IOException {
    Path store = Path.of(arguments[1]);
    switch (arguments[0]) {
      case "hold" -> hold(store);
      case "large" -> large(store, arguments[2]);
      case "once" -> once(store);
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  /** Starts this class in a process of its own; its errors go where the test's go. */
  static ProcessBuilder builder(String... arguments) {
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx256m",
        "-XX:TieredStopAtLevel=1",
        "-cp",
        System.getProperty("java.class.path"),
        StoreChild.class.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
  }

  private static void hold(Path store) throws IOException {
    try (H2Storage storage = H2Storage.open(store)) {
      say("open");
      System.in.read();
      say("closing " + storage.status(NOW).liveEntries());
    }
  }

  /** Commits ever larger sessions of entries with one prefix each. */
  private static void large(Path store, String name) {
    H2Storage storage = H2Storage.open(store);
    say("open");
    for (int round = 0; ; round++) {
      List<Mutation> session = new ArrayList<>();
      for (int i = 0; i < LARGE_SESSION; i++) {
        session.add(Mutation.put(
            Key.of(name + round + "-" + i), Fixture.valueOfBytes(12_000), Entry.NEVER));
      }
      say("begin " + name + round + "-");
      if (storage.commit(session, NOW).equals(CommitResult.APPLIED)) {
        say("made " + name + round + "-");
      }
    }
  }

  private static void once(Path store) {
    try (H2Storage storage = H2Storage.open(store)) {
      Fixture.store(storage, "a", Fixture.value(1));
      storage.compact(NOW);
      say("done");
    } catch (StoreException e) {
      say(e.code() + " " + e.getMessage());
    }
  }

  private static void say(String line) {
    // One write, so that a kill does not cut a line that others mix with.
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
    System.out.write(bytes, 0, bytes.length);
    System.out.flush();
  }
}
