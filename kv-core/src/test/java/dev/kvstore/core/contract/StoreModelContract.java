package dev.kvstore.core.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kvstore.core.KeyValueOperations;
import dev.kvstore.core.KeyValueStore;
import dev.kvstore.core.Session;
import dev.kvstore.core.error.ErrorCode;
import dev.kvstore.core.error.StoreException;
import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.JsonValue;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.model.KeyPrefix;
import dev.kvstore.core.model.KeyRange;
import dev.kvstore.core.model.Page;
import dev.kvstore.core.model.TimeToLive;
import dev.kvstore.core.port.StoragePort;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.ThrowingSupplier;

/**
 * Random chains of operations on a {@link KeyValueStore} over the engine, compared step by step with {@link StoreModel}, a
 * sorted map. A failure names the seed of its chain; the system property {@code kv.model.seed} runs that chain alone.
 */
public abstract class StoreModelContract {

  private static final long NOW = 1_800_000_000_000L;
  private static final int STEPS = 120;
  private static final int KEYS = 12;

  /**
   * Opens the store of one chain: empty when the chain is new, later with what it held when it was closed.
   *
   * @param chain names the chain
   */
  protected abstract StoragePort open(long chain);

  /** How many chains to run; the system property {@code kv.model.chains} overrides it. */
  protected int chains() {
    return 40;
  }

  @Test
  void everyStepGivesWhatTheModelGives() {
    Long seed = Long.getLong("kv.model.seed");
    if (seed != null) {
      run(seed);
      return;
    }
    long first = new Random().nextInt(1_000_000_000);
    int chains = Integer.getInteger("kv.model.chains", chains());
    for (long chain = first; chain < first + chains; chain++) {
      try {
        run(chain);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(
            "chain failed; repeat it with -Dkv.model.seed=" + chain + ": " + e.getMessage(), e);
      }
    }
  }

  private void run(long seed) {
    Random random = new Random(seed);
    SettableClock clock = new SettableClock(NOW);
    StoreModel model = new StoreModel(clock);
    KeyValueStore store = new KeyValueStore(open(seed), clock);
    try {
      for (int step = 0; step < STEPS; step++) {
        String where = "step " + step;
        switch (random.nextInt(20)) {
          case 0 -> {
            store.close();
            store = new KeyValueStore(open(seed), clock);
          }
          case 1 -> store.compact();
          case 2, 3, 4 -> clock.advance(random.nextInt(3_000));
          case 5, 6 -> session(random, store, model, where);
          default -> operation(random, store, model, where);
        }
        compareAll(store, model, random, where);
      }
    } finally {
      store.close();
    }
  }

  private static void session(Random random, KeyValueStore store, StoreModel master, String where) {
    StoreModel staged = master.copy();
    boolean foreignWrite = false;
    try (Session session = store.session()) {
      int operations = random.nextInt(8);
      for (int i = 0; i < operations; i++) {
        operation(random, session, staged, where + ", operation " + i + " of a session");
      }
      assertEquals(
          staged.keys(KeyRange.of(KeyPrefix.all())),
          walkKeys(session, 3),
          where + ": list in a session");
      if (operations > 0 && random.nextInt(4) == 0) {
        // Somebody else writes a key that the session has written.
        List<Key> written = staged.written();
        if (!written.isEmpty()) {
          Key key = written.get(random.nextInt(written.size()));
          store.put(key, JsonValue.parse("{}"), TimeToLive.unlimited());
          master.put(key, JsonValue.parse("{}"), TimeToLive.unlimited());
          foreignWrite = true;
        }
      }
      if (foreignWrite) {
        assertEquals(
            ErrorCode.CONFLICT,
            outcome(() -> commit(session)),
            where + ": commit after a foreign write");
      } else if (random.nextInt(4) != 0) {
        assertEquals("committed", outcome(() -> commit(session)), where);
        master.become(staged);
      }
    }
  }

  private static Object commit(Session session) {
    session.commit();
    return "committed";
  }

  private static void operation(
      Random random, KeyValueOperations store, StoreModel model, String where) {
    Key key = Key.of("k" + (char) ('a' + random.nextInt(KEYS)));
    JsonValue value = JsonValue.parse(
        "{\"v\":" + random.nextInt(1_000) + ",\"p\":\"" + "x".repeat(random.nextInt(200)) + "\"}");
    TimeToLive ttl =
        random.nextBoolean() ? TimeToLive.unlimited() : TimeToLive.ofSeconds(1 + random.nextInt(4));
    switch (random.nextInt(6)) {
      case 0, 1 ->
        same(
            where + ": create " + key,
            done(() -> store.create(key, value, ttl)),
            done(() -> model.create(key, value, ttl)));
      case 2 ->
        same(
            where + ": put " + key,
            done(() -> store.put(key, value, ttl)),
            done(() -> model.put(key, value, ttl)));
      case 3 ->
        same(
            where + ": delete " + key,
            done(() -> store.delete(key)),
            done(() -> model.delete(key)));
      case 4 -> same(where + ": read " + key, () -> store.read(key), () -> model.read(key));
      default ->
        same(where + ": ttl " + key, () -> store.timeToLive(key), () -> model.timeToLive(key));
    }
  }

  private static void compareAll(
      KeyValueStore store, StoreModel model, Random random, String where) {
    KeyRange all = KeyRange.of(KeyPrefix.all());
    assertEquals(model.keys(all), walkKeys(store, 1 + random.nextInt(6)), where + ": list of keys");
    assertEquals(model.keys(all).size(), store.count(KeyPrefix.all()), where + ": count");
    KeyRange some =
        new KeyRange(KeyPrefix.of("k"), Key.of("k" + (char) ('a' + random.nextInt(KEYS))));
    Page<Entry> page = store.list(some, KeyValueOperations.MAX_PAGE_SIZE);
    assertEquals(
        model.keys(some),
        page.items().stream().map(Entry::key).toList(),
        where + ": list of entries");
    for (Entry entry : page.items()) {
      assertEquals(model.read(entry.key()), entry.value(), where + ": value in a list");
    }
  }

  private static List<Key> walkKeys(KeyValueOperations store, int limit) {
    List<Key> seen = new ArrayList<>();
    KeyRange range = KeyRange.of(KeyPrefix.all());
    while (true) {
      Page<Key> page = store.listKeys(range, limit);
      seen.addAll(page.items());
      if (!page.hasMore()) {
        return seen;
      }
      range = range.startingAfter(seen.get(seen.size() - 1));
    }
  }

  private static ThrowingSupplier<Object> done(Runnable call) {
    return () -> {
      call.run();
      return "done";
    };
  }

  private static void same(
      String what, ThrowingSupplier<Object> actual, ThrowingSupplier<Object> expected) {
    assertEquals(outcome(expected), outcome(actual), what);
  }

  private static Object outcome(ThrowingSupplier<Object> call) {
    try {
      return call.get();
    } catch (StoreException e) {
      return e.code();
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }
}
