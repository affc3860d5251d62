package dev.kvstore.h2;

import dev.kvstore.core.error.CorruptStoreException;
import dev.kvstore.core.error.Printable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
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
    ChunkReader chunks = new ChunkReader(file);
    long end = file.size() / GuardedFile.BLOCK * GuardedFile.BLOCK;
    while (end > ChunkReader.FIRST_CHUNK) {
      ChunkFooter footer = chunks.footerAt(end);
      if (footer == null) {
        end -= GuardedFile.BLOCK;
      } else if (footer.isEnd()) {
        long whole = wholeBefore(chunks, footer, end);
        if (whole == end) {
          return new LastGroup(footer, end);
        }
        if (footer.isDone()) {
          throw damaged(path, footer.version());
        }
        end = whole;
      } else {
        end = chunks.hasHeader(footer, end) ? end - footer.length() : end - GuardedFile.BLOCK;
      }
    }
    return new LastGroup(null, ChunkReader.FIRST_CHUNK);
  }

  /**
   * The newest group that ends at {@code limit} or before it, whatever has become of it: for a file that is damaged. Its {@code last}
   * is null if there is none.
   */
  static LastGroup notBehind(StorageFile file, long limit) throws IOException {
    ChunkReader chunks = new ChunkReader(file);
    long end = limit / GuardedFile.BLOCK * GuardedFile.BLOCK;
    while (end > ChunkReader.FIRST_CHUNK) {
      ChunkFooter footer = chunks.footerAt(end);
      boolean complete = footer != null && chunks.hasHeader(footer, end);
      if (footer != null && complete && footer.isEnd()) {
        return new LastGroup(footer, end);
      }
      end -= footer != null && complete ? footer.length() : GuardedFile.BLOCK;
    }
    return new LastGroup(null, ChunkReader.FIRST_CHUNK);
  }

  /** {@code end} if every chunk that ends there or before it, back to one known to be durable, is whole; else where to look on. */
  private static long wholeBefore(ChunkReader chunks, ChunkFooter last, long end)
      throws IOException {
    long durable = last.durableVersion();
    long at = end;
    ChunkFooter footer = last;
    while (true) {
      if (!chunks.hasHeader(footer, at)) {
        return at - GuardedFile.BLOCK;
      }
      long begin = at - footer.length();
      if (!footer.isMade() && !chunks.isWhole(footer, at)) {
        return begin;
      }
      if (footer.version() - 1 <= durable || begin == ChunkReader.FIRST_CHUNK) {
        return end;
      }
      footer = chunks.footerAt(begin);
      if (footer == null) {
        return begin;
      }
      if (footer.version() <= durable) {
        return end;
      }
      at = begin;
    }
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
