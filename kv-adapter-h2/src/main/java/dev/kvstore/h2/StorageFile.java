package dev.kvstore.h2;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What the engine asks of a file of the operating system. An interrupt of the calling thread harms none of it. Tests put
 * failures here.
 */
interface StorageFile extends Closeable {

  /** Makes {@link StorageFile}s. */
  interface Opener {

    /** Opens a regular file that is there, for reading, and for writing unless the store is only looked at. */
    StorageFile open(Path path) throws IOException;
  }

  /** Reads at most {@code length} bytes from {@code position} on; -1 at the end of the file. */
  int read(byte[] target, int offset, int length, long position) throws IOException;

  /** Writes all bytes, or throws; then some of them may have been written. */
  void write(byte[] source, int offset, int length, long position) throws IOException;

  /** The length in bytes. */
  long size() throws IOException;

  /** Cuts the file to {@code size} bytes; does nothing if it is shorter. */
  void truncate(long size) throws IOException;

  /** Makes everything written so far durable, the length too. */
  void force() throws IOException;

  /** The lock on the whole file, null if another process has it. It goes with this file. */
  @Nullable
  FileLock tryLock(boolean shared) throws IOException;
}
