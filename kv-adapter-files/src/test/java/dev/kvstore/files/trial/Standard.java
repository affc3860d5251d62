package dev.kvstore.files.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.core.error.ErrorCode;
import dev.kvstore.core.error.StoreException;
import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.JsonValue;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.model.KeyPrefix;
import dev.kvstore.core.model.KeyRange;
import dev.kvstore.core.port.CommitResult;
import dev.kvstore.core.port.Mutation;
import dev.kvstore.core.port.ProgressListener;
import dev.kvstore.core.port.StoragePort;
import dev.kvstore.files.StorageOptions;
import dev.kvstore.files.StoragePath;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What must hold after every fault: verifying finds no damage, the store holds what it may hold, takes a create, a read and a
 * delete, and is the same when it is opened again.
 */
final class Standard {

  /** The time at which the trials read and write, in milliseconds since 1970. */
  static final long NOW = 1_800_000_000_000L;

  private static final Key PROBE = Key.of("probe");

  private Standard() {}

  static StorageOptions options(Path path) {
    return StorageOptions.at(StoragePath.of(path)).withCommand("trial");
  }

  /**
   * Checks a store that nobody has open.
   *
   * @param content checks what it holds
   */
  static void check(Engine engine, Path path, String where, Consumer<Map<String, String>> content) {
    verify(engine, path, where);
    Map<String, String> held;
    try (StoragePort store = engine.open(options(path))) {
      held = entries(store);
      content.accept(held);
      JsonValue value = JsonValue.parse("{\"probe\":true}");
      assertEquals(
          CommitResult.APPLIED,
          store.commit(List.of(Mutation.create(PROBE, value, Entry.NEVER)), NOW),
          where);
      assertEquals(value, store.find(PROBE, NOW).orElseThrow().value(), where);
      assertEquals(CommitResult.APPLIED, store.commit(List.of(Mutation.delete(PROBE)), NOW), where);
    } catch (StoreException e) {
      throw new AssertionError(where + ": " + e.getMessage(), e);
    }
    try (StoragePort store = engine.open(options(path))) {
      assertEquals(held, entries(store), where + ", opened again");
    }
  }

  /** Every live entry of a store. */
  static Map<String, String> entries(StoragePort store) {
    Map<String, String> entries = new TreeMap<>();
    for (Entry entry :
        store.scan(KeyRange.of(KeyPrefix.all()), Integer.MAX_VALUE - 1, NOW).items()) {
      entries.put(entry.key().text(), entry.value().text());
    }
    return entries;
  }

  private static void verify(Engine engine, Path path, String where) {
    try {
      assertTrue(engine.maintenance(path).verify(ProgressListener.NONE).isSound(), where);
    } catch (StoreException e) {
      // It ended before there was a store.
      assertEquals(ErrorCode.STORE_MISSING, e.code(), where + ": " + e.getMessage());
    }
  }
}
