package dev.kvstore.files;

import dev.kvstore.core.error.StoreUnavailableException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The right to use a store: one opening at a time, over all processes of the machine. It is a lock of the operating system on
 * a file of its own beside the store, so it goes with the process that holds it, however that ends. The lock file tells who
 * holds it and stays where it is for ever: removing it would let two processes lock two different files.
 *
 * <p>Within a process a table does the same, because POSIX locks are blind there, and are lost when any channel on the file
 * is closed: so the file is not even opened while this process holds it.
 */
public final class StoreLock implements Closeable {

  private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

  /** By lock file: a channel on it that must not be closed while another copy of this class, of another class loader, holds the lock. */
  private static final Map<Path, FileChannel> KEPT_OPEN = new ConcurrentHashMap<>();

  private static final Optional<LockHolder> HERE =
      Optional.of(LockHolder.self("another opening in this process"));

  /** Locked bytes lie far behind the text, so that everyone can read the text where locks are mandatory (Windows). */
  private static final long LOCKED_AT = Long.MAX_VALUE - 1;

  /** Long enough to cost nothing while it waits, short enough for nobody to notice. */
  private static final long WAIT_STEP_MILLIS = 50;

  private static final int MAX_HOLDER_BYTES = 4_096;
  private static final int HOLDER_LOOKS = 10;
  private static final long HOLDER_PAUSE_NANOS = 20_000_000;

  private final Path name;
  private final @Nullable FileChannel channel;
  private final boolean shared;
  private boolean closed;

  private StoreLock(Path name, @Nullable FileChannel channel, boolean shared) {
    this.name = name;
    this.channel = channel;
    this.shared = shared;
  }

  /**
   * Takes the lock at once or not at all. An interrupt of the caller has no effect on it.
   *
   * @param path the store; the folder it lies in must be there
   * @param command what this process is to others, such as "kv create"
   * @return the lock, to be closed when the store is
   * @throws StoreUnavailableException STORE_LOCKED, with the holder as far as it can be known, if somebody has it
   * @throws dev.kvstore.core.error.InvalidInputException INVALID_LOCATION if something else bears the lock file's name
   * @throws IOException if the lock file cannot be made or opened
   */
  public static StoreLock acquire(StoragePath path, String command) throws IOException {
    return new Attempt(path, command).make();
  }

  /**
   * Takes the right to read a store that nobody changes meanwhile, waiting as {@link #acquire(StoragePath, String, Duration)} does.
   * Nothing is made or written: the lock file is opened for reading, and locked against those who write and not against other
   * processes that read; within a process one opening at a time has it. If the file is not there, only this process is kept out,
   * and the engine must see to others by a lock on the data.
   *
   * @throws StoreUnavailableException STORE_LOCKED, with the holder as far as it can be known, if somebody has it for writing, or
   *     somebody in this process to read
   * @throws IOException if there is a lock file that cannot be opened
   */
  public static StoreLock acquireToRead(StoragePath path, Duration wait) throws IOException {
    return waiting(wait, new Attempt(path, null));
  }

  /**
   * Like {@link #acquire(StoragePath, String)}, but waits while somebody has it, and logs once who that is. An interrupt of the
   * caller ends the wait, not what else it does.
   *
   * @param wait how long at most; zero for not at all
   * @throws StoreUnavailableException STORE_LOCKED if somebody still has it after that, or at an interrupt, whose flag stays
   */
  public static StoreLock acquire(StoragePath path, String command, Duration wait)
      throws IOException {
    return waiting(wait, new Attempt(path, command));
  }

  /**
   * Whether this process holds a lock by this very file, under whatever name. Then it must not be opened: closing it would give the
   * lock up.
   *
   * @throws IOException if the file cannot be looked at
   */
  public static boolean isHeldHere(Path file) throws IOException {
    for (Path held : HELD_HERE) {
      if (Files.exists(file) && Files.exists(held) && Files.isSameFile(file, held)) {
        return true;
      }
    }
    return false;
  }

  /** Takes a lock, once or again. */
  private static final class Attempt {

    private final StoragePath path;
    private final @Nullable String command;

    /** A try to take the lock for writing, or without a {@code command} for reading. */
    Attempt(StoragePath path, @Nullable String command) {
      this.path = path;
      this.command = command;
    }

    StoreLock make() throws IOException {
      Path lockFile = path.folder().toRealPath().resolve(path.file().getFileName() + ".lock");
      if (!HELD_HERE.add(lockFile)) {
        throw locked(path, HERE, lockFile);
      }
      StoreLock lock = null;
      try {
        lock = OutOfReach.run(new OutOfReach.Work<StoreLock>() {
          @Override
          public StoreLock run() throws IOException {
            requireFree(path, lockFile);
            return command == null
                ? acquireToRead(path, lockFile)
                : acquire(path, lockFile, command);
          }
        });
        return lock;
      } finally {
        if (lock == null) {
          HELD_HERE.remove(lockFile);
        }
      }
    }
  }

  private static StoreLock waiting(Duration wait, Attempt attempt) throws IOException {
    long start = System.nanoTime();
    boolean told = false;
    while (true) {
      try {
        return attempt.make();
      } catch (StoreUnavailableException e) {
        if (wait.compareTo(Duration.ofNanos(System.nanoTime() - start)) <= 0) {
          throw e;
        }
        if (!told) {
          told = true;
          System.getLogger(StoreLock.class.getName())
              .log(System.Logger.Level.WARNING, "waiting: " + e.getMessage());
        }
        try {
          Thread.sleep(WAIT_STEP_MILLIS);
        } catch (InterruptedException interrupt) {
          Thread.currentThread().interrupt();
          throw e;
        }
      }
    }
  }

  /** Asks with the channel that an earlier try has kept, so that many tries keep one; closes it once that does no harm. */
  private static void requireFree(StoragePath path, Path lockFile) throws IOException {
    FileChannel kept = KEPT_OPEN.get(lockFile);
    if (kept == null) {
      return;
    }
    try {
      kept.tryLock(LOCKED_AT, 1, true);
    } catch (OverlappingFileLockException e) {
      throw locked(path, HERE, lockFile);
    }
    KEPT_OPEN.remove(lockFile);
    kept.close();
  }

  private static StoreLock acquire(StoragePath path, Path lockFile, String command)
      throws IOException {
    StoragePath.existsAsRegularFile(lockFile);
    FileChannel channel = PrivateFiles.openOrCreate(lockFile);
    lock(path, lockFile, channel, false);
    writeHolder(channel, LockHolder.self(command));
    return new StoreLock(lockFile, channel, false);
  }

  private static StoreLock acquireToRead(StoragePath path, Path lockFile) throws IOException {
    if (!StoragePath.existsAsRegularFile(lockFile)) {
      return new StoreLock(lockFile, null, true);
    }
    FileChannel channel =
        FileChannel.open(lockFile, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    lock(path, lockFile, channel, true);
    return new StoreLock(lockFile, channel, true);
  }

  /** Locks the file, or closes the channel, if that does no harm, and throws. */
  private static void lock(StoragePath path, Path lockFile, FileChannel channel, boolean shared)
      throws IOException {
    FileLock lock;
    try {
      lock = channel.tryLock(LOCKED_AT, 1, shared);
    } catch (OverlappingFileLockException e) {
      // Another copy of this class in this process holds it. Closing the channel would take the
      // lock away from there.
      KEPT_OPEN.put(lockFile, channel);
      throw locked(path, HERE, lockFile);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    if (lock == null) {
      try (channel) {
        throw locked(path, readHolder(channel), lockFile);
      }
    }
  }

  /** Gives the lock up. A second close does nothing. */
  @Override
  public synchronized void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try {
      if (channel != null) {
        OutOfReach.run(new OutOfReach.Work<FileChannel>() {
          @Override
          public FileChannel run() throws IOException {
            return giveUp(channel);
          }
        });
      }
    } finally {
      HELD_HERE.remove(name);
    }
  }

  private FileChannel giveUp(FileChannel locked) throws IOException {
    try (locked) {
      return shared ? locked : locked.truncate(0);
    }
  }

  private static void writeHolder(FileChannel channel, LockHolder holder) {
    try {
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(holder.line()), 0);
    } catch (IOException e) {
      // The lock is held all the same; on a full disk others learn only that somebody has it.
      System.getLogger(StoreLock.class.getName())
          .log(
              System.Logger.Level.WARNING,
              "the lock file cannot tell who holds it: {0}",
              StorageFailures.reason(e));
    }
  }

  /** A holder that has just got the lock may not have written yet, and one that was killed leaves its line. */
  private static Optional<LockHolder> readHolder(FileChannel channel) throws IOException {
    Optional<LockHolder> holder = Optional.empty();
    for (int look = 0; look < HOLDER_LOOKS; look++) {
      ByteBuffer line = ByteBuffer.allocate(MAX_HOLDER_BYTES);
      channel.read(line, 0);
      holder = LockHolder.parse(Arrays.copyOf(line.array(), line.position()));
      if (holder.isPresent() && holder.get().isAlive()) {
        return holder;
      }
      LockSupport.parkNanos(HOLDER_PAUSE_NANOS);
    }
    return holder;
  }

  private static StoreUnavailableException locked(
      StoragePath path, Optional<LockHolder> holder, Path lockFile) throws IOException {
    if (!Files.exists(lockFile)) {
      return StoreUnavailableException.locked(
          path.file().toString(), "another opening in this process, for reading only", Map.of());
    }
    // Taking the lock writes the file, so its time is the time since when it is held.
    String since = Files.getLastModifiedTime(lockFile).toString();
    return StoreUnavailableException.locked(
        path.file().toString(),
        holder.map(known -> known.describe(since)).orElse("a process that does not say who it is"),
        holder.map(known -> known.details(since)).orElse(Map.of()));
  }
}
