package dev.kvstore.bench.engine;

import dev.kvstore.core.KeyValueStore;
import dev.kvstore.core.Session;
import dev.kvstore.core.error.ErrorCode;
import dev.kvstore.core.error.StoreException;
import dev.kvstore.core.model.JsonValue;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.model.KeyPrefix;
import dev.kvstore.core.model.KeyRange;
import dev.kvstore.core.model.TimeToLive;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An engine of this repository as an application uses it: through {@link KeyValueStore}, with every rule on. */
final class StoreEngine implements Engine {

  private final KeyValueStore store;

  StoreEngine(KeyValueStore store) {
    this.store = store;
  }

  @Override
  public boolean createIfAbsent(String key, byte[] value) {
    try {
      store.create(Key.of(key), JsonValue.parse(value), TimeToLive.unlimited());
      return true;
    } catch (StoreException e) {
      return refused(e, ErrorCode.KEY_EXISTS);
    }
  }

  @Override
  public @Nullable Object read(String key) {
    return store.find(Key.of(key)).map(entry -> entry.value()).orElse(null);
  }

  @Override
  public byte[] bytes(Object value) {
    return ((JsonValue) value).utf8();
  }

  @Override
  public boolean delete(String key) {
    try {
      store.delete(Key.of(key));
      return true;
    } catch (StoreException e) {
      return refused(e, ErrorCode.KEY_NOT_FOUND);
    }
  }

  @Override
  public int list(String prefix, int limit) {
    return store.listKeys(KeyRange.of(KeyPrefix.of(prefix)), limit).items().size();
  }

  @Override
  public void createAll(Map<String, byte[]> entries) {
    try (Session session = store.session()) {
      entries.forEach((key, value) ->
          session.create(Key.of(key), JsonValue.parse(value), TimeToLive.unlimited()));
      session.commit();
    }
  }

  @Override
  public void deleteAll(List<String> keys) {
    try (Session session = store.session()) {
      keys.forEach(key -> session.delete(Key.of(key)));
      session.commit();
    }
  }

  @Override
  public void compact() {
    store.compact();
  }

  @Override
  public void close() {
    store.close();
  }

  private static boolean refused(StoreException error, ErrorCode expected) {
    if (error.code() == expected) {
      return false;
    }
    throw error;
  }
}
