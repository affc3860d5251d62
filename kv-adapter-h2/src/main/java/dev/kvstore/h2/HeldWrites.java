package dev.kvstore.h2;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What H2 has written since the last force and must not be seen after a crash before all else is durable: the ends of its
 * chunks and its header.
 *
 * <p>H2 takes a chunk for whole if its own header and its footer are, and does not check what is between, so a power cut would
 * give it a chunk with holes. It writes a large transaction in several chunks; without their footers, none of an unfinished
 * transaction is seen. And if the file's header names a chunk that is not
 * there, H2 may be content with a much older one. Safe for any thread.
 */
final class HeldWrites {

  /** What a disk writes whole or not at all. The last sector of a chunk holds its footer. */
  static final int SECTOR = 512;

  /** Bytes and where they belong. */
  static final class Piece {

    private final long position;
    private final byte[] bytes;

    private Piece(long position, byte[] bytes) {
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
  private final List<Piece> footers = new ArrayList<>();

  private @Nullable Piece header;

  /** Keeps the end of a chunk, and forgets what it overwrites. */
  synchronized void holdFooter(byte[] source, int offset, int length, long position) {
    footers.removeIf(footer -> footer.end() > position && footer.position < position + length);
    int body = Math.max(0, length - SECTOR);
    footers.add(
        new Piece(position + body, Arrays.copyOfRange(source, offset + body, offset + length)));
  }

  /** Keeps the file's header, in place of one that it has. */
  synchronized void holdHeader(byte[] source, int offset, int length, long position) {
    header = new Piece(position, Arrays.copyOfRange(source, offset, offset + length));
  }

  /** Puts what is held over what was read from the file. */
  synchronized void show(byte[] target, int offset, int length, long position) {
    for (Piece piece : inOrder()) {
      long from = Math.max(piece.position, position);
      long to = Math.min(piece.end(), position + length);
      if (from < to) {
        System.arraycopy(
            piece.bytes,
            (int) (from - piece.position),
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
   * What is to be written when all else is durable, each forced before the next: a chunk needs those before it, and the header
   * names one. H2 writes more than one chunk for very large transactions alone; a crash amid their footers leaves it to H2
   * to undo the transaction.
   */
  synchronized List<Piece> inOrder() {
    List<Piece> pieces = new ArrayList<>(footers);
    if (header != null) {
      pieces.add(header);
    }
    return pieces;
  }

  synchronized void clear() {
    footers.clear();
    header = null;
  }
}
