package dev.kvstore.h2;

import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The file below one H2 database. Everything that H2 reads and writes passes here, so here some promises are kept whatever H2
 * does: the file never grows beyond the limit, what H2 has written since the last force counts whole or not at all after a
 * crash, and nothing is written after a force has failed. Safe for any thread.
 */
final class GuardedFile implements AutoCloseable {

  /** What H2 allocates in. */
  static final int BLOCK = 4_096;

  /** H2 writes two copies of its header here, each valid by itself; all else that it writes are chunks. */
  private static final long HEADER_BYTES = 2L * BLOCK;

  private static final byte[] NOTHING = new byte[HeldWrites.SECTOR];

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
  private final @Nullable HeldWrites held;
  private volatile long limit;
  private volatile boolean sealed;
  private volatile @Nullable Trouble trouble;

  /** Where the last chunk ends; 0 until it is known. Used by the one thread that writes. */
  private volatile long lastEnd;

  private GuardedFile(Path path, StorageFile file, long limit, @Nullable HeldWrites held) {
    this.path = path;
    this.file = file;
    this.limit = limit;
    this.held = held;
  }

  /** A file that a crash may leave at any moment, and that is read then. */
  static GuardedFile inUse(Path path, StorageFile file, long limit) {
    return new GuardedFile(path, file, limit, new HeldWrites());
  }

  /**
   * A file that nobody reads if it is not completed.
   *
   * @param path the file whose place it will take, for messages
   */
  static GuardedFile inMaking(Path path, StorageFile file, long limit) {
    return new GuardedFile(path, file, limit, null);
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

  /** The last whole chunk in the file itself, without what is held. */
  LastChunk lastChunk() throws IOException {
    return LastChunk.find(file);
  }

  int read(byte[] target, int offset, int length, long position) throws IOException {
    try {
      int read = file.read(target, offset, length, position);
      if (held != null) {
        held.show(target, offset, read, position);
      }
      return read;
    } catch (IOException e) {
      throw failed(Fault.ACCESS, e);
    }
  }

  void write(byte[] source, int offset, int length, long position) throws IOException {
    requireChangeable();
    if (position + length > Math.max(limit, size())) {
      throw failed(
          Fault.LIMIT, new IOException("the size limit of " + limit + " bytes is reached"));
    }
    if (held == null) {
      writeNow(source, offset, length, position);
      return;
    }
    if (position < HEADER_BYTES) {
      held.holdHeader(source, offset, length, position);
      return;
    }
    dropLeftovers(position);
    lastEnd = position + length;
    // The footer's place is taken, too, so that there is room for it later.
    int body = Math.max(0, length - HeldWrites.SECTOR);
    held.holdFooter(source, offset, length, position);
    writeNow(source, offset, body, position);
    writeNow(NOTHING, 0, length - body, position + body);
  }

  /** Cuts off what a crash has left behind the last chunk: it could be taken for a chunk that comes after the next one. */
  private void dropLeftovers(long position) throws IOException {
    if (position < endOfChunks()) {
      throw failed(Fault.ACCESS, new IOException("the database would overwrite a part of itself"));
    }
    if (position < size()) {
      truncateNow(position);
    }
  }

  private long endOfChunks() throws IOException {
    if (lastEnd == 0) {
      lastEnd = lastChunk().end();
    }
    return lastEnd;
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
    if (held != null) {
      held.truncate(size);
    }
    truncateNow(size);
  }

  private void truncateNow(long size) throws IOException {
    try {
      file.truncate(size);
    } catch (IOException e) {
      throw failed(Fault.ACCESS, e);
    }
  }

  /** Makes durable what was written since the last force, all of it or, if a crash intervenes, nothing. */
  void force() throws IOException {
    requireForced();
    forceNow();
    if (held == null) {
      return;
    }
    for (HeldWrites.Piece piece : held.inOrder()) {
      writeNow(piece.bytes(), 0, piece.bytes().length, piece.position());
      forceNow();
    }
    held.clear();
  }

  private void forceNow() throws IOException {
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
    if (trouble == null || fault == Fault.FORCE) {
      trouble = new Trouble(fault, cause);
    }
    return cause;
  }
}
