package dev.kvstore.jsonfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.core.KeyValueStore;
import dev.kvstore.files.Durability;
import dev.kvstore.files.StorageOptions;
import dev.kvstore.files.StoragePath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store without forces, large enough that its space is made in another thread. */
class PreparedSpaceTest {

  private static final int ENTRIES = 3_000;

  @TempDir
  private Path folder;

  @Test
  void nothingIsLostWhereSpaceIsMadeBesideTheWriters() throws Exception {
    Path file = folder.resolve("s.jsonl");
    try (KeyValueStore store = open(file)) {
      ExecutorService pool = Executors.newFixedThreadPool(2);
      List<Callable<Void>> writers = new ArrayList<>();
      for (int first = 0; first < 2; first++) {
        int own = first;
        writers.add(() -> {
          for (int i = own; i < ENTRIES; i += 2) {
            store.create("k" + i, value(i));
            assertEquals(value(i), store.read("k" + i));
          }
          return null;
        });
      }
      for (Future<Void> writer : pool.invokeAll(writers)) {
        writer.get();
      }
      pool.shutdown();
    }
    String text = Files.readString(file);
    assertTrue(text.endsWith("}\n") && !text.contains("\n\n"), "space was left after the close");
    try (KeyValueStore store = open(file)) {
      assertEquals(ENTRIES, store.status().liveEntries());
      for (int i = 0; i < ENTRIES; i++) {
        assertEquals(value(i), store.read("k" + i));
      }
    }
  }

  private static KeyValueStore open(Path file) {
    StorageOptions options =
        StorageOptions.at(StoragePath.of(file)).withDurability(Durability.NONE);
    return new KeyValueStore(JsonFileStorage.open(options), InstantSource.system());
  }

  private static String value(int i) {
    return "{\"n\":" + i + ",\"p\":\"" + ("v" + i).repeat(2_000) + "\"}";
  }
}
