package dev.kvstore.etcd;

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
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.function.Executable;

/** What the tests of this engine share. */
final class Fixture {

  static final long NOW = 1_800_000_000_000L;
  static final KeyRange ALL = KeyRange.of(KeyPrefix.all());

  private Fixture() {}

  static String newNamespace() {
    return "test-" + UUID.randomUUID();
  }

  static JsonValue value(int number) {
    return JsonValue.parse("{\"number\":" + number + "}");
  }

  static CommitResult createIn(StoragePort storage, String key, int number) {
    return storage.commit(List.of(Mutation.create(Key.of(key), value(number), Entry.NEVER)), NOW);
  }

  static CommitResult delete(StoragePort storage, String key) {
    return storage.commit(List.of(Mutation.delete(Key.of(key))), NOW);
  }

  static boolean has(StoragePort storage, String key) {
    return storage.find(Key.of(key), NOW).isPresent();
  }

  static StoreException assertCode(ErrorCode code, Executable call) {
    StoreException thrown = assertThrows(StoreException.class, call);
    assertEquals(code, thrown.code(), thrown::toString);
    return thrown;
  }

  /** Waits until something holds, a minute at most. */
  static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("it has not come in a minute");
      }
      Thread.sleep(20);
    }
  }
}
