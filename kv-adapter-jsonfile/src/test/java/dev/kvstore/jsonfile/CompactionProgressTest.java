package dev.kvstore.jsonfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.JsonValue;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.port.Mutation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A compaction tells how far it is, through the copying and through the reading back. */
class CompactionProgressTest {

  private static final int ENTRIES = 5_000;

  @TempDir
  private Path folder;

  @Test
  void tellsOfEveryPartOfTheWork() {
    // More than the last part, which is copied while all others wait, and of which nobody is told.
    JsonValue value = JsonValue.parse("{\"v\":\"" + "x".repeat(300) + "\"}");
    List<Mutation> entries = new ArrayList<>();
    for (int i = 0; i < ENTRIES; i++) {
      entries.add(Mutation.put(Key.of("k" + i), value, Entry.NEVER));
    }
    List<Long> shares = new ArrayList<>();
    try (JsonFileStorage storage = JsonFileStorage.open(folder.resolve("store"))) {
      storage.commit(entries, Stored.NOW);
      storage.compact(Stored.NOW, (done, total) -> shares.add(100 * done / total));
    }
    assertTrue(shares.size() >= 2 * ENTRIES, () -> shares.size() + " calls");
    assertEquals(shares.stream().sorted().toList(), shares);
    // Half of the work is reading back what was copied.
    long copied = shares.get(ENTRIES - 1);
    assertTrue(Math.abs(50 - copied) < 5, () -> "" + copied);
    assertTrue(shares.get(shares.size() - 1) >= 99, () -> "" + shares.get(shares.size() - 1));
  }
}
