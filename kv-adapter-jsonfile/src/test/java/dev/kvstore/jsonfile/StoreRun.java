package dev.kvstore.jsonfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.core.error.ErrorCode;
import dev.kvstore.core.error.StoreException;
import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.JsonValue;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.port.CommitResult;
import dev.kvstore.core.port.Effect;
import dev.kvstore.core.port.Expectation;
import dev.kvstore.core.port.Mutation;
import dev.kvstore.files.Durability;
import dev.kvstore.files.StorageOptions;
import dev.kvstore.files.StoragePath;
import dev.kvstore.jsonfile.simulation.SimulatedDisk;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A store on a simulated disk, driven step by step beside a model of what it must hold. */
final class StoreRun {

  static final Path FILE = Path.of("/store/s.jsonl").toAbsolutePath();

  private static final long NEXT_YEAR = Stored.NOW + 31_536_000_000L;

  /** Keeps the index after every write and at every end. */
  static final CheckpointPolicy EAGER = new CheckpointPolicy(0, 0, 0);

  private final SimulatedDisk disk;
  private final StorageOptions options;
  private final CheckpointPolicy checkpoints;
  /** What a power cut may go back to, beside what is acknowledged last: older than the next force, which is not done yet. */
  private final Set<Map<String, String>> unforced = new HashSet<>();

  private final List<Runnable> later = new ArrayList<>();
  private Optional<JsonFileStorage> store = Optional.empty();
  private Map<String, String> acknowledged = new TreeMap<>();
  private Set<Map<String, String>> others = Set.of();
  private boolean stopped;
  private int values;

  StoreRun(SimulatedDisk disk, long maxBytes) {
    this(disk, maxBytes, Durability.SYNC, CheckpointPolicy.USUAL);
  }

  StoreRun(SimulatedDisk disk, long maxBytes, Durability durability, CheckpointPolicy checkpoints) {
    this.disk = disk;
    this.options = options(maxBytes).withDurability(durability);
    this.checkpoints = checkpoints;
  }

  static StorageOptions options(long maxBytes) {
    return StorageOptions.at(StoragePath.of(FILE)).withMaxBytes(maxBytes).withCommand("test");
  }

  /** The states in which a crash of the machine at this instant may leave the store. */
  Set<Map<String, String>> possible() {
    Set<Map<String, String>> states = possibleAfterKill();
    states.addAll(unforced);
    return states;
  }

  /** The states in which the end of the process at this instant may leave the store. */
  Set<Map<String, String>> possibleAfterKill() {
    Set<Map<String, String>> states = new HashSet<>();
    states.add(acknowledged);
    states.addAll(others);
    return states;
  }

  /** Lets the store that is opened next hold one of these states. */
  void expect(Set<Map<String, String>> states) {
    others = states;
    acknowledged = states.iterator().next();
  }

  JsonFileStorage store() {
    return store.orElseThrow();
  }

  boolean isOpen() {
    return store.isPresent();
  }

  /** Opens the store and compares it with what it may hold. Empty, or the code with which it failed. */
  Optional<ErrorCode> open() {
    try {
      later.clear();
      store = Optional.of(JsonFileStorage.open(options, disk, background(later), checkpoints));
    } catch (StoreException e) {
      return Optional.of(e.code());
    }
    Optional<Map<String, String>> held = read();
    held.ifPresent(entries -> {
      assertTrue(possible().contains(entries), () -> entries + " is none of " + possible());
      acknowledged = entries;
      others = Set.of();
      unforced.clear();
      stopped = false;
    });
    return held.isPresent() ? Optional.empty() : Optional.of(ErrorCode.STORAGE_FAILED);
  }

  Optional<ErrorCode> close() {
    try {
      store().close();
      unforced.clear();
      return Optional.empty();
    } catch (StoreException e) {
      return Optional.of(e.code());
    } finally {
      store = Optional.empty();
    }
  }

  Optional<ErrorCode> create(String key, int size) {
    return commit(List.of(Mutation.create(Key.of(key), value(size), Entry.NEVER)));
  }

  Optional<ErrorCode> put(String key, int size) {
    return commit(List.of(Mutation.put(Key.of(key), value(size), NEXT_YEAR)));
  }

  Optional<ErrorCode> delete(String key) {
    return commit(List.of(Mutation.delete(Key.of(key))));
  }

  /** Puts one key and removes another, which need not be there. */
  Optional<ErrorCode> session(String put, String remove, int size) {
    return commit(List.of(
        Mutation.put(Key.of(put), value(size), Entry.NEVER),
        new Mutation(Key.of(remove), Expectation.ANY, Effect.REMOVE)));
  }

  /** Puts two keys. */
  Optional<ErrorCode> session(String first, String second) {
    return commit(List.of(
        Mutation.put(Key.of(first), value(300), Entry.NEVER),
        Mutation.create(Key.of(second), value(400), NEXT_YEAR)));
  }

  /** So much time passes that the store does what it has put off; a store that forces in time has then forced all. */
  Optional<ErrorCode> timePasses() {
    List<Runnable> due = List.copyOf(later);
    later.clear();
    due.forEach(Runnable::run);
    if (options.durability() == Durability.BATCH) {
      unforced.clear();
    }
    return Optional.empty();
  }

  /** Runs at once what need not wait, and leaves in {@code later} what is put off. */
  static Background background(List<Runnable> later) {
    return new Background() {
      @Override
      public void run(Runnable task) {
        task.run();
      }

      @Override
      public void runLater(Runnable task, long delayMillis) {
        later.add(task);
      }

      @Override
      public void end() {
        later.clear();
      }
    };
  }

  Optional<ErrorCode> compact() {
    try {
      store().compact(Stored.NOW);
      unforced.clear();
      return Optional.empty();
    } catch (StoreException e) {
      return Optional.of(e.code());
    }
  }

  /** Commits, and notes what may be stored after the answer. Empty if it was applied or refused by its expectation. */
  Optional<ErrorCode> commit(List<Mutation> mutations) {
    Optional<Map<String, String>> next = after(mutations);
    boolean mustFail = stopped;
    if (!mustFail) {
      others = next.map(Set::of).orElse(Set.of());
    }
    try {
      CommitResult result = store().commit(mutations, Stored.NOW);
      assertEquals(next.isPresent(), result instanceof CommitResult.Applied);
      boolean changed = next.isPresent() && !next.get().equals(acknowledged);
      assertTrue(!mustFail || !changed, "a write after a failed force");
      if (next.isPresent()) {
        if (options.durability() != Durability.SYNC) {
          unforced.add(acknowledged);
        }
        acknowledged = next.get();
        others = Set.of();
      }
      return Optional.empty();
    } catch (StoreException e) {
      if (e.code() == ErrorCode.OUTCOME_UNKNOWN) {
        assertTrue(!mustFail, "a write after a failed force");
        stopped = true;
      } else if (!mustFail) {
        others = Set.of();
      }
      return Optional.of(e.code());
    }
  }

  /** What readers of the open store see, which is what was acknowledged and nothing else. Empty if reading fails. */
  Optional<Map<String, String>> read() {
    try {
      return Optional.of(Stored.in(store()));
    } catch (StoreException e) {
      assertEquals(ErrorCode.STORAGE_FAILED, e.code(), e.getMessage());
      return Optional.empty();
    }
  }

  /** Readers see what was acknowledged, unless the disk does not let them read. */
  void assertReadsWhatWasAcknowledged() {
    read().ifPresent(entries -> assertEquals(acknowledged, entries));
  }

  /** Readers see what was acknowledged. */
  void assertReadable() {
    assertEquals(Optional.of(acknowledged), read());
  }

  private JsonValue value(int size) {
    return JsonValue.parse("{\"n\":" + ++values + ",\"p\":\"" + "x".repeat(size) + "\"}");
  }

  /** The model of a commit; empty if an expectation does not hold. */
  private Optional<Map<String, String>> after(List<Mutation> mutations) {
    Map<String, String> next = new TreeMap<>(acknowledged);
    for (Mutation mutation : mutations) {
      String key = mutation.key().text();
      boolean there = acknowledged.containsKey(key);
      if ((mutation.expectation() instanceof Expectation.Absent && there)
          || (mutation.expectation() instanceof Expectation.Live && !there)) {
        return Optional.empty();
      }
      if (mutation.effect() instanceof Effect.SetEntry set) {
        next.put(key, Stored.text(set.value().text(), set.expiresAtMillis()));
      } else {
        next.remove(key);
      }
    }
    return Optional.of(next);
  }
}
