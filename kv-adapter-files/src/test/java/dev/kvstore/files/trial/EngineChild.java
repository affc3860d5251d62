package dev.kvstore.files.trial;

import dev.kvstore.core.error.StoreException;
import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.JsonValue;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.port.Mutation;
import dev.kvstore.core.port.StoragePort;
import dev.kvstore.files.Durability;
import dev.kvstore.files.StorageOptions;
import dev.kvstore.files.StoragePath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What runs in the other process. Its arguments are the engine's class, what to do, the store's path and what that needs. It tells
 * what happens line by line on its standard output.
 */
public final class EngineChild {

  private EngineChild() {}

  /** Starts one, after {@code before}, such as {@code strace}. */
  static Child start(List<String> before, Engine engine, String mode, Path path, String... more)
      throws IOException {
    String[] arguments = new String[more.length + 3];
    arguments[0] = engine.getClass().getName();
    arguments[1] = mode;
    arguments[2] = path.toString();
    System.arraycopy(more, 0, arguments, 3, more.length);
    return Child.start(before, EngineChild.class, arguments);
  }

  /** Does one of the things. */
  public static void main(String[] arguments) throws Exception {
    Engine engine = Engine.of(arguments[0]);
    StorageOptions options =
        StorageOptions.at(StoragePath.parse(arguments[2])).withCommand("child " + arguments[1]);
    switch (arguments[1]) {
      case "script" -> new Script(engine, options).run();
      case "fill" -> fill(engine, options);
      default -> {
        if (arguments[1].equals("load")) {
          options = options.withDurability(Durability.valueOf(arguments[3]));
        }
        try (StoragePort store = engine.open(options)) {
          System.out.println("open");
          if (arguments[1].equals("load")) {
            load(store, arguments[4].split(",", -1));
          }
          waitForParent();
        } catch (StoreException e) {
          System.out.println(e.code() + " " + e.getMessage());
          waitForParent();
        }
      }
    }
  }

  /** Four threads write for ever, each from an operation on, and tell of each acknowledgement. */
  private static void load(StoragePort store, String[] from) throws InterruptedException {
    Thread[] threads = new Thread[KillLoad.THREADS];
    for (int t = 0; t < threads.length; t++) {
      int thread = t;
      int first = Integer.parseInt(from[t]);
      threads[t] = new Thread(() -> {
        for (int i = first; ; i++) {
          store.commit(KillLoad.operation(thread, i), Standard.NOW);
          synchronized (System.out) {
            System.out.println(thread + " " + i);
          }
          if (thread == 0 && i % 40 == 0) {
            store.compact(Standard.NOW);
          }
        }
      });
      // A failure of the disk ends the thread, and the parent knows how far it came.
      threads[t].setUncaughtExceptionHandler((failed, e) -> {});
      threads[t].start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  /** Creates entries until that fails, and tries a few times to go on. The store is not closed. */
  private static void fill(Engine engine, StorageOptions options) {
    StoragePort store = engine.open(options);
    System.out.println("open");
    int made = 0;
    for (int failures = 0; failures < 5; ) {
      try {
        Key key = Key.of("entry" + made);
        JsonValue value = JsonValue.parse(value(made));
        store.commit(List.of(Mutation.create(key, value, Entry.NEVER)), Standard.NOW);
        System.out.println("made " + made);
        made++;
      } catch (StoreException e) {
        failures++;
        System.out.println("failed " + e.code());
      }
    }
    Runtime.getRuntime().halt(0);
  }

  /** The value number {@code i} of a store that is filled. */
  static String value(int i) {
    return "{\"n\":" + i + ",\"p\":\"" + "f".repeat(12_000) + "\"}";
  }

  private static void waitForParent() throws IOException {
    while (System.in.read() >= 0) {
      // Until the parent closes the pipe or ends.
    }
  }
}
