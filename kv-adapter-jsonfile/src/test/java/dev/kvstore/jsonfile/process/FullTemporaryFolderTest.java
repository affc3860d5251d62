package dev.kvstore.jsonfile.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.core.error.StoreException;
import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.JsonValue;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.model.KeyPrefix;
import dev.kvstore.core.model.KeyRange;
import dev.kvstore.core.port.Mutation;
import dev.kvstore.files.trial.Child;
import dev.kvstore.files.trial.Commands;
import dev.kvstore.jsonfile.JsonFileStorage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The memory of the index lies in the folder for temporary files, which is in memory on many systems, and may be full. */
class FullTemporaryFolderTest {

  private static final long NOW = 1_800_000_000_000L;

  @TempDir
  private Path folder;

  private Path mount() {
    return folder.resolve("mount");
  }

  @AfterEach
  void unmount() throws Exception {
    new ProcessBuilder("umount", mount().toString()).start().waitFor();
  }

  @Test
  void aWriteThatNeedsMoreIsRefusedAndAllElseGoesOn() throws Exception {
    Files.createDirectory(mount());
    Commands.require("mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", mount().toString());
    List<String> lines;
    try (Child child = Child.start(
        List.of(),
        List.of("-Djava.io.tmpdir=" + mount()),
        Filler.class,
        folder.resolve("store").toString())) {
      lines = child.lines();
      assertEquals(0, child.end(), lines::toString);
    }
    int stored = Integer.parseInt(lines.get(0));
    assertTrue(stored > 5_000 && stored < 40_000, lines::toString);
    assertEquals(
        List.of("STORAGE_FAILED", "found true", "removed", "listed 10", "reopened true"),
        lines.subList(1, lines.size()));
  }

  /** Stores entries until one is refused, and tells what goes on. */
  static final class Filler {

    private Filler() {}

    public static void main(String[] arguments) {
      Path file = Path.of(arguments[0]);
      int stored = 0;
      try (JsonFileStorage store = JsonFileStorage.open(file)) {
        try {
          while (stored < 60_000) {
            store.commit(thousandFrom(stored), NOW);
            stored += 1_000;
          }
        } catch (StoreException e) {
          System.out.println(stored + "\n" + e.code());
        }
        System.out.println("found " + store.find(Key.of("k7"), NOW).isPresent());
        store.commit(List.of(Mutation.delete(Key.of("k1"))), NOW);
        System.out.println("removed");
        System.out.println("listed "
            + store.scanKeys(KeyRange.of(KeyPrefix.all()), 10, NOW).items().size());
      }
      try (JsonFileStorage store = JsonFileStorage.open(file)) {
        System.out.println("reopened " + (store.status(NOW).liveEntries() == stored - 1));
      }
    }

    private static List<Mutation> thousandFrom(int first) {
      List<Mutation> mutations = new ArrayList<>();
      for (int i = first; i < first + 1_000; i++) {
        mutations.add(Mutation.create(Key.of("k" + i), JsonValue.parse("{}"), Entry.NEVER));
      }
      return mutations;
    }
  }
}
