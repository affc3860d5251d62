package dev.kvstore.h2;

import dev.kvstore.core.error.CorruptStoreException;
import dev.kvstore.core.error.Printable;
import dev.kvstore.core.error.StoreException;
import dev.kvstore.core.error.StoreUnavailableException;
import dev.kvstore.files.PrivateFiles;
import dev.kvstore.files.StorageFailures;
import dev.kvstore.files.StorageOptions;
import dev.kvstore.files.StoragePath;
import dev.kvstore.files.StoreLock;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

/** The steps of opening a store: nothing is made or changed before the path is checked and the store owned. */
final class Opening {

  /** So many states are tried of a damaged file, each older than the one before. */
  private static final int MAX_ATTEMPTS = 100;

  private final StorageOptions options;
  private final StoragePath dataFile;
  private final StoreFiles files;
  private final Space space;

  Opening(StorageOptions options, StoragePath dataFile, StorageFile.Opener opener) {
    this.options = options;
    this.dataFile = dataFile;
    this.files = new StoreFiles(dataFile, opener);
    this.space = new Space(options.maxBytes());
  }

  Space space() {
    return space;
  }

  /** Takes the store's lock. Only a store that may be made gets folders and a lock file. */
  StoreLock own() {
    try {
      if (options.readOnly()) {
        return ownToRead();
      }
      boolean exists = dataFile.exists();
      if (!options.createIfMissing() && (!exists || files.isEmpty())) {
        throw StoreUnavailableException.missing(options.path().file().toString());
      }
      if (!exists) {
        PrivateFiles.createFolders(dataFile.folder());
      }
      return StoreLock.acquire(dataFile, options.command(), options.lockWait());
    } catch (IOException e) {
      throw StorageFailures.failed("open", dataFile.file(), e);
    }
  }

  private StoreLock ownToRead() throws IOException {
    if (!dataFile.exists() || files.isEmpty()) {
      throw StoreUnavailableException.missing(options.path().file().toString());
    }
    return StoreLock.acquireToRead(dataFile, options.lockWait());
  }

  /** Opens the store, or makes it if it is not there or its file is empty. */
  LiveStore open() {
    try {
      if (options.readOnly()) {
        return openExisting();
      }
      files.removeRewrite();
      if (!dataFile.exists() || files.isEmpty()) {
        make();
      }
      return openExisting();
    } catch (IOException e) {
      throw StorageFailures.failed("open", dataFile.file(), e);
    }
  }

  /** A store appears under its name when it is complete. */
  private void make() throws IOException {
    GuardedFile file = files.createRewrite(space.maxBytes());
    try {
      Database database = Database.open(file);
      try {
        database.connection().setAutoCommit(false);
        Schema.create(database.connection());
        database.connection().commit();
        database.complete();
      } finally {
        database.drop();
      }
    } catch (SQLException e) {
      files.removeRewrite();
      throw Failures.of("make", file, e);
    }
    files.publishRewrite();
    files.forceFolder();
  }

  /** H2 may change a file that it opens: so at first it may not, and a file that is no store stays as it is. */
  private LiveStore openExisting() throws IOException {
    GuardedFile file = files.openData(space.maxBytes());
    file.seal();
    try {
      if (options.readOnly()) {
        return LiveStore.openToRead(file, files, space);
      }
      LiveStore store = LiveStore.open(file, files, space, options.durability());
      forceNameOf(file, store);
      return store;
    } catch (SQLException e) {
      throw Failures.of("open", file, e);
    } catch (CorruptStoreException e) {
      throw Failures.ofOpening(file, e);
    }
  }

  /** A crash may have come between the renaming of a rewritten file and the force of its folder: it could still be undone. */
  private void forceNameOf(GuardedFile file, LiveStore store) throws IOException {
    if (file.isMade()) {
      try {
        files.forceFolder();
      } catch (IOException | RuntimeException | Error e) {
        store.stop(e);
        throw e;
      }
    }
  }

  /**
   * Opens what is left of a store that cannot be opened otherwise, to look at it alone: the newest state of which H2 makes sense.
   *
   * @param damage thrown if there is none
   */
  LiveStore openDamaged(CorruptStoreException damage) {
    try {
      long limit = Long.MAX_VALUE;
      for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
        GuardedFile file = files.openDamagedData(limit);
        if (file == null) {
          break;
        }
        limit = file.size() - 1;
        try {
          return LiveStore.openDamaged(file, files, space);
        } catch (SQLException | CorruptStoreException e) {
          // A state is given up because of what is in the file, not because the disk does not give
          // it.
          StoreException reason = Failures.ofOpening(file, damage);
          if (reason != damage) {
            throw reason;
          }
        }
      }
      throw damage;
    } catch (IOException e) {
      throw StorageFailures.failed("open", dataFile.file(), e);
    }
  }

  /** Gives the lock back. */
  static void giveUp(StoreLock ownership, Path file) {
    try {
      ownership.close();
    } catch (IOException e) {
      System.getLogger(Opening.class.getName())
          .log(
              System.Logger.Level.WARNING,
              "the lock of {0} was not released: {1}",
              Printable.quote(file.toString()),
              StorageFailures.reason(e));
    }
  }
}
