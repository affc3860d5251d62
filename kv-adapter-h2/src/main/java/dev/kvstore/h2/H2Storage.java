package dev.kvstore.h2;

import dev.kvstore.core.error.CorruptStoreException;
import dev.kvstore.core.error.StoreUnavailableException;
import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.model.KeyRange;
import dev.kvstore.core.model.Page;
import dev.kvstore.core.model.StoreStatus;
import dev.kvstore.core.port.CommitResult;
import dev.kvstore.core.port.Mutation;
import dev.kvstore.core.port.ProgressListener;
import dev.kvstore.core.port.SessionLimits;
import dev.kvstore.core.port.StoragePort;
import dev.kvstore.files.Futures;
import dev.kvstore.files.StorageOptions;
import dev.kvstore.files.StoragePath;
import dev.kvstore.files.StoreLock;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;

/**
 * A store in one file of the embedded database H2. What a call acknowledges is on the disk; what a call reads is, too. Any
 * number of threads may use it. One opening at a time, over all processes of the machine, owns the file. An interrupt of a
 * calling thread changes nothing: the call goes on, and the thread finds itself interrupted when it returns.
 *
 * <p>Writes of several threads at once share one force of the disk. Reads wait while a write is being forced. When forcing
 * has failed, every call throws STORAGE_FAILED until the store is closed and opened again.
 */
public final class H2Storage implements StoragePort {

  /** The engine's name. */
  public static final String ENGINE = "h2";

  /** The least cap of a store of this engine, in bytes. */
  public static final long MIN_MAX_BYTES = 1_000_000;

  /** A time at which no entry has expired. */
  static final long BEFORE_ALL = Long.MIN_VALUE;

  private final StoragePath dataFile;
  private final Space space;
  private final StoreLock ownership;
  private final LiveStore live;
  private final Changes changes;

  /** Held for reading by each call, so that close can wait for them. */
  private final ReadWriteLock closing = new ReentrantReadWriteLock();

  private boolean closed;

  private H2Storage(
      StoragePath dataFile, Space space, StoreLock ownership, LiveStore live, boolean readOnly) {
    this.dataFile = dataFile;
    this.space = space;
    this.ownership = ownership;
    this.live = live;
    this.changes =
        readOnly ? new NoChanges(live, dataFile.file().toString()) : Writer.start(live, space);
  }

  /** Opens the store at {@code file}, or makes it, with all defaults; see {@link #open(StorageOptions)}. */
  public static H2Storage open(Path file) {
    return open(StorageOptions.at(StoragePath.of(file)));
  }

  /**
   * Opens a store. Its data file is the path of the options with {@code .mv.db} after it, unless the path ends so already.
   *
   * <p>A store that is opened for reading only is owned meanwhile, too: nobody can open it for writing, here or in another process,
   * though other processes can read it; in this process it is open once. Nothing is made, written, renamed or removed. A commit with
   * an effect and a compaction are UNSUPPORTED there.
   *
   * @throws dev.kvstore.core.error.InvalidInputException INVALID_LOCATION if no store can have this path
   * @throws StoreUnavailableException STORE_LOCKED if another opening owns the store; STORE_MISSING if it is not there and may
   *     not be made
   * @throws dev.kvstore.core.error.CorruptStoreException UNSUPPORTED_FORMAT if the file is no store of this format;
   *     STORE_CORRUPT if it is damaged
   * @throws dev.kvstore.core.error.StorageFailedException STORAGE_FAILED if the files cannot be used
   * @throws IllegalArgumentException if the cap is less than {@value #MIN_MAX_BYTES} bytes
   */
  public static H2Storage open(StorageOptions options) {
    return open(options, options.readOnly() ? DiskFile::openToRead : DiskFile::open);
  }

  static H2Storage open(StorageOptions options, StorageFile.Opener opener) {
    return open(options, opener, Opening::open);
  }

  /**
   * What is left of a store that cannot be opened otherwise, to look at it alone: perhaps as it was some commits ago.
   *
   * @param damage why it cannot be opened; thrown if nothing of it can be used
   */
  static H2Storage openDamaged(StorageOptions options, CorruptStoreException damage) {
    return open(options.asReadOnly(), DiskFile::openToRead, opening -> opening.openDamaged(damage));
  }

  private static H2Storage open(
      StorageOptions options, StorageFile.Opener opener, Function<Opening, LiveStore> way) {
    options.requireMaxBytesAtLeast(MIN_MAX_BYTES);
    StoragePath dataFile = H2Location.dataFile(options.path());
    Opening opening = new Opening(options, dataFile, opener);
    StoreLock ownership = opening.own();
    try {
      return open(options, dataFile, opening.space(), ownership, way.apply(opening));
    } catch (RuntimeException | Error e) {
      Opening.giveUp(ownership, dataFile.file());
      throw e;
    }
  }

  private static H2Storage open(
      StorageOptions options,
      StoragePath dataFile,
      Space space,
      StoreLock ownership,
      LiveStore live) {
    try {
      return new H2Storage(dataFile, space, ownership, live, options.readOnly());
    } catch (RuntimeException | Error e) {
      // As when there can be no more threads.
      live.stop(e);
      throw e;
    }
  }

  @Override
  public Optional<Entry> find(Key key, long nowMillis) {
    return read(() -> live.find(key)).filter(entry -> entry.isLiveAt(nowMillis));
  }

  @Override
  public Page<Entry> scan(KeyRange range, int limit, long nowMillis) {
    Page.requireLimit(limit);
    return proven(range, Entry::key, entries -> Scan.entries(entries, range, limit, nowMillis));
  }

  @Override
  public Page<Key> scanKeys(KeyRange range, int limit, long nowMillis) {
    Page.requireLimit(limit);
    return proven(range, key -> key, entries -> Scan.keys(entries, range, limit, nowMillis));
  }

  /** A page of which is known that nothing is missing in it. */
  private <T> Page<T> proven(
      KeyRange range, Function<T, Key> keyOf, Readers.Reading<Page<T>> reading) {
    return readEntries(entries -> {
      Page<T> page = reading.from(entries);
      List<T> items = page.items();
      byte[] to = page.hasMore()
          ? KeyBounds.after(keyOf.apply(items.get(items.size() - 1)).utf8())
          : KeyBounds.to(range.prefix());
      live.requireSound(KeyBounds.from(range), to);
      return page;
    });
  }

  /** Like {@link #scan}, of expired entries too; what a damaged index hides is missing, and nothing says so. */
  Page<Entry> readable(KeyRange range, int limit) {
    return readEntries(entries -> Scan.entries(entries, range, limit, BEFORE_ALL));
  }

  /** Like {@link #scanKeys}, as {@link #readable}. */
  Page<Key> readableKeys(KeyRange range, int limit) {
    return readEntries(entries -> Scan.keys(entries, range, limit, BEFORE_ALL));
  }

  /** Checks that the index hides nothing. */
  void requireSoundIndex() {
    readEntries(entries -> {
      live.requireSound(KeyBounds.BEGIN, KeyBounds.END);
      return true;
    });
  }

  @Override
  public CommitResult commit(List<Mutation> mutations, long nowMillis) {
    Mutation.requireDistinctKeys(mutations);
    Commit commit = new Commit(List.copyOf(mutations), nowMillis);
    closing.readLock().lock();
    try {
      requireOpen();
      return changes.commit(commit);
    } finally {
      closing.readLock().unlock();
    }
  }

  /** {@inheritDoc} Reads the whole index, and no values. Writers wait meanwhile. */
  @Override
  public StoreStatus status(long nowMillis) {
    return readEntries(entries -> {
      Scan.Count count = Scan.count(entries, nowMillis);
      return new StoreStatus(
          ENGINE,
          dataFile.file().toString(),
          count.liveEntries(),
          count.expiredEntries(),
          count.liveBytes(),
          live.fileBytes(),
          space.maxBytes());
    });
  }

  /** {@inheritDoc} Needs room on the disk for the live entries once more. Writers wait meanwhile, readers hardly. */
  @Override
  public void compact(long nowMillis) {
    compact(nowMillis, ProgressListener.NONE);
  }

  @Override
  public void compact(long nowMillis, ProgressListener listener) {
    closing.readLock().lock();
    try {
      requireOpen();
    } finally {
      closing.readLock().unlock();
    }
    // Without the lock: the listener may close the store, and that waits for the end of the work.
    changes.compact(nowMillis, listener);
  }

  @Override
  public SessionLimits sessionLimits() {
    return SessionLimits.FILE_ENGINE;
  }

  @Override
  public void close() {
    closing.writeLock().lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      try {
        closeInOrder();
      } finally {
        Opening.giveUp(ownership, dataFile.file());
      }
    } finally {
      closing.writeLock().unlock();
    }
  }

  private void closeInOrder() {
    try {
      changes.close();
    } finally {
      live.close();
    }
  }

  /** How many bytes a crash has left in the file that are none of the store's. */
  long leftBehind() {
    return readEntries(entries -> live.leftBehind());
  }

  /** What all rows take in the file by the store's own count, expired ones too, in bytes. */
  long storedBytes() {
    return readEntries(Entries::counters).storedBytes();
  }

  /** Something to read that H2 may fail at. */
  private interface Attempt<T> {
    T make() throws SQLException;
  }

  private <T> T readEntries(Readers.Reading<T> reading) {
    return read(() -> live.read(reading));
  }

  private <T> T read(Attempt<T> attempt) {
    closing.readLock().lock();
    try {
      requireOpen();
      try {
        return attempt.make();
      } catch (SQLException e) {
        return readAgain(attempt);
      }
    } finally {
      closing.readLock().unlock();
    }
  }

  /** A write that fails closes the database under its readers. No other can while the writer opens it again and reads. */
  private <T> T readAgain(Attempt<T> attempt) {
    CompletableFuture<T> read = new CompletableFuture<>();
    changes.ensureUsable(() -> {
      try {
        read.complete(attempt.make());
      } catch (SQLException e) {
        read.completeExceptionally(live.readFailed(e));
      } catch (RuntimeException | Error e) {
        // For the one who reads, as when there is no memory for what he wants; not for the writer.
        read.completeExceptionally(e);
      }
    });
    if (read.isCompletedExceptionally()) {
      // It may have closed the database again; the next caller shall find it open.
      changes.ensureUsable(() -> {});
    }
    return Futures.join(read);
  }

  private void requireOpen() {
    if (closed) {
      throw StoreUnavailableException.closed("store");
    }
  }
}
