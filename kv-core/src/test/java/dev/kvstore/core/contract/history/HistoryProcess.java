package dev.kvstore.core.contract.history;

import dev.kvstore.core.KeyValueStore;
import dev.kvstore.core.contract.CheckThenActStorage;
import dev.kvstore.core.contract.SettableClock;
import dev.kvstore.core.port.StoragePort;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** What runs in a process that is to be killed: it uses a store for ever, and tells what it sees on its standard output. */
public final class HistoryProcess {

  private HistoryProcess() {}

  /**
   * Uses a store until the process is killed.
   *
   * @param arguments those of the main method
   * @param opening opens the store in a folder
   */
  public static void run(String[] arguments, Function<Path, StoragePort> opening) {
    StoragePort port = opening.apply(Path.of(arguments[0]));
    if (Boolean.parseBoolean(arguments[3])) {
      port = new CheckThenActStorage(port);
    }
    KeyValueStore store = new KeyValueStore(port, new SettableClock(HistoryContract.NOW));
    AtomicLong numbers = new AtomicLong(Long.parseLong(arguments[2]));
    for (int thread = 0; thread < HistoryContract.THREADS; thread++) {
      Client client = new Client(
          store, thread, Long.parseLong(arguments[1]), numbers::incrementAndGet, new Printing());
      new Thread(() -> actForEver(client)).start();
    }
  }

  private static void actForEver(Client client) {
    try {
      while (true) {
        client.act();
      }
    } catch (RuntimeException | Error e) {
      // One thread that fails must not leave the others to be killed as if all were well.
      e.printStackTrace();
      Runtime.getRuntime().halt(1);
    }
  }

  /** The command that runs the main method of {@code program}. */
  static List<String> command(
      Class<?> program, Path store, long seed, long firstNumber, boolean spoiled) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-Xmx256m",
        "-cp",
        System.getProperty("java.class.path"),
        program.getName(),
        store.toString(),
        Long.toString(seed),
        Long.toString(firstNumber),
        Boolean.toString(spoiled));
  }

  /** Records what a line of the output tells. */
  static void replay(String line, Recorder recorder) {
    String[] words = line.split(" ", 3);
    int thread = Integer.parseInt(words[1]);
    if (words[0].equals("start")) {
      recorder.started(thread, Step.parse(words[2]));
    } else {
      recorder.ended(thread, Step.parse(words[2]));
    }
  }

  private static final class Printing implements Recorder {

    @Override
    public void started(int thread, List<Step> steps) {
      print("start " + thread + " " + Step.text(steps) + "\n");
    }

    @Override
    public void ended(int thread, List<Step> steps) {
      print("end " + thread + " " + Step.text(steps) + "\n");
    }

    private static void print(String line) {
      // One short write, which a kill cannot cut.
      byte[] bytes = line.getBytes(StandardCharsets.US_ASCII);
      System.out.write(bytes, 0, bytes.length);
      System.out.flush();
    }
  }
}
