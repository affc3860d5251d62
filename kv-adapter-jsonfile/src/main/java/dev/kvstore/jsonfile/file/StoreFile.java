package dev.kvstore.jsonfile.file;

import java.io.Closeable;
import java.io.IOException;

/**
 * An open file. Reads may run in any number of threads beside one thread that writes; an interrupt of a thread in any of these
 * has no effect on the file. Offsets and lengths are in bytes.
 */
public interface StoreFile extends Closeable {

  /** The file's length. */
  long size() throws IOException;

  /**
   * Fills {@code target} with the bytes from {@code offset} on.
   *
   * @throws java.io.EOFException if the file ends before
   */
  void read(long offset, byte[] target) throws IOException;

  /**
   * Writes the first {@code length} bytes of {@code source} at {@code offset}, which is at most the file's length. If it throws,
   * any part of it may be in the file.
   */
  void write(long offset, byte[] source, int length) throws IOException;

  /** Cuts the file to {@code size}. */
  void truncate(long size) throws IOException;

  /** Returns when everything written and the length are on the disk. Never called again once it has thrown. */
  void force() throws IOException;

  @Override
  void close() throws IOException;
}
