package dev.kvstore.h2;

import static dev.kvstore.h2.Fixture.NOW;
import static dev.kvstore.h2.Fixture.store;
import static dev.kvstore.h2.Fixture.valueOfBytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.core.error.ErrorCode;
import dev.kvstore.core.error.StoreException;
import dev.kvstore.core.model.Key;
import dev.kvstore.files.trial.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file system of 8 MB that is full. */
class DiskFullTest {

  @TempDir
  private Path folder;

  private Path disk() {
    return folder.resolve("disk");
  }

  @BeforeEach
  void mount() throws Exception {
    Files.createDirectory(disk());
    Commands.require("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", disk().toString());
  }

  @AfterEach
  void unmount() throws Exception {
    new ProcessBuilder("umount", disk().toString()).start().waitFor();
  }

  @Test
  void nothingIsLostAndWritingGoesOnWhenThereIsSpace() throws IOException {
    List<String> made = new ArrayList<>();
    Path theirs = disk().resolve("theirs");
    Files.write(theirs, new byte[4_000_000]);
    try (H2Storage storage = H2Storage.open(disk().resolve("store"))) {
      for (int size : new int[] {16_000, 4_000, 100}) {
        fill(storage, size, made);
        assertAllThere(storage, made);
      }
      assertTrue(made.size() > 50, "only " + made.size() + " entries fit");
      assertNoSpace(assertThrows(StoreException.class, () -> storage.compact(NOW)));
      assertAllThere(storage, made);
      deleteOrSayWhyNot(storage, made);
      assertAllThere(storage, made);
      Files.delete(theirs);
      store(storage, "later", valueOfBytes(16_000));
      made.add("later");
      for (String key : List.copyOf(made.subList(0, 10))) {
        Fixture.delete(storage, key);
        made.remove(key);
      }
      assertAllThere(storage, made);
    }
    try (H2Storage storage = H2Storage.open(disk().resolve("store"))) {
      assertAllThere(storage, made);
      store(storage, "last", valueOfBytes(1_000));
    }
  }

  /** H2 writes before it frees: where not even that fits, nothing is deleted. */
  private static void deleteOrSayWhyNot(H2Storage storage, List<String> made) {
    for (String key : List.copyOf(made.subList(0, 5))) {
      try {
        Fixture.delete(storage, key);
        made.remove(key);
      } catch (StoreException e) {
        assertNoSpace(e);
      }
    }
  }

  private static void fill(H2Storage storage, int size, List<String> made) {
    while (true) {
      String key = "key" + size + "-" + made.size();
      try {
        store(storage, key, valueOfBytes(size));
        made.add(key);
      } catch (StoreException e) {
        assertNoSpace(e);
        return;
      }
    }
  }

  private static void assertNoSpace(StoreException failure) {
    assertEquals(ErrorCode.STORAGE_FAILED, failure.code(), failure::getMessage);
    assertTrue(failure.getMessage().contains("No space left"), failure::getMessage);
  }

  private static void assertAllThere(H2Storage storage, List<String> made) {
    for (String key : made) {
      assertTrue(storage.find(Key.of(key), NOW).isPresent(), () -> "lost " + key);
    }
    assertEquals(made.size(), storage.status(NOW).liveEntries());
  }
}
