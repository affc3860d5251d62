package dev.kvstore.h2;

import dev.kvstore.core.error.CorruptStoreException;
import dev.kvstore.core.error.Printable;
import dev.kvstore.core.error.StoreException;
import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.port.ProgressListener;
import dev.kvstore.files.Durability;
import dev.kvstore.files.StorageFailures;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * The database in use. Any thread reads; the writer, one thread at a time, does everything else. Readers wait from a commit until
 * it is durable, so nothing is read that a crash could take back.
 */
final class LiveStore {

  /** A fraction of the time in which a write is to be forced. */
  private static final long PATIENCE_MILLIS = 20;

  private final StoreFiles files;
  private final Space space;
  private final Durability durability;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();

  // Changed by the writer with the lock for writing.
  private Database database;
  private Readers readers;
  private RowLookup lookup;
  private boolean unsettled;
  private boolean salvaging;
  private volatile @Nullable Throwable stopped;

  // The writer's own.
  private Entries entries;
  private RowChanges changes;
  private Entries.Counters counters;

  private LiveStore(StoreFiles files, Space space, Durability durability, Database database)
      throws SQLException {
    this.files = files;
    this.space = space;
    this.durability = durability;
    this.database = database;
    this.readers = new Readers(database);
    this.lookup = database.lookup();
    this.entries = writing(database);
    this.changes = database.changes();
    this.counters = changes.counters();
  }

  /** Opens the store in {@code file}; closes the file if that fails. */
  static LiveStore open(GuardedFile file, StoreFiles files, Space space, Durability durability)
      throws SQLException, IOException {
    Database database = Database.openChecked(file);
    try {
      database.requireStore();
      requireNewest(database);
      file.unseal();
      if (!file.isForced()) {
        // A crash may have left what was written but never forced, and now it will be read.
        file.settle();
      }
      return new LiveStore(files, space, durability, database);
    } catch (SQLException | IOException | RuntimeException | Error e) {
      database.drop();
      throw e;
    }
  }

  /** Opens the store in {@code file} to look at it alone; closes the file if that fails. Nothing is written, now or later. */
  static LiveStore openToRead(GuardedFile file, StoreFiles files, Space space)
      throws SQLException, IOException {
    file.sealForEver();
    Database database = Database.openChecked(file);
    try {
      database.requireStore();
      requireNewest(database);
      if (!file.isForced()) {
        // As above, as far as that goes without a write.
        file.force();
      }
      return new LiveStore(files, space, Durability.NONE, database);
    } catch (SQLException | IOException | RuntimeException | Error e) {
      database.drop();
      throw e;
    }
  }

  /** Like {@link #openToRead}, of a file that is damaged: what it holds may be an older state. */
  static LiveStore openDamaged(GuardedFile file, StoreFiles files, Space space)
      throws SQLException {
    Database database = Database.openChecked(file);
    try {
      database.requireStore();
      LiveStore left = new LiveStore(files, space, Durability.NONE, database);
      left.salvaging = true;
      return left;
    } catch (SQLException | RuntimeException | Error e) {
      database.drop();
      throw e;
    }
  }

  /** Reads what is committed and durable; the state does not change meanwhile. */
  <T> T read(Readers.Reading<T> reading) throws SQLException {
    lock.readLock().lock();
    try {
      requireReadable();
      return readers.read(reading);
    } finally {
      lock.readLock().unlock();
    }
  }

  /** The entry of a key, expired or not, if it is committed and durable. */
  Optional<Entry> find(Key key) throws SQLException {
    lock.readLock().lock();
    try {
      requireReadable();
      return lookup.committed(key);
    } finally {
      lock.readLock().unlock();
    }
  }

  /** See {@link RowLookup#requireSound}. For the writer, and within {@link #read}. */
  void requireSound(byte[] from, byte[] to) throws SQLException {
    lookup.requireSound(from, to);
  }

  /** The length of the file in bytes. For the writer, and within {@link #read}. */
  long fileBytes() {
    return database.file().size();
  }

  /** How many bytes a crash has left behind what the store holds. Within {@link #read}. */
  long leftBehind() throws SQLException {
    try {
      return database.file().leftBehind();
    } catch (IOException e) {
      throw new SQLException("the length of the file is not known", e);
    }
  }

  /** The file in use, for the writer; a rewrite replaces it. */
  GuardedFile file() {
    return database.file();
  }

  /** The writer's view, with what it has not committed. */
  Entries entries() {
    return entries;
  }

  /** Changes the writer's view. */
  RowChanges changes() {
    return changes;
  }

  /** Single entries, for the writer. */
  RowLookup lookup() {
    return lookup;
  }

  /** As of the last commit. */
  Entries.Counters counters() {
    return counters;
  }

  /**
   * Commits what the writer has done, makes it as durable as was asked for, and then shows it to readers. If that fails, nobody
   * reads before the writer has called {@link #recover}.
   *
   * @param newCounters what the store's counters are with it
   */
  void publish(Entries.Counters newCounters) throws SQLException {
    changes.write(newCounters);
    keepReadersOut();
    try {
      unsettled = true;
      entries.connection().commit();
      if (durability == Durability.SYNC) {
        database.force();
      } else {
        database.write();
      }
      counters = newCounters;
      unsettled = false;
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** Takes the lock for writing. Who reads may take long over it; what waits for its force does not wait for that. */
  private void keepReadersOut() {
    if (!awaitsForce()) {
      lock.writeLock().lock();
      return;
    }
    boolean locked = false;
    try {
      locked = lock.writeLock().tryLock(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!locked) {
      force();
      lock.writeLock().lock();
    }
  }

  /** Whether the writer has to force what it has published, within a time. */
  boolean awaitsForce() {
    return durability == Durability.BATCH && stopped == null && !database.file().isForced();
  }

  /** Makes everything published durable. If that fails, the store stops. For the writer. */
  void force() {
    try {
      database.file().force();
    } catch (IOException e) {
      stop(e);
      log(
          System.Logger.Level.ERROR,
          "the store {0} stops, because its writes could not be forced to the disk: {1}",
          e);
    }
  }

  /** Ends what the writer has read since the last commit, with nothing changed. A rollback would write to the file. */
  void endReading() throws SQLException {
    entries.connection().commit();
  }

  /** Replaces the file by one with the entries that are live at {@code nowMillis} alone. Readers wait for the switch only. */
  void rewrite(long nowMillis, ProgressListener listener) throws SQLException, IOException {
    try {
      Database copy = Database.open(files.createRewrite(space.maxBytes()));
      try {
        Rewrite.copy(entries, copy, nowMillis, listener);
        // What the index hides would be gone with the old file.
        lookup.requireSound(KeyBounds.BEGIN, KeyBounds.END);
      } catch (SQLException e) {
        throw Failures.of("rewrite", copy.file(), e);
      } finally {
        copy.drop();
      }
    } catch (SQLException | IOException | RuntimeException e) {
      files.removeRewrite();
      throw e;
    } finally {
      endReading();
    }
    lock.writeLock().lock();
    try {
      switchToRewrite();
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** If the new name cannot be made durable, a crash may bring the old file back: so nothing may be added to the new one. */
  private void switchToRewrite() throws IOException {
    database.drop();
    try {
      files.publishRewrite();
    } catch (IOException | RuntimeException | Error e) {
      reopen();
      throw e;
    }
    try {
      files.forceFolder();
    } catch (IOException | RuntimeException | Error e) {
      stopped = e;
      throw e;
    }
    reopen();
  }

  /**
   * Makes the store usable again after a failure, with what its file holds then, which is durable on return. If forcing the
   * file has failed, or fails now, the store stops.
   */
  void recover() {
    lock.writeLock().lock();
    try {
      WatchedFile.Trouble trouble = database.file().trouble();
      database.drop();
      if (trouble != null && trouble.fault() == WatchedFile.Fault.FORCE) {
        stopped = trouble.cause();
      } else {
        reopen();
      }
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** Recovers if the database no longer answers; what is left of a damaged file stays as it is, since it could not be found again. */
  void ensureUsable() {
    if (stopped != null || salvaging) {
      return;
    }
    try {
      entries.counters();
      endReading();
    } catch (SQLException | StoreException e) {
      recover();
    }
  }

  /** The error for a read that has failed with {@code e}. */
  StoreException readFailed(SQLException e) {
    lock.readLock().lock();
    try {
      return Failures.of("read", database.file(), e);
    } finally {
      lock.readLock().unlock();
    }
  }

  /** OUTCOME_UNKNOWN for a commit of this store. */
  StoreException outcomeUnknown(Throwable cause) {
    return Failures.outcomeUnknown(files.data(), cause);
  }

  /** Takes no more calls: each throws {@link Failures#stopped}. */
  void stop(Throwable reason) {
    // First, whatever becomes of the rest.
    stopped = reason;
    lock.writeLock().lock();
    try {
      forceOnceMore();
    } finally {
      database.drop();
      lock.writeLock().unlock();
    }
  }

  /** Whatever has stopped the store, what was acknowledged is made durable if the disk can. */
  private void forceOnceMore() {
    GuardedFile file = database.file();
    if (unsettled || !file.isWritable() || !isInDoubt() || file.hasFault(WatchedFile.Fault.FORCE)) {
      return;
    }
    try {
      file.force();
    } catch (IOException e) {
      log(
          System.Logger.Level.ERROR,
          "the last writes to {0} may not survive a crash of the machine: {1}",
          e);
    }
  }

  /**
   * Makes everything durable that is not yet, and gives up the file.
   *
   * @throws StoreException OUTCOME_UNKNOWN if it may not be durable; the file was given up all the same
   */
  void close() {
    lock.writeLock().lock();
    try {
      Throwable reason = stopped;
      boolean writable = database.file().isWritable();
      if (reason != null && writable && isInDoubt()) {
        throw outcomeUnknown(reason);
      }
      if (reason == null && writable) {
        database.file().finish();
      }
    } catch (IOException e) {
      if (isInDoubt()) {
        throw outcomeUnknown(e);
      }
      log(
          System.Logger.Level.WARNING,
          "the store {0} could not be marked as closed; nothing is lost: {1}",
          e);
    } finally {
      database.drop();
      lock.writeLock().unlock();
    }
  }

  private void log(System.Logger.Level level, String text, IOException cause) {
    System.getLogger(LiveStore.class.getName())
        .log(level, text, Printable.quote(files.data().toString()), StorageFailures.reason(cause));
  }

  /** Whether something was acknowledged that is not known to be durable. */
  private boolean isInDoubt() {
    return durability != Durability.SYNC && !database.file().isForced();
  }

  /** Why the store takes no more calls; null if it does. For the writer. */
  @Nullable
  Throwable stopped() {
    return stopped;
  }

  private void requireReadable() throws SQLException {
    Throwable reason = stopped;
    if (reason != null) {
      throw Failures.stopped(files.data(), reason);
    }
    if (unsettled) {
      throw new SQLException("a commit has failed, and nobody has looked yet what is left of it");
    }
  }

  private void reopen() {
    unsettled = false;
    try {
      GuardedFile file = files.openData(space.maxBytes());
      if (!database.file().isWritable()) {
        file.sealForEver();
      }
      database = Database.open(file);
      readers = new Readers(database);
      lookup = database.lookup();
      entries = writing(database);
      changes = database.changes();
      counters = changes.counters();
      requireNewest(database);
      if (file.isWritable() || !file.isForced()) {
        file.force();
      }
    } catch (SQLException | IOException | RuntimeException | Error e) {
      stopped = e;
      database.drop();
    }
  }

  /** A damaged chunk makes H2 content with an older one, and what came after it would be gone without a word. */
  private static void requireNewest(Database database) {
    long last = database.file().leastVersion();
    if (database.version() < last) {
      String path = database.file().path().toString();
      throw CorruptStoreException.damaged(
          "the file "
              + Printable.quote(path)
              + " is damaged: it was written up to version "
              + last
              + ", and only version "
              + database.version()
              + " can be used; restore a backup, or try H2's Recover tool on a copy",
          Map.of("file", path));
    }
  }

  private static Entries writing(Database database) throws SQLException {
    database.connection().setAutoCommit(false);
    return new Entries(database.connection(), database.file().path());
  }
}
