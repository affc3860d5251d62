package dev.kvstore.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.core.error.InvalidInputException;
import dev.kvstore.core.error.StoreUnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreLockTest {

  @TempDir
  private Path folder;

  @Test
  void oneHolderAtATime() throws IOException {
    StoragePath path = StoragePath.of(folder.resolve("s"));
    StoreLock lock = StoreLock.acquire(path, "first");
    try {
      StoreUnavailableException refused =
          assertThrows(StoreUnavailableException.class, () -> StoreLock.acquire(path, "second"));
      assertTrue(
          refused.getMessage().contains("another opening in this process"), refused::getMessage);
      String line = Files.readString(folder.resolve("s.lock"));
      assertEquals("{\"pid\":" + ProcessHandle.current().pid() + ",\"command\":\"first\"}\n", line);
    } finally {
      lock.close();
    }
    lock.close();
    assertEquals(0, Files.size(folder.resolve("s.lock")), "nobody holds it");
    StoreLock.acquire(path, "third").close();
  }

  @Test
  void aWaiterGetsItWhenItIsGivenUp() throws Exception {
    StoragePath path = StoragePath.of(folder.resolve("s"));
    StoreLock lock = StoreLock.acquire(path, "first");
    AtomicReference<StoreLock> second = new AtomicReference<>();
    Thread waiter = new Thread(() -> {
      try {
        second.set(StoreLock.acquire(path, "second", Duration.ofDays(100_000)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
    waiter.start();
    while (waiter.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    assertNull(second.get());
    lock.close();
    waiter.join();
    assertNotNull(second.get());
    assertThrows(
        StoreUnavailableException.class,
        () -> StoreLock.acquire(path, "third", Duration.ofMillis(120)));
    second.get().close();
  }

  @Test
  void anInterruptEndsTheWait() throws IOException {
    StoragePath path = StoragePath.of(folder.resolve("s"));
    StoreLock lock = StoreLock.acquire(path, "first");
    try {
      Thread.currentThread().interrupt();
      assertThrows(
          StoreUnavailableException.class,
          () -> StoreLock.acquire(path, "second", Duration.ofDays(1)));
      assertTrue(Thread.currentThread().isInterrupted());
    } finally {
      Thread.interrupted();
      lock.close();
    }
    StoreLock.acquire(path, "third", Duration.ZERO).close();
  }

  @Test
  void aFailedAttemptLeavesTheStoreFree() throws IOException {
    StoragePath path = StoragePath.of(folder.resolve("s"));
    Path lockFile = Files.createDirectory(folder.resolve("s.lock"));
    assertThrows(InvalidInputException.class, () -> StoreLock.acquire(path, "x"));
    Files.delete(lockFile);
    StoreLock.acquire(path, "x").close();
    StoragePath nowhere = StoragePath.of(folder.resolve("no/s"));
    assertThrows(NoSuchFileException.class, () -> StoreLock.acquire(nowhere, "x"));
  }

  @Test
  void anInterruptedThreadTakesItAndGivesItUp() throws IOException {
    StoragePath path = StoragePath.of(folder.resolve("s"));
    try {
      Thread.currentThread().interrupt();
      StoreLock.acquire(path, "x").close();
      assertTrue(Thread.currentThread().isInterrupted());
    } finally {
      Thread.interrupted();
    }
    StoreLock.acquire(path, "x").close();
  }
}
