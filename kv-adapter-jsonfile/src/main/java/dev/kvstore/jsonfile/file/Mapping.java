package dev.kvstore.jsonfile.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;

/**
 * A part of a file in memory, and the way to give that memory back.
 *
 * @param buffer the memory, little-endian, from position 0 to its capacity
 * @param unmapping gives it back; does not keep it from the collector
 */
record Mapping(ByteBuffer buffer, Unmapping unmapping) {

  /** The first version with {@code java.lang.foreign} in its final form. */
  private static final int FIRST_VERSION_WITH_ARENAS = 22;

  /**
   * Maps {@code length} bytes of a file from {@code offset} on.
   *
   * @param channel may be closed afterwards; an interrupt of the calling thread would close it
   * @param length in bytes, at least 1; the file has as much from there on
   */
  static Mapping of(FileChannel channel, MapMode mode, long offset, int length) throws IOException {
    return Runtime.version().feature() >= FIRST_VERSION_WITH_ARENAS
        ? ArenaUnmapping.map(channel, mode, offset, length)
        : CleanerUnmapping.map(channel, mode, offset, length);
  }
}
