package dev.kvstore.h2;

import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The file below one H2 database. Everything that H2 reads and writes passes here, so here three promises are kept whatever H2
 * does: the file never grows beyond the limit, a chunk's end is written only when its body is durable, and nothing is written
 * after a force has failed. Safe for any thread.
 */
final class GuardedFile implements AutoCloseable {

  /** What H2 allocates in. */
  static final int BLOCK = 4_096;

  /** What a disk writes whole or not at all. The last one of a chunk holds its footer. */
  private static final int SECTOR = 512;

  /** H2 writes two copies of its header here, each valid by itself. */
  private static final long HEADER_BYTES = 2L * BLOCK;

  /** Why the file could not do what H2 asked. */
  enum Fault {
    /** The file is sealed; nothing was changed. */
    SEALED,
    /** The write would have passed the limit; nothing was written. */
    LIMIT,
    /** Reading, writing or cutting failed. */
    ACCESS,
    /** A force failed: what was written since the last one may or may not be durable. */
    FORCE
  }

  /**
   * The first fault of the file.
   *
   * @param fault its kind
   * @param cause what the system said
   */
  record Trouble(Fault fault, IOException cause) {}

  private final Path path;
  private final StorageFile file;
  private volatile long limit;
  private volatile boolean sealed;
  private volatile @Nullable Trouble trouble;

  GuardedFile(Path path, StorageFile file, long limit) {
    this.path = path;
    this.file = file;
    this.limit = limit;
  }

  Path path() {
    return path;
  }

  /** The length in bytes. */
  long size() throws IOException {
    return file.size();
  }

  /** Refuses every change until {@link #unseal}: it is not known yet whether the file is a store. */
  void seal() {
    sealed = true;
  }

  void unseal() {
    sealed = false;
  }

  /** From now on the file may grow to {@code bytes}; what is there already stays. */
  void limitTo(long bytes) {
    limit = bytes;
  }

  /** The first fault since the file was opened; null if there was none. */
  @Nullable
  Trouble trouble() {
    return trouble;
  }

  int read(byte[] target, int offset, int length, long position) throws IOException {
    try {
      return file.read(target, offset, length, position);
    } catch (IOException e) {
      throw failed(Fault.ACCESS, e);
    }
  }

  void write(byte[] source, int offset, int length, long position) throws IOException {
    requireChangeable();
    if (position + length > Math.max(limit, file.size())) {
      throw failed(
          Fault.LIMIT, new IOException("the size limit of " + limit + " bytes is reached"));
    }
    int body = position >= HEADER_BYTES ? length - SECTOR : 0;
    if (body <= 0) {
      writeNow(source, offset, length, position);
      return;
    }
    // H2 takes a chunk for whole if its header and footer are; it does not check what is between.
    writeNow(source, offset, body, position);
    force();
    writeNow(source, offset + body, length - body, position + body);
  }

  private void writeNow(byte[] source, int offset, int length, long position) throws IOException {
    try {
      file.write(source, offset, length, position);
    } catch (IOException e) {
      throw failed(Fault.ACCESS, e);
    }
  }

  void truncate(long size) throws IOException {
    requireChangeable();
    try {
      file.truncate(size);
    } catch (IOException e) {
      throw failed(Fault.ACCESS, e);
    }
  }

  void force() throws IOException {
    requireForced();
    try {
      file.force();
    } catch (IOException e) {
      throw failed(Fault.FORCE, e);
    }
  }

  @Nullable
  FileLock tryLock(boolean shared) throws IOException {
    return file.tryLock(shared);
  }

  /** Gives the file up, also if H2 has not; a second close does nothing. */
  @Override
  public void close() throws IOException {
    file.close();
  }

  private void requireChangeable() throws IOException {
    if (sealed) {
      throw failed(
          Fault.SEALED, new IOException("the file may not be changed while it is examined"));
    }
    requireForced();
  }

  /** A second force would say success while the bytes are not there: the system has dropped them. */
  private void requireForced() throws IOException {
    Trouble known = trouble;
    if (known != null && known.fault() == Fault.FORCE) {
      throw new IOException("an earlier write could not be forced to the disk", known.cause());
    }
  }

  private IOException failed(Fault fault, IOException cause) {
    if (trouble == null) {
      trouble = new Trouble(fault, cause);
    }
    return cause;
  }
}
