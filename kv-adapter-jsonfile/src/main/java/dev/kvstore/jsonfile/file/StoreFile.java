package dev.kvstore.jsonfile.file;

import java.io.IOException;

/**
 * An open file that one thread may write while others read. An interrupt of a thread in any of these has no effect on the file.
 * Offsets and lengths are in bytes.
 */
public interface StoreFile extends ReadableFile {

  /** What is written through mappings is mapped in pieces of this length. */
  int WINDOW_BYTES = 1 << 22;

  /**
   * Writes the first {@code length} bytes of {@code source} at {@code offset}, which is at most the file's length. If it throws,
   * any part of it may be in the file.
   */
  void write(long offset, byte[] source, int length) throws IOException;

  /**
   * Writes {@code length} bytes of {@code source}, beginning with its byte {@code from}, at {@code offset}, and returns when they
   * are on the disk. The space was written and forced before; nothing else that was written is forced.
   *
   * @throws IOException if it failed; nobody knows then what is on the disk, so it is never tried again
   */
  void writeForced(long offset, byte[] source, int from, int length) throws IOException;

  /**
   * Like {@link #writeForced}, but forces nothing: what is written survives the end of the process, not of the system. Faster
   * than {@link #write}, because it asks nothing of the system. If it throws, any part of it may be in the file.
   */
  void writeMapped(long offset, byte[] source, int from, int length) throws IOException;

  /**
   * Makes the range from {@code from}, the end of the file, up to {@code to} space full of line feeds, ready for {@link
   * #writeMapped}. Another thread may write before {@code from} meanwhile. If it throws, any part of the range may be in the file.
   * Cheapest if {@code to} is {@link #MAX_SEGMENT_BYTES} behind a multiple of {@link #WINDOW_BYTES}.
   */
  void prepare(long from, long to) throws IOException;

  /** Cuts the file to {@code size}. */
  void truncate(long size) throws IOException;

  /**
   * Returns when everything written and the length are on the disk. May be called while another call is under way, and waits for it.
   *
   * @throws IOException if that failed, now or earlier: what the system has dropped then is not brought back by another try
   */
  void force() throws IOException;
}
