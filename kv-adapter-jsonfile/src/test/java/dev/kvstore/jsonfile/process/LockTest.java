package dev.kvstore.jsonfile.process;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.core.error.ErrorCode;
import dev.kvstore.core.error.StoreUnavailableException;
import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.JsonValue;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.port.Mutation;
import dev.kvstore.jsonfile.JsonFileStorage;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store belongs to one opening at a time, over all processes and spellings of its path. */
class LockTest {

  @TempDir
  private Path folder;

  @Test
  void anotherProcessIsRefusedAndToldByWhom() throws Exception {
    Path file = folder.resolve("s.jsonl");
    try (Child owner = Child.start("hold", file)) {
      assertEquals("open", owner.line());
      byte[] before = Files.readAllBytes(file);
      StoreUnavailableException refused = refused(file);
      assertEquals(owner.pid(), refused.details().get("pid"));
      assertEquals("child hold", refused.details().get("command"));
      assertTrue(
          refused.getMessage().contains("process " + owner.pid() + " (child hold)"),
          refused::getMessage);
      assertArrayEquals(before, Files.readAllBytes(file));
      owner.kill();
      JsonFileStorage.open(file).close();
    }
  }

  @Test
  void theOtherProcessIsRefusedAlsoAfterACompactionAndAfterOthersHaveReadTheFile()
      throws Exception {
    Path file = folder.resolve("s.jsonl");
    try (JsonFileStorage store = JsonFileStorage.open(file)) {
      store.commit(List.of(Mutation.create(Key.of("a"), JsonValue.parse("{}"), Entry.NEVER)), 1L);
      // Closing any channel on a file drops the locks that this process has on it.
      try (FileChannel other = FileChannel.open(file)) {
        assertTrue(other.size() > 0);
      }
      Files.readAllBytes(file);
      expectLockedForChild(file);
      store.compact(1L);
      Files.readAllBytes(file);
      expectLockedForChild(file);
      assertEquals(1, store.status(1L).liveEntries());
    }
    try (Child child = Child.start("hold", file)) {
      assertEquals("open", child.line());
      assertEquals(0, child.end());
    }
  }

  @Test
  void otherSpellingsOfThePathMeanTheSameStore() throws Exception {
    Path real = Files.createDirectory(folder.resolve("real"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), real);
    Path file = real.resolve("s.jsonl");
    Path relative = Path.of("").toAbsolutePath().relativize(file.toAbsolutePath());
    try (JsonFileStorage store = JsonFileStorage.open(file)) {
      for (Path spelling : List.of(
          file,
          relative,
          real.resolve("../real/./s.jsonl"),
          link.resolve("s.jsonl"),
          link.resolve("../link/s.jsonl"))) {
        refused(spelling);
      }
      expectLockedForChild(link.resolve("s.jsonl"));
      assertEquals(0, store.status(1L).liveEntries());
    }
    // Refused openings have taken nothing with them.
    JsonFileStorage.open(relative).close();
    JsonFileStorage store = JsonFileStorage.open(link.resolve("s.jsonl"));
    store.close();
    store.close();
    JsonFileStorage.open(file).close();
  }

  @Test
  void ofTwentyProcessesThatStartTogetherOneOwnsTheStore() throws Exception {
    Path file = folder.resolve("s.jsonl");
    List<Child> children = new ArrayList<>();
    try {
      for (int i = 0; i < 20; i++) {
        children.add(Child.start("hold", file));
      }
      List<String> answers = new ArrayList<>();
      for (Child child : children) {
        answers.add(child.line());
      }
      assertEquals(1, answers.stream().filter("open"::equals).count(), answers::toString);
      assertEquals(
          19,
          answers.stream().filter(answer -> answer.startsWith("STORE_LOCKED ")).count(),
          answers::toString);
      for (Child child : children) {
        assertEquals(0, child.end());
      }
    } finally {
      for (Child child : children) {
        child.close();
      }
    }
    JsonFileStorage.open(file).close();
  }

  @Test
  void anInterruptedThreadOpensAndCloses() {
    Path file = folder.resolve("new/deep/s.jsonl");
    try {
      Thread.currentThread().interrupt();
      JsonFileStorage store = JsonFileStorage.open(file);
      assertTrue(Thread.currentThread().isInterrupted());
      store.commit(List.of(Mutation.create(Key.of("a"), JsonValue.parse("{}"), Entry.NEVER)), 1L);
      store.compact(1L);
      assertEquals(1, store.status(1L).liveEntries());
      store.close();
      assertTrue(Thread.currentThread().isInterrupted());
      JsonFileStorage.open(file).close();
    } finally {
      Thread.interrupted();
    }
  }

  private static void expectLockedForChild(Path file) throws IOException, InterruptedException {
    try (Child child = Child.start("hold", file)) {
      String answer = child.line();
      assertTrue(
          answer.startsWith("STORE_LOCKED ")
              && answer.contains("process " + ProcessHandle.current().pid() + " "),
          answer);
      assertEquals(0, child.end());
    }
  }

  private static StoreUnavailableException refused(Path file) {
    StoreUnavailableException refused =
        assertThrows(StoreUnavailableException.class, () -> JsonFileStorage.open(file));
    assertEquals(ErrorCode.STORE_LOCKED, refused.code());
    return refused;
  }
}
