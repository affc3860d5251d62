package dev.kvstore.h2;

import java.io.IOException;
import java.nio.channels.FileLock;
import org.jspecify.annotations.Nullable;

/**
 * A file that remembers the first of its faults, since H2 tells of some in its own words and passes over others; and that is never
 * forced or written again after a force has failed. Safe for any thread.
 */
final class WatchedFile implements StorageFile {

  /** Why the file could not do what H2 asked. */
  enum Fault {
    /** The file is sealed; nothing was changed. */
    SEALED,
    /** The write would have passed the limit; nothing was written. */
    LIMIT,
    /** Reading, writing, cutting or locking failed. */
    ACCESS,
    /** A force failed: what was written since the last one may or may not be durable. */
    FORCE
  }

  /**
   * A fault of the file.
   *
   * @param fault its kind
   * @param cause what the system said
   */
  record Trouble(Fault fault, IOException cause) {}

  private final StorageFile file;
  private volatile @Nullable Trouble trouble;

  /** Watches {@code file}, and closes it when it is closed itself. */
  WatchedFile(StorageFile file) {
    this.file = file;
  }

  /** The first fault, unless a force has failed since, which is told then; null if there was none. */
  @Nullable
  Trouble trouble() {
    return trouble;
  }

  /** Notes a fault; what is to be thrown. */
  synchronized IOException failed(Fault fault, IOException cause) {
    Trouble known = trouble;
    if (known == null || (fault == Fault.FORCE && known.fault() != Fault.FORCE)) {
      trouble = new Trouble(fault, cause);
    }
    return cause;
  }

  /** Throws if a force has failed. A second one would say success while the bytes are not there: the system has dropped them. */
  void requireForced() throws IOException {
    Trouble known = trouble;
    if (known != null && known.fault() == Fault.FORCE) {
      throw new IOException("an earlier write could not be forced to the disk", known.cause());
    }
  }

  @Override
  public int read(byte[] target, int offset, int length, long position) throws IOException {
    try {
      return file.read(target, offset, length, position);
    } catch (IOException e) {
      throw failed(Fault.ACCESS, e);
    }
  }

  @Override
  public void write(byte[] source, int offset, int length, long position) throws IOException {
    requireForced();
    try {
      file.write(source, offset, length, position);
    } catch (IOException e) {
      throw failed(Fault.ACCESS, e);
    }
  }

  @Override
  public long size() throws IOException {
    try {
      return file.size();
    } catch (IOException e) {
      throw failed(Fault.ACCESS, e);
    }
  }

  @Override
  public void truncate(long size) throws IOException {
    requireForced();
    try {
      file.truncate(size);
    } catch (IOException e) {
      throw failed(Fault.ACCESS, e);
    }
  }

  @Override
  public void force() throws IOException {
    requireForced();
    try {
      file.force();
    } catch (IOException e) {
      throw failed(Fault.FORCE, e);
    }
  }

  @Override
  public @Nullable FileLock tryLock(boolean shared) throws IOException {
    try {
      return file.tryLock(shared);
    } catch (IOException e) {
      throw failed(Fault.ACCESS, e);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
