package dev.kvstore.h2;

import dev.kvstore.core.error.CorruptStoreException;
import dev.kvstore.core.error.Printable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The newest group of commits in a file of H2 that a crash has left whole. The file is written from front to back, so it is
 * the last one that ends with a chunk of which this holds: it is whole, and so is every chunk before it that it does not know
 * to be durable. What lies behind it is what a crash has left of groups that nobody was told of, or that were not to be forced.
 *
 * @param last the footer of its last chunk; null if there is no chunk in the file
 * @param end where it ends, in bytes
 */
record LastGroup(@Nullable ChunkFooter last, long end) {

  private static final long FIRST_CHUNK = 2L * GuardedFile.BLOCK;
  private static final int BUFFER_BYTES = 1 << 16;

  /** The version of the newest chunk; 0 if there is none. */
  long version() {
    return last == null ? 0 : last.version();
  }

  /**
   * Looks for it from the end of the file on. Costs a read for each block that a crash has left, and reads the chunks that are
   * not known to be durable.
   *
   * @param path for messages
   * @throws CorruptStoreException STORE_CORRUPT if the file was closed with another end than it has now
   */
  static LastGroup find(StorageFile file, Path path) throws IOException {
    long end = file.size() / GuardedFile.BLOCK * GuardedFile.BLOCK;
    while (end > FIRST_CHUNK) {
      ChunkFooter footer = footerAt(file, end);
      if (footer == null) {
        end -= GuardedFile.BLOCK;
      } else if (footer.isEnd()) {
        long whole = wholeBefore(file, footer, end);
        if (whole == end) {
          return new LastGroup(footer, end);
        }
        if (footer.isDone()) {
          throw damaged(path, footer.version());
        }
        end = whole;
      } else {
        end = hasHeader(file, footer, end) ? end - footer.length() : end - GuardedFile.BLOCK;
      }
    }
    return new LastGroup(null, FIRST_CHUNK);
  }

  /** {@code end} if every chunk that ends there or before it, back to one known to be durable, is whole; else where to look on. */
  private static long wholeBefore(StorageFile file, ChunkFooter last, long end) throws IOException {
    ChunkFooter.Mark lastMark = last.mark();
    long durable =
        lastMark == null || last.isDone() ? last.version() - 1 : lastMark.forcedVersion();
    long at = end;
    ChunkFooter footer = last;
    while (true) {
      if (!hasHeader(file, footer, at)) {
        return at - GuardedFile.BLOCK;
      }
      long begin = at - footer.length();
      ChunkFooter.Mark mark = footer.mark();
      if (mark != null && mark.crc() != checksum(file, begin, at)) {
        return begin;
      }
      if (footer.version() - 1 <= durable || begin == FIRST_CHUNK) {
        return end;
      }
      footer = footerAt(file, begin);
      if (footer == null) {
        return begin;
      }
      if (footer.version() <= durable) {
        return end;
      }
      at = begin;
    }
  }

  private static @Nullable ChunkFooter footerAt(StorageFile file, long end) throws IOException {
    byte[] bytes = read(file, end - ChunkFooter.BYTES, ChunkFooter.BYTES);
    return ChunkFooter.parse(bytes, bytes.length);
  }

  /** Whether a chunk begins where the footer that ends at {@code end} says. */
  private static boolean hasHeader(StorageFile file, ChunkFooter footer, long end)
      throws IOException {
    long begin = end - footer.length();
    byte[] header = footer.header().getBytes(StandardCharsets.ISO_8859_1);
    return begin >= FIRST_CHUNK && Arrays.equals(header, read(file, begin, header.length));
  }

  private static int checksum(StorageFile file, long begin, long end) throws IOException {
    CRC32C checksum = new CRC32C();
    long stop = end - ChunkFooter.BYTES;
    for (long at = begin; at < stop; ) {
      byte[] bytes = read(file, at, (int) Math.min(BUFFER_BYTES, stop - at));
      if (bytes.length == 0) {
        break;
      }
      checksum.update(bytes);
      at += bytes.length;
    }
    return (int) checksum.getValue();
  }

  private static byte[] read(StorageFile file, long position, int length) throws IOException {
    byte[] bytes = new byte[length];
    int read = file.read(bytes, 0, length, position);
    return read == length ? bytes : Arrays.copyOf(bytes, Math.max(read, 0));
  }

  private static CorruptStoreException damaged(Path path, long version) {
    return CorruptStoreException.damaged(
        "the file "
            + Printable.quote(path.toString())
            + " is damaged: it was closed at version "
            + version
            + ", and what was written then has changed; restore a backup, or try H2's Recover tool on a copy",
        Map.of("file", path.toString()));
  }
}
