package dev.kvstore.h2;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * The ends of the chunks that H2 has written since the last force, kept in memory until all that comes before them is
 * durable. H2 takes a chunk for whole if its header and its footer are, and does not check what is between, so a power cut
 * would give it a chunk with holes. And it writes a large transaction in several chunks, of which after a crash it undoes
 * only a part; without its footer, no chunk of an unfinished transaction is seen. Safe for any thread.
 */
final class HeldFooters {

  /** What a disk writes whole or not at all. The last sector of a chunk holds its footer. */
  static final int SECTOR = 512;

  /** The last sector of a chunk and where it belongs. */
  static final class Footer {

    private final long position;
    private final byte[] bytes;

    private Footer(long position, byte[] bytes) {
      this.position = position;
      this.bytes = bytes;
    }

    long position() {
      return position;
    }

    byte[] bytes() {
      return bytes;
    }

    private long end() {
      return position + bytes.length;
    }
  }

  /** In the order in which H2 wrote them. */
  private final List<Footer> footers = new ArrayList<>();

  /** Keeps the end of a chunk, and forgets what it overwrites. */
  synchronized void hold(byte[] source, int offset, int length, long position) {
    footers.removeIf(footer -> footer.end() > position && footer.position < position + length);
    int body = Math.max(0, length - SECTOR);
    footers.add(
        new Footer(position + body, Arrays.copyOfRange(source, offset + body, offset + length)));
  }

  /** Puts what is held over what was read from the file. */
  synchronized void show(byte[] target, int offset, int length, long position) {
    for (Footer footer : footers) {
      long from = Math.max(footer.position, position);
      long to = Math.min(footer.end(), position + length);
      if (from < to) {
        System.arraycopy(
            footer.bytes,
            (int) (from - footer.position),
            target,
            offset + (int) (from - position),
            (int) (to - from));
      }
    }
  }

  synchronized void truncate(long size) {
    footers.removeIf(footer -> footer.position >= size);
  }

  /**
   * What is to be written when all else is durable, each forced before the next: the newest chunk needs those before it, and
   * none of these may be seen without it.
   */
  synchronized List<Footer> newestFirst() {
    List<Footer> reversed = new ArrayList<>(footers);
    Collections.reverse(reversed);
    return reversed;
  }

  synchronized void clear() {
    footers.clear();
  }
}
