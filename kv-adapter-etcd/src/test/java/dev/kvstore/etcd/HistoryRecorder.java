package dev.kvstore.etcd;

import dev.kvstore.core.error.ErrorCode;
import dev.kvstore.core.error.StoreException;
import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.JsonValue;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.port.CommitResult;
import dev.kvstore.core.port.Mutation;
import dev.kvstore.core.port.StoragePort;
import dev.kvstore.etcd.Operation.Kind;
import dev.kvstore.etcd.Operation.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** One thread that does random things to a few keys and writes down what came of them. */
final class HistoryRecorder {

  private static final int KEYS = 5;
  private static final List<Kind> KINDS = List.of(Kind.values());
  private static final int LEAST = 40;
  private static final Duration LONGEST_MORE = Duration.ofMinutes(1);

  private final StoragePort storage;
  private final String name;
  private final Random random;
  private final List<Operation> history = new ArrayList<>();
  private int values;

  HistoryRecorder(StoragePort storage, String name, long seed) {
    this.storage = storage;
    this.name = name;
    this.random = new Random(seed);
  }

  /** Goes on until then, by {@link System#nanoTime}; on a busy machine longer, so that there is something to check. */
  List<Operation> run(long endNanos) {
    long latest = endNanos + LONGEST_MORE.toNanos();
    while (System.nanoTime() < endNanos || (history.size() < LEAST && System.nanoTime() < latest)) {
      step();
    }
    return history;
  }

  private void step() {
    Key key = Key.of("k" + random.nextInt(KEYS));
    Kind kind = KINDS.get(random.nextInt(KINDS.size()));
    String value = kind == Kind.CREATE || kind == Kind.PUT ? name + "-" + values++ : null;
    long start = System.nanoTime();
    try {
      if (kind == Kind.READ) {
        String found = storage
            .find(key, Fixture.NOW)
            .map(entry -> entry.value().text().replace("\"", ""))
            .orElse(null);
        note(kind, key, found, start, Outcome.DONE);
      } else {
        boolean applied = storage
            .commit(List.of(mutation(kind, key, value)), Fixture.NOW)
            .equals(CommitResult.APPLIED);
        note(kind, key, value, start, applied ? Outcome.DONE : Outcome.REFUSED);
      }
    } catch (StoreException e) {
      if (e.code() == ErrorCode.OUTCOME_UNKNOWN) {
        note(kind, key, value, start, Outcome.UNKNOWN);
      } else if (e.code() != ErrorCode.STORAGE_FAILED) {
        throw e;
      }
      // STORAGE_FAILED says that nothing was changed; if that is not so, the history shows it.
    }
  }

  private void note(Kind kind, Key key, @Nullable String value, long start, Outcome outcome) {
    history.add(new Operation(kind, key.text(), value, start, System.nanoTime(), outcome));
  }

  private static Mutation mutation(Kind kind, Key key, @Nullable String value) {
    return switch (kind) {
      case CREATE -> Mutation.create(key, JsonValue.parse("\"" + value + "\""), Entry.NEVER);
      case PUT -> Mutation.put(key, JsonValue.parse("\"" + value + "\""), Entry.NEVER);
      case DELETE -> Mutation.delete(key);
      case READ -> throw new IllegalArgumentException("a read is no mutation");
    };
  }
}
