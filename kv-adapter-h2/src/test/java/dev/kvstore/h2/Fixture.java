package dev.kvstore.h2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kvstore.core.error.ErrorCode;
import dev.kvstore.core.error.StoreException;
import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.JsonValue;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.model.KeyPrefix;
import dev.kvstore.core.model.KeyRange;
import dev.kvstore.core.port.CommitResult;
import dev.kvstore.core.port.Mutation;
import dev.kvstore.core.port.StoragePort;
import dev.kvstore.files.StorageOptions;
import dev.kvstore.files.StoragePath;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.function.Executable;

/** What the tests of this engine have in common. */
final class Fixture {

  static final long NOW = 1_800_000_000_000L;
  static final KeyRange ALL = KeyRange.of(KeyPrefix.all());

  private Fixture() {}

  static StorageOptions options(Path file) {
    return StorageOptions.at(StoragePath.of(file)).withCommand("test");
  }

  static JsonValue value(int number) {
    return JsonValue.parse("{\"number\":" + number + "}");
  }

  /** A value of exactly this many bytes, at least 8. */
  static JsonValue valueOfBytes(int bytes) {
    return JsonValue.parse("{\"v\":\"" + "x".repeat(bytes - 8) + "\"}");
  }

  static void store(StoragePort port, String key, JsonValue value) {
    assertEquals(
        CommitResult.APPLIED,
        port.commit(List.of(Mutation.create(Key.of(key), value, Entry.NEVER)), NOW));
  }

  static void put(StoragePort port, String key, JsonValue value) {
    assertEquals(
        CommitResult.APPLIED,
        port.commit(List.of(Mutation.put(Key.of(key), value, Entry.NEVER)), NOW));
  }

  static void delete(StoragePort port, String key) {
    assertEquals(CommitResult.APPLIED, port.commit(List.of(Mutation.delete(Key.of(key))), NOW));
  }

  static String read(StoragePort port, String key) {
    return port.find(Key.of(key), NOW).map(entry -> entry.value().text()).orElse("");
  }

  static StoreException assertCode(ErrorCode code, Executable call) {
    StoreException failure = assertThrows(StoreException.class, call);
    assertEquals(code, failure.code(), failure::getMessage);
    return failure;
  }
}
