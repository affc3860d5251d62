package dev.kvstore.h2;

import java.io.IOException;
import java.nio.channels.FileLock;
import org.jspecify.annotations.Nullable;

/** The lock that H2 takes on its file, so that it opens one database over it and no second. For one thread at a time. */
final class DatabaseLock {

  private final WatchedFile file;
  private volatile boolean taken;
  private @Nullable FileLock lock;

  DatabaseLock(WatchedFile file) {
    this.file = file;
  }

  /** Locks the file as H2 does against other programs; null if one has it. */
  @Nullable
  FileLock tryLock(boolean shared) throws IOException {
    if (taken) {
      // H2 has closed its database, as it does where there is no memory. For the next who asks it
      // would open another one, without the settings of the first.
      throw file.failed(
          WatchedFile.Fault.ACCESS, new IOException("the database has closed itself"));
    }
    FileLock before = lock;
    if (before != null && before.isValid()) {
      // H2 passes over the failure, and would take the lock that is left for another program's.
      throw file.failed(
          WatchedFile.Fault.ACCESS, new IOException("a lock of the file could not be released"));
    }
    lock = file.tryLock(shared);
    return lock;
  }

  /** From now on no database can be opened over the file: one is. */
  void take() {
    taken = true;
  }
}
