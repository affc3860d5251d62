package dev.kvstore.h2;

import java.io.EOFException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What a file holds and the disk perhaps does not: all behind the newest chunk that is known to be durable, and the header. */
final class DoubtfulBytes {

  private static final int BUFFER_BYTES = 1 << 20;

  private DoubtfulBytes() {}

  /**
   * Writes them over themselves, which a crash may interrupt anywhere without harm.
   *
   * @param last the footer of the newest chunk
   * @param end where that ends
   */
  static void writeAgain(StorageFile file, @Nullable ChunkFooter last, long end)
      throws IOException {
    copy(file, begin(file, last, end), end);
    copy(file, 0, Math.min(StoreHeader.BYTES, file.size()));
  }

  private static long begin(StorageFile file, @Nullable ChunkFooter last, long end)
      throws IOException {
    ChunkReader chunks = new ChunkReader(file);
    long durable = last == null ? 0 : last.durableVersion();
    long begin = end;
    for (ChunkFooter footer = last;
        footer != null && footer.version() > durable;
        footer = chunks.footerAt(begin)) {
      begin -= footer.length();
    }
    return begin;
  }

  private static void copy(StorageFile file, long begin, long end) throws IOException {
    byte[] bytes = new byte[(int) Math.min(BUFFER_BYTES, end - begin)];
    for (long at = begin; at < end; ) {
      int read = file.read(bytes, 0, (int) Math.min(bytes.length, end - at), at);
      if (read <= 0) {
        throw new EOFException("the file ends at " + at + " while it is written again");
      }
      file.write(bytes, 0, read, at);
      at += read;
    }
  }
}
