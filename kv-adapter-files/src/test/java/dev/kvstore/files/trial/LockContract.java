package dev.kvstore.files.trial;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.core.error.ErrorCode;
import dev.kvstore.core.error.StoreException;
import dev.kvstore.core.error.StoreUnavailableException;
import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.JsonValue;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.port.Mutation;
import dev.kvstore.core.port.StoragePort;
import dev.kvstore.files.StorageOptions;
import dev.kvstore.files.StoragePath;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store belongs to one opening at a time, over all processes and spellings of its path. */
public abstract class LockContract {

  @TempDir
  private Path folder;

  /** The engine. */
  protected abstract Engine engine();

  @Test
  void anotherProcessIsRefusedAndToldByWhom() throws Exception {
    Path file = folder.resolve("s");
    try (Child owner = hold(file)) {
      assertEquals("open", owner.line());
      byte[] before = Files.readAllBytes(data(file));
      StoreUnavailableException refused = refused(file);
      assertEquals(owner.pid(), refused.details().get("pid"));
      assertEquals("child hold", refused.details().get("command"));
      assertTrue(
          refused.getMessage().contains("process " + owner.pid() + " (child hold)"),
          refused::getMessage);
      assertArrayEquals(before, Files.readAllBytes(data(file)));
      owner.kill();
      open(file).close();
    }
  }

  @Test
  void theOtherProcessIsRefusedAlsoAfterACompactionAndAfterOthersHaveReadTheFile()
      throws Exception {
    Path file = folder.resolve("s");
    try (StoragePort store = open(file)) {
      store.commit(List.of(Mutation.create(Key.of("a"), JsonValue.parse("{}"), Entry.NEVER)), 1L);
      // Closing any channel on a file drops the locks that this process has on it.
      try (FileChannel other = FileChannel.open(data(file))) {
        assertTrue(other.size() > 0);
      }
      Files.readAllBytes(data(file));
      expectLockedForChild(file);
      store.compact(1L);
      Files.readAllBytes(data(file));
      expectLockedForChild(file);
      assertEquals(1, store.status(1L).liveEntries());
    }
    try (Child child = hold(file)) {
      assertEquals("open", child.line());
      assertEquals(0, child.end());
    }
  }

  @Test
  void otherSpellingsOfThePathMeanTheSameStore() throws Exception {
    Path real = Files.createDirectory(folder.resolve("real"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), real);
    Path file = real.resolve("s");
    Path relative = Path.of("").toAbsolutePath().relativize(file.toAbsolutePath());
    try (StoragePort store = open(file)) {
      for (Path spelling : List.of(
          file,
          relative,
          real.resolve("../real/./s"),
          link.resolve("s"),
          link.resolve("../link/s"))) {
        refused(spelling);
      }
      expectLockedForChild(link.resolve("s"));
      assertEquals(0, store.status(1L).liveEntries());
    }
    // Refused openings have taken nothing with them.
    open(relative).close();
    StoragePort store = open(link.resolve("s"));
    store.close();
    store.close();
    open(file).close();
  }

  @Test
  void ofTwentyProcessesThatStartTogetherOneOwnsTheStore() throws Exception {
    Path file = folder.resolve("s");
    List<Child> children = new ArrayList<>();
    try {
      for (int i = 0; i < 20; i++) {
        children.add(hold(file));
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
    open(file).close();
  }

  @Test
  void anInterruptedThreadOpensAndCloses() {
    Path file = folder.resolve("new/deep/s");
    try {
      Thread.currentThread().interrupt();
      StoragePort store = open(file);
      assertTrue(Thread.currentThread().isInterrupted());
      store.commit(List.of(Mutation.create(Key.of("a"), JsonValue.parse("{}"), Entry.NEVER)), 1L);
      store.compact(1L);
      assertEquals(1, store.status(1L).liveEntries());
      store.close();
      assertTrue(Thread.currentThread().isInterrupted());
      open(file).close();
    } finally {
      Thread.interrupted();
    }
  }

  @Test
  void anOwnerThatIsStoppedOwnsTheStore() throws Exception {
    Path file = folder.resolve("s");
    try (Child owner = hold(file)) {
      assertEquals("open", owner.line());
      owner.signal("STOP");
      assertEquals(owner.pid(), refused(file).details().get("pid"));
      expectLockedForChild(file, owner.pid());
      owner.signal("CONT");
      assertEquals(0, owner.end());
    }
    open(file).close();
  }

  /** Only spellings of one name mean the same store; the file under another name is no store. */
  @Test
  void otherNamesOfTheFileAreRefused() throws Exception {
    Path file = folder.resolve("s");
    open(file).close();
    byte[] before = Files.readAllBytes(data(file));
    Path suffix = Path.of(data(file).getFileName().toString().substring(1));
    Path symbolic = folder.resolve("symbolic" + suffix);
    Files.createSymbolicLink(symbolic, data(file));
    assertEquals(ErrorCode.INVALID_LOCATION, codeOf(symbolic));
    Path hard = folder.resolve("hard" + suffix);
    Files.createLink(hard, data(file));
    assertEquals(ErrorCode.INVALID_LOCATION, codeOf(hard));
    assertEquals(ErrorCode.INVALID_LOCATION, codeOf(file));
    Files.delete(hard);
    assertArrayEquals(before, Files.readAllBytes(data(file)));
    open(file).close();
  }

  private ErrorCode codeOf(Path file) {
    return assertThrows(StoreException.class, () -> open(file).close()).code();
  }

  private StoragePort open(Path file) {
    return engine().open(StorageOptions.at(StoragePath.of(file)));
  }

  private Path data(Path file) {
    return engine().dataFile(file);
  }

  private Child hold(Path file) throws IOException {
    return EngineChild.start(List.of(), engine(), "hold", file);
  }

  private void expectLockedForChild(Path file) throws IOException, InterruptedException {
    expectLockedForChild(file, ProcessHandle.current().pid());
  }

  private void expectLockedForChild(Path file, long owner)
      throws IOException, InterruptedException {
    try (Child child = hold(file)) {
      String answer = child.line();
      assertTrue(
          answer.startsWith("STORE_LOCKED ") && answer.contains("process " + owner + " "), answer);
      assertEquals(0, child.end());
    }
  }

  private StoreUnavailableException refused(Path file) {
    StoreUnavailableException refused =
        assertThrows(StoreUnavailableException.class, () -> open(file));
    assertEquals(ErrorCode.STORE_LOCKED, refused.code());
    return refused;
  }
}
