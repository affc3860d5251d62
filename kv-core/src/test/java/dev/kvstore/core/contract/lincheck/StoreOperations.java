package dev.kvstore.core.contract.lincheck;

import dev.kvstore.core.KeyValueStore;
import dev.kvstore.core.Session;
import dev.kvstore.core.error.ErrorCode;
import dev.kvstore.core.error.StoreException;
import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.JsonValue;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.model.TimeToLive;
import java.util.Optional;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;

/**
 * What Lincheck calls. It makes an instance for each run of a scenario, which begins with an empty store as far as it can see: with
 * a store of its own, or with keys of its own.
 */
@Param(name = "key", gen = IntGen.class, conf = "0:1")
@Param(name = "value", gen = IntGen.class, conf = "1:9")
public abstract class StoreOperations {

  private final KeyValueStore store;
  private final String prefix;

  /**
   * A run on {@code store}.
   *
   * @param prefix what keys begin with: if other runs use the same store, one that none of them has
   */
  protected StoreOperations(KeyValueStore store, String prefix) {
    this.store = store;
    this.prefix = prefix;
  }

  /** Whether it was created. */
  @Operation
  public boolean create(@Param(name = "key") int key, @Param(name = "value") int value) {
    return succeeds(
        ErrorCode.KEY_EXISTS, () -> store.create(key(key), value(value), TimeToLive.unlimited()));
  }

  /** Creates or replaces. */
  @Operation
  public void put(@Param(name = "key") int key, @Param(name = "value") int value) {
    store.put(key(key), value(value), TimeToLive.unlimited());
  }

  /** The value; 0 if there is none. */
  @Operation
  public int read(@Param(name = "key") int key) {
    return number(store.find(key(key)));
  }

  /** Whether it was deleted. */
  @Operation
  public boolean delete(@Param(name = "key") int key) {
    return succeeds(ErrorCode.KEY_NOT_FOUND, () -> store.delete(key(key)));
  }

  /** By a session, again and again until it commits: gives both keys the sum of their values, and says which. */
  @Operation
  public int join() {
    while (true) {
      try (Session session = store.session()) {
        int[] sum = new int[1];
        boolean committed = succeeds(ErrorCode.CONFLICT, () -> {
          sum[0] = stageSum(session);
          session.commit();
        });
        if (committed) {
          return sum[0];
        }
      }
    }
  }

  private int stageSum(Session session) {
    int sum = number(session.find(key(0))) + number(session.find(key(1)));
    session.put(key(0), value(sum), TimeToLive.unlimited());
    session.put(key(1), value(sum), TimeToLive.unlimited());
    return sum;
  }

  private Key key(int key) {
    return Key.of(prefix + key);
  }

  private static JsonValue value(int value) {
    return JsonValue.parse("{\"n\":" + value + "}");
  }

  private static int number(Optional<Entry> found) {
    String text = found.map(entry -> entry.value().text()).orElse("{\"n\":0}");
    return Integer.parseInt(text, "{\"n\":".length(), text.length() - 1, 10);
  }

  private static boolean succeeds(ErrorCode refusal, Runnable call) {
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
