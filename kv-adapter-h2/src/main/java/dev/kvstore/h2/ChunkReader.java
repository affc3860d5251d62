package dev.kvstore.h2;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Reads the chunks of a file of H2 as bytes. They lie one behind the other, from {@link #FIRST_CHUNK} on.
 *
 * @param file the file
 */
record ChunkReader(StorageFile file) {

  /** Where the first chunk begins, in bytes. */
  static final long FIRST_CHUNK = 2L * GuardedFile.BLOCK;

  private static final int BUFFER_BYTES = 1 << 16;

  private static final Pattern HEADER = Pattern.compile("chunk:[0-9a-f]{1,8},len:([0-9a-f]{1,8}),");
  private static final int HEADER_BYTES = 32;

  /**
   * The footer of the chunk that ends at {@code end}; null if there is none. One without a mark, in a file whose chunks have marks, may
   * be a part of a value that looks like one: it counts if it follows upon those, as when another program has written behind them.
   */
  @Nullable
  ChunkFooter footerAt(long end) throws IOException {
    ChunkFooter footer = anyFooterAt(end);
    return footer == null || footer.mark() != null || !hasMarks() || followsMarked(footer, end)
        ? footer
        : null;
  }

  /** Whether the chunks before it, each of which ends where the next one begins, lead back to one with a mark. */
  private boolean followsMarked(ChunkFooter last, long end) throws IOException {
    ChunkFooter footer = last;
    long at = end;
    while (footer != null && footer.mark() == null && hasHeader(footer, at)) {
      at -= footer.length();
      footer = anyFooterAt(at);
    }
    return footer != null && footer.mark() != null;
  }

  private @Nullable ChunkFooter anyFooterAt(long end) throws IOException {
    byte[] bytes = read(end - ChunkFooter.BYTES, ChunkFooter.BYTES);
    return ChunkFooter.parse(bytes, bytes.length);
  }

  /** Whether this engine has written the file: then its first chunk has a mark, which stays where it is as long as the file lives. */
  private boolean hasMarks() throws IOException {
    Matcher header =
        HEADER.matcher(new String(read(FIRST_CHUNK, HEADER_BYTES), StandardCharsets.ISO_8859_1));
    if (!header.lookingAt()) {
      return false;
    }
    long blocks = Long.parseLong(header.group(1), 16);
    ChunkFooter first = anyFooterAt(FIRST_CHUNK + blocks * GuardedFile.BLOCK);
    return first != null && first.mark() != null;
  }

  /** Whether a chunk begins where the footer that ends at {@code end} says. */
  boolean hasHeader(ChunkFooter footer, long end) throws IOException {
    long begin = end - footer.length();
    byte[] header = footer.header().getBytes(StandardCharsets.ISO_8859_1);
    return begin >= FIRST_CHUNK && Arrays.equals(header, read(begin, header.length));
  }

  /** Whether the chunk that ends at {@code end} is as it was written; true if its footer has no mark to tell that by. */
  boolean isWhole(ChunkFooter footer, long end) throws IOException {
    ChunkFooter.Mark mark = footer.mark();
    return mark == null || mark.crc() == checksum(end - footer.length(), end);
  }

  private int checksum(long begin, long end) throws IOException {
    CRC32C checksum = new CRC32C();
    long stop = end - ChunkFooter.BYTES;
    for (long at = begin; at < stop; ) {
      byte[] bytes = read(at, (int) Math.min(BUFFER_BYTES, stop - at));
      if (bytes.length == 0) {
        break;
      }
      checksum.update(bytes);
      at += bytes.length;
    }
    return (int) checksum.getValue();
  }

  private byte[] read(long position, int length) throws IOException {
    byte[] bytes = new byte[length];
    int read = file.read(bytes, 0, length, position);
    return read == length ? bytes : Arrays.copyOf(bytes, Math.max(read, 0));
  }
}
