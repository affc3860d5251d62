package dev.kvstore.jsonfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.core.error.CorruptStoreException;
import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.JsonValue;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.port.Mutation;
import dev.kvstore.jsonfile.simulation.Operation;
import dev.kvstore.jsonfile.simulation.SimulatedDisk;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A file that is damaged while it is compacted. */
class CompactionDamageTest {

  /** So many of them are more than a compaction leaves for the time when commits wait. */
  private static final int ENTRIES = 100;

  private static final JsonValue LARGE = JsonValue.parse("\"" + "x".repeat(15_000) + "\"");
  private static final JsonValue SMALL = JsonValue.parse("1");

  private final SimulatedDisk disk = new SimulatedDisk();
  private final JsonFileStorage store =
      JsonFileStorage.open(StoreRun.options(100_000_000), disk, Background.inline());

  /** As many entries come as go, so that the number of them tells nothing. */
  @Test
  void aRemovalThatCannotBeReadTakesNothingBack() {
    for (int i = 0; i < ENTRIES; i++) {
      put("k" + i, LARGE);
    }
    disk.observe(operation -> {
      if (operation == Operation.FORCE) {
        disk.observe(later -> {});
        store.commit(List.of(Mutation.delete(Key.of("k7"))), Stored.NOW);
        put("new", SMALL);
        damageLastLineOf("k7");
        damageLastLineOf("new");
      }
    });
    CorruptStoreException refusal =
        assertThrows(CorruptStoreException.class, () -> store.compact(Stored.NOW));
    assertTrue(refusal.getMessage().contains("line " + (ENTRIES + 2)), refusal::getMessage);
    assertEquals(ENTRIES, store.status(Stored.NOW).liveEntries());
    assertTrue(store.find(Key.of("k7"), Stored.NOW).isEmpty(), "it came back");
    assertEquals(Set.of(StoreRun.FILE), disk.files());
  }

  @Test
  void aDamagedLineThatNoLongerCountsDoesNoHarm() {
    put("old", SMALL);
    store.commit(List.of(Mutation.delete(Key.of("old"))), Stored.NOW);
    for (int i = 0; i < ENTRIES; i++) {
      put("k" + i, LARGE);
    }
    damageLastLineOf("old");
    store.compact(Stored.NOW);
    assertEquals(ENTRIES, store.status(Stored.NOW).liveEntries());
    assertTrue(store.find(Key.of("k7"), Stored.NOW).isPresent());
  }

  private void damageLastLineOf(String key) {
    byte[] file = disk.bytes(StoreRun.FILE);
    int at = new String(file, StandardCharsets.ISO_8859_1).lastIndexOf("\"" + key + "\"");
    file[at + 1] ^= 1;
    disk.damage(StoreRun.FILE, file);
  }

  private void put(String key, JsonValue value) {
    store.commit(List.of(Mutation.put(Key.of(key), value, Entry.NEVER)), Stored.NOW);
  }
}
