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
  void halfOfTheWorkIsReadingBackWhatWasCopied() {
    List<Long> shares = new ArrayList<>();
    CompactionProgress progress =
        new CompactionProgress((done, total) -> shares.add(100 * done / total), 1_000);
    for (int offset = 100; offset <= 1_000; offset += 100) {
      progress.copied(offset, 1_000);
    }
    assertEquals(50, shares.get(shares.size() - 1));
    for (int offset = 100; offset <= 1_000; offset += 100) {
      progress.readBack(offset, 1_000);
    }
    assertEquals(100, shares.get(shares.size() - 1));
    assertEquals(20, shares.size());
    assertEquals(shares.stream().sorted().toList(), shares);
  }

  @Test
  void aListenerIsToldUntilTheEnd() {
    List<Mutation> entries = new ArrayList<>();
    for (int i = 0; i < ENTRIES; i++) {
      entries.add(Mutation.put(Key.of("k" + i), JsonValue.parse("{}"), Entry.NEVER));
    }
    List<Long> shares = new ArrayList<>();
    try (JsonFileStorage storage = JsonFileStorage.open(folder.resolve("store"))) {
      storage.commit(entries, Stored.NOW);
      storage.compact(Stored.NOW, (done, total) -> shares.add(100 * done / total));
    }
    assertEquals(shares.stream().sorted().toList(), shares);
    assertTrue(shares.get(shares.size() - 1) >= 99, shares::toString);
  }
}
