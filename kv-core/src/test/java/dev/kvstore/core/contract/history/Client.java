package dev.kvstore.core.contract.history;

import dev.kvstore.core.KeyValueStore;
import dev.kvstore.core.Session;
import dev.kvstore.core.error.ErrorCode;
import dev.kvstore.core.error.StoreException;
import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.KeyPrefix;
import dev.kvstore.core.model.KeyRange;
import dev.kvstore.core.model.TimeToLive;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.LongSupplier;

/** A thread that uses a store at random and tells what it sees. */
final class Client {

  private static final int COMPACTION_ONE_IN = 300;

  private final KeyValueStore store;
  private final int thread;
  private final Random random;
  private final LongSupplier numbers;
  private final Recorder recorder;

  /**
   * A thread of a store.
   *
   * @param numbers gives each value a number of its own
   */
  Client(KeyValueStore store, int thread, long seed, LongSupplier numbers, Recorder recorder) {
    this.store = store;
    this.thread = thread;
    this.random = new Random(seed * 31 + thread);
    this.numbers = numbers;
    this.recorder = recorder;
  }

  /** Does something, chosen at random. */
  void act() {
    switch (random.nextInt(8)) {
      case 0, 1 -> create(key());
      case 2 -> put(key());
      case 3 -> delete(key());
      case 4, 5 -> read(key());
      case 6 -> readAll();
      default -> session();
    }
    if (random.nextInt(COMPACTION_ONE_IN) == 0) {
      store.compact();
    }
  }

  /** Looks at every key at one instant. */
  void readAll() {
    recorder.started(thread, List.of());
    List<Entry> page =
        store.list(KeyRange.of(KeyPrefix.all()), Step.KEYS.size()).items();
    List<Step> looks = new ArrayList<>();
    for (int key = 0; key < Step.KEYS.size(); key++) {
      Optional<Entry> found = Optional.empty();
      for (Entry entry : page) {
        found = entry.key().equals(Step.KEYS.get(key)) ? Optional.of(entry) : found;
      }
      looks.add(Step.look(key, found));
    }
    recorder.ended(thread, looks);
  }

  private void read(int key) {
    recorder.started(thread, List.of());
    recorder.ended(thread, List.of(Step.look(key, store.find(Step.KEYS.get(key)))));
  }

  private void create(int key) {
    long number = numbers.getAsLong();
    Step create = new Step(key, Step.ABSENT, number);
    recorder.started(thread, List.of(create));
    boolean created = succeeds(
        ErrorCode.KEY_EXISTS,
        () -> store.create(Step.KEYS.get(key), Step.value(number), TimeToLive.unlimited()));
    recorder.ended(thread, List.of(created ? create : Step.look(key, Step.PRESENT)));
  }

  private void put(int key) {
    long number = numbers.getAsLong();
    List<Step> put = List.of(new Step(key, Step.ANY, number));
    recorder.started(thread, put);
    store.put(Step.KEYS.get(key), Step.value(number), TimeToLive.unlimited());
    recorder.ended(thread, put);
  }

  private void delete(int key) {
    Step delete = new Step(key, Step.PRESENT, Step.ABSENT);
    recorder.started(thread, List.of(delete));
    boolean deleted = succeeds(ErrorCode.KEY_NOT_FOUND, () -> store.delete(Step.KEYS.get(key)));
    recorder.ended(thread, List.of(deleted ? delete : Step.look(key, Step.ABSENT)));
  }

  /** Looks at some keys and stages changes of some, so that what it writes depends on what it saw. */
  private void session() {
    try (Session session = store.session()) {
      RecordedSession recorded = new RecordedSession(session, thread, recorder);
      for (int steps = 1 + random.nextInt(4); steps > 0; steps--) {
        int key = key();
        boolean goesOn = switch (random.nextInt(5)) {
          case 0, 1 -> recorded.read(key);
          case 2 -> recorded.create(key, numbers.getAsLong());
          case 3 -> recorded.put(key, numbers.getAsLong());
          default -> recorded.delete(key);
        };
        if (!goesOn) {
          return;
        }
      }
      if (random.nextInt(8) > 0) {
        recorded.commit();
      }
    }
  }

  private int key() {
    return random.nextInt(Step.KEYS.size());
  }

  /** False if the call fails with {@code refusal}. */
  static boolean succeeds(ErrorCode refusal, Runnable call) {
    try {
      call.run();
      return true;
    } catch (StoreException e) {
      if (e.code() != refusal) {
        throw e;
      }
      return false;
    }
  }
}
