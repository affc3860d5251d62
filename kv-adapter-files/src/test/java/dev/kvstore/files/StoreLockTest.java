package dev.kvstore.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kvstore.core.error.InvalidInputException;
import dev.kvstore.core.error.StoreUnavailableException;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
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

  /** As in a server of applications, each of which has this class for itself. */
  @Test
  void ofOtherClassLoadersTheLockIsHeededAndTheirsIsNotLost() throws Exception {
    assumeTrue(Files.exists(Path.of("/proc/self/fd")), "Linux tells which files are open");
    StoragePath path = StoragePath.of(folder.resolve("s"));
    try (URLClassLoader loader =
        new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
      Class<?> theirPath = loader.loadClass(StoragePath.class.getName());
      Class<?> theirLock = loader.loadClass(StoreLock.class.getName());
      Object named = theirPath.getMethod("of", Path.class).invoke(null, path.file());
      Closeable held = (Closeable)
          theirLock.getMethod("acquire", theirPath, String.class).invoke(null, named, "theirs");
      for (int attempt = 0; attempt < 20; attempt++) {
        assertThrows(StoreUnavailableException.class, () -> StoreLock.acquire(path, "ours"));
        assertThrows(
            StoreUnavailableException.class, () -> StoreLock.acquireToRead(path, Duration.ZERO));
      }
      assertEquals(2, descriptors(), "theirs, and one that is kept open so as not to free it");
      held.close();
      StoreLock ours = StoreLock.acquire(path, "ours");
      assertEquals(1, descriptors());
      ours.close();
      assertEquals(0, descriptors());
    }
  }

  private static URL[] classPath() throws IOException {
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      urls.add(Path.of(entry).toUri().toURL());
    }
    return urls.toArray(URL[]::new);
  }

  /** How many descriptors of this process are of the lock file. */
  private long descriptors() throws IOException {
    String lockFile = folder.toRealPath().resolve("s.lock").toString();
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.filter(Files::isSymbolicLink)
          .filter(link -> {
            try {
              return Files.readSymbolicLink(link).toString().equals(lockFile);
            } catch (IOException e) {
              // Closed meanwhile, such as that of the folder.
              return false;
            }
          })
          .count();
    }
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
