package dev.kvstore.jsonfile.file;

import java.nio.ByteBuffer;

/**
 * A part of a file, in memory.
 *
 * @param base where in the file it begins, in bytes
 * @param bytes its bytes, little-endian. Shared by all threads: read at absolute positions only, and never after the file was
 *     closed
 */
public record Segment(long base, ByteBuffer bytes) {

  /** Where the byte at {@code offset} of the file stands in {@link #bytes()}; the offset lies within this segment. */
  public int positionOf(long offset) {
    return (int) (offset - base);
  }

  /** Whether the {@code length} bytes at {@code offset} of the file, which is not before the base, lie within it. */
  boolean covers(long offset, int length) {
    return offset - base + length <= bytes.capacity();
  }
}
