package dev.kvstore.jsonfile.file;

import java.io.Closeable;
import java.io.IOException;

/**
 * An open file, for those who only look at it. Any number of threads may read, also beside one that writes the file; an interrupt
 * of a thread in any of these has no effect on the file. Offsets and lengths are in bytes.
 */
public interface ReadableFile extends Closeable {

  /** The most bytes that one call of {@link #segment} gives for sure: more than a line has. */
  int MAX_SEGMENT_BYTES = 1 << 15;

  /** The file's length. */
  long size() throws IOException;

  /**
   * Fills {@code target} with the bytes from {@code offset} on.
   *
   * @throws java.io.EOFException if the file ends before
   */
  void read(long offset, byte[] target) throws IOException;

  /**
   * A view of the file that holds at least the {@code length} bytes from {@code offset} on; what is written there later shows
   * in it. Makes no garbage and takes no lock but when it is the first to look there, or the file has grown since.
   *
   * @param length at most {@value #MAX_SEGMENT_BYTES}
   * @return to be read only while those bytes are within the file: reading what was cut off, or what the disk cannot bring, ends
   *     in an {@link InternalError}
   * @throws java.io.EOFException if the file ends before
   */
  Segment segment(long offset, int length) throws IOException;

  /** Closes the file; no other call may be running, and nobody may use a segment of it any more. */
  @Override
  void close() throws IOException;
}
