package dev.kvstore.files.trial;

import dev.kvstore.core.error.ErrorCode;
import dev.kvstore.core.error.StoreException;
import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.JsonValue;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.port.Effect;
import dev.kvstore.core.port.Expectation;
import dev.kvstore.core.port.Mutation;
import dev.kvstore.core.port.StoragePort;
import dev.kvstore.files.StorageOptions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A fixed run of {@value #LENGTH} operations by one thread, compactions and reopenings among them. It tells the outcome of each
 * by a line: "ok 7"; "unknown 7" if nobody can know; "failed 7 CODE" if nothing was changed. After a failure it goes on, after
 * OUTCOME_UNKNOWN in a store that was opened again.
 */
final class Script {

  static final int LENGTH = 200;

  private final Engine engine;
  private final StorageOptions options;
  private @Nullable StoragePort store;

  Script(Engine engine, StorageOptions options) {
    this.engine = engine;
    this.options = options;
  }

  /** What the operation number {@code step}, from 1, changes. */
  static List<Mutation> mutations(int step) {
    return switch (step % 10) {
      case 0 -> List.of(); // a compaction or a reopening now and then
      case 3, 6 -> List.of(new Mutation(key(step - 2), Expectation.ANY, Effect.REMOVE));
      case 4, 8 ->
        List.of(
            put("left", step),
            put("right", step),
            new Mutation(key(step - 3), Expectation.ANY, Effect.REMOVE));
      default -> List.of(put(key(step).text(), step));
    };
  }

  /** What {@code before} is after a step. */
  static Map<String, String> after(Map<String, String> before, int step) {
    Map<String, String> entries = new TreeMap<>(before);
    for (Mutation mutation : mutations(step)) {
      if (mutation.effect() instanceof Effect.SetEntry set) {
        entries.put(mutation.key().text(), set.value().text());
      } else {
        entries.remove(mutation.key().text());
      }
    }
    return entries;
  }

  void run() {
    for (int step = 1; step <= LENGTH; step++) {
      try {
        play(step);
        System.out.println("ok " + step);
      } catch (StoreException e) {
        if (e.code() == ErrorCode.OUTCOME_UNKNOWN) {
          System.out.println("unknown " + step);
          closeQuietly();
        } else {
          System.out.println("failed " + step + " " + e.code());
        }
      }
    }
    closeQuietly();
  }

  private void play(int step) {
    if (step % 40 == 0) {
      closeQuietly();
    }
    StoragePort open = store;
    if (open == null) {
      open = engine.open(options);
      store = open;
    }
    if (step % 40 == 20) {
      open.compact(Standard.NOW);
    } else {
      try {
        open.commit(mutations(step), Standard.NOW);
      } catch (StoreException e) {
        if (e.getMessage().contains("open it again")) {
          closeQuietly();
        }
        throw e;
      }
    }
  }

  private void closeQuietly() {
    StoragePort open = store;
    store = null;
    if (open != null) {
      try {
        open.close();
      } catch (StoreException e) {
        System.out.println("close " + e.code());
      }
    }
  }

  private static Key key(int step) {
    return Key.of("key" + step % 30);
  }

  private static Mutation put(String key, int step) {
    String value = "{\"n\":" + step + ",\"p\":\"" + "z".repeat(step * 53 % 1_200) + "\"}";
    return Mutation.put(Key.of(key), JsonValue.parse(value), Entry.NEVER);
  }
}
