package dev.kvstore.jsonfile.recovery;

import dev.kvstore.jsonfile.file.ReadableFile;
import java.io.IOException;

/** Finds where the line feeds at the end of a file begin; reads no more of it than those. */
public final class BlankTail {

  private static final int CHUNK_BYTES = 1 << 16;

  private BlankTail() {}

  /** The offset behind the last line that is not blank, or {@code from} if none begins there or later. */
  public static long startOf(ReadableFile file, long from) throws IOException {
    long size = file.size();
    for (long end = size; end > from; ) {
      byte[] chunk = new byte[(int) Math.min(CHUNK_BYTES, end - from)];
      end -= chunk.length;
      file.read(end, chunk);
      for (int i = chunk.length - 1; i >= 0; i--) {
        if (chunk[i] != '\n') {
          return Math.min(size, end + i + 2);
        }
      }
    }
    return from;
  }
}
