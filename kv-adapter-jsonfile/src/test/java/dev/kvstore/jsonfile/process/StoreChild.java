package dev.kvstore.jsonfile.process;

import dev.kvstore.core.error.StoreException;
import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.JsonValue;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.port.Mutation;
import dev.kvstore.files.Durability;
import dev.kvstore.files.StorageOptions;
import dev.kvstore.files.StoragePath;
import dev.kvstore.files.trial.Child;
import dev.kvstore.jsonfile.JsonFileStorage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * What runs in the other process. The first argument says what to do, the second is the store's path. It tells what happens line
 * by line on its standard output.
 */
public final class StoreChild {

  private static final long NOW = 1_800_000_000_000L;

  private StoreChild() {}

  /** Starts one, after {@code before}, such as {@code strace}. */
  static Child start(List<String> before, String mode, String path) throws IOException {
    return Child.start(before, StoreChild.class, mode, path);
  }

  static Child start(String mode, Path path) throws IOException {
    return start(List.of(), mode, path.toString());
  }

  /** Runs one of the modes. */
  public static void main(String[] arguments) throws Exception {
    String[] mode = arguments[0].split(":", 2);
    StorageOptions options = StorageOptions.at(StoragePath.parse(arguments[1]))
        .withCommand("child " + mode[0])
        .withDurability(mode.length == 1 ? Durability.SYNC : Durability.valueOf(mode[1]));
    if (mode[0].equals("look")) {
      options = options.asReadOnly();
    }
    try (JsonFileStorage store = JsonFileStorage.open(options)) {
      System.out.println("open");
      switch (mode[0]) {
        case "write" -> write(store);
        case "look" -> System.out.println(store.status(NOW).liveEntries() + " entries");
        case "transfers" -> transfer(store);
        default -> throw new IllegalArgumentException(arguments[0]);
      }
    } catch (StoreException e) {
      System.out.println(e.code() + " " + e.getMessage());
      waitForParent();
    }
  }

  /** One line for each acknowledgement, with what was done next to it, so that a trace of system calls shows the order. */
  private static void write(JsonFileStorage store) throws IOException {
    for (int i = 0; i < 5; i++) {
      store.commit(List.of(put("k" + i, i)), NOW);
      System.out.println("acknowledged " + i);
    }
    store.commit(List.of(put("a", 1), put("b", 1), Mutation.delete(Key.of("k0"))), NOW);
    System.out.println("acknowledged session");
    for (int i = 1; i < 5; i++) {
      if (store.find(Key.of("k" + i), NOW).isEmpty()) {
        throw new IllegalStateException("k" + i + " is not there");
      }
    }
    System.out.println("read");
    store.compact(NOW);
    System.out.println("compacted");
  }

  /** Commits one session after the other, and compacts now and then, until the parent closes the pipe. */
  private static void transfer(JsonFileStorage store) {
    CountDownLatch ended = new CountDownLatch(1);
    Thread listener = new Thread(() -> {
      try {
        waitForParent();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } finally {
        ended.countDown();
      }
    });
    listener.setDaemon(true);
    listener.start();
    for (long i = 0; ended.getCount() > 0; i++) {
      store.commit(Transfers.session(i), NOW);
      System.out.println(i);
      if (i % 100 == 99) {
        store.compact(NOW);
      }
    }
  }

  private static Mutation put(String key, int number) {
    return Mutation.put(Key.of(key), JsonValue.parse("{\"n\":" + number + "}"), Entry.NEVER);
  }

  private static void waitForParent() throws IOException {
    while (System.in.read() >= 0) {
      // Until the parent closes the pipe or ends.
    }
  }
}
