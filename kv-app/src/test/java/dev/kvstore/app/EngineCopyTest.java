package dev.kvstore.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.JsonValue;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.model.KeyPrefix;
import dev.kvstore.core.model.KeyRange;
import dev.kvstore.core.port.CommitResult;
import dev.kvstore.core.port.Mutation;
import dev.kvstore.core.port.StoragePort;
import dev.kvstore.h2.H2Storage;
import dev.kvstore.jsonfile.JsonFileStorage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user moves from one engine to the other and back, and finds every entry as it was. */
class EngineCopyTest {

  private static final long NOW = 1_800_000_000_000L;

  @TempDir
  private Path folder;

  /** What a copy has to keep; the version is each engine's own. */
  private record Copied(Key key, JsonValue value, long expiresAtMillis) {}

  @Test
  void fromTextToH2AndBackNothingChanges() {
    List<Copied> first;
    List<Copied> second;
    try (StoragePort text = JsonFileStorage.open(folder.resolve("a.jsonl"));
        StoragePort h2 = H2Storage.open(folder.resolve("b"));
        StoragePort back = JsonFileStorage.open(folder.resolve("c.jsonl"))) {
      fill(text);
      copy(text, h2);
      copy(h2, back);
      first = entries(text);
      second = entries(back);
      assertEquals(first, entries(h2));
    }
    assertFalse(first.isEmpty());
    assertEquals(first, second);
  }

  private static void fill(StoragePort target) {
    List<Mutation> batch = new ArrayList<>();
    String[] keys = {"a", "A", "\u00e9", "e\u0301", "\ud83d\ude00", "a b", "../x", "\uffee", "z"};
    String[] values = {
      "{\"n\":1e400}",
      "{\"n\":1.0,\"n\":1.00}",
      "{\"s\":\"\\u00e9\\/\u00e9\"}",
      "{}",
      "{\"deep\":[[[[]]]]}"
    };
    for (int i = 0; i < 500; i++) {
      Key key = Key.of(keys[i % keys.length] + i);
      long expires = i % 3 == 0 ? NOW + 1_000 + i : Entry.NEVER;
      batch.add(Mutation.create(key, JsonValue.parse(values[i % values.length]), expires));
    }
    batch.add(Mutation.create(
        Key.of("large"), JsonValue.parse("{\"v\":\"" + "x".repeat(16_376) + "\"}"), Entry.NEVER));
    assertEquals(CommitResult.APPLIED, target.commit(batch, NOW));
  }

  private static void copy(StoragePort source, StoragePort target) {
    List<Mutation> batch = new ArrayList<>();
    for (Copied entry : entries(source)) {
      batch.add(Mutation.create(entry.key(), entry.value(), entry.expiresAtMillis()));
    }
    assertEquals(CommitResult.APPLIED, target.commit(batch, NOW));
  }

  private static List<Copied> entries(StoragePort storage) {
    return storage.scan(KeyRange.of(KeyPrefix.all()), 1_000, NOW).items().stream()
        .map(entry -> new Copied(entry.key(), entry.value(), entry.expiresAtMillis()))
        .toList();
  }
}
