package dev.kvstore.jsonfile;

import dev.kvstore.jsonfile.file.FileCopy;
import dev.kvstore.jsonfile.file.StoreFile;
import dev.kvstore.jsonfile.recovery.LogEnd;
import java.io.IOException;
import java.util.Arrays;

/**
 * The end of an open file: the last line, and behind it the space that is kept for removals on a full disk, filled with line
 * feeds. For one thread at a time.
 */
final class LogTail {

  private final StoreFile file;
  private long length;

  /** The end of {@code file}, which nothing follows yet. */
  LogTail(StoreFile file, LogEnd end) {
    this.file = file;
    this.length = end.offset();
  }

  /**
   * Writes lines behind the end, and what before it may not be on the disk once more; forces nothing.
   *
   * @param spare how much space there must be behind them, in bytes. If there is less, twice as much is made
   */
  void write(LogEnd end, byte[] lines, int spare) throws IOException {
    FileCopy.rewrite(file, end.durableOffset(), end.offset());
    boolean enough = end.offset() + lines.length + spare <= length;
    byte[] padded = enough ? lines : Arrays.copyOf(lines, lines.length + 2 * spare);
    Arrays.fill(padded, lines.length, padded.length, (byte) '\n');
    file.write(end.offset(), padded, padded.length);
    length = Math.max(length, end.offset() + padded.length);
  }

  /**
   * Undoes a failed write durably, or a crash could bring back what was reported as failed. The space that was there before is
   * there again.
   */
  void undo(LogEnd end) throws IOException {
    long written = file.size();
    // One line feed stays: without it, a file that was closed cleanly would look so again, and if
    // the
    // force below fails, the next opening would see no reason for one.
    length = Math.min(written, Math.max(length, end.offset() + 1));
    if (written > length) {
      file.truncate(length);
    }
    byte[] space = new byte[(int) (length - end.offset())];
    Arrays.fill(space, (byte) '\n');
    file.write(end.offset(), space, space.length);
    file.force();
  }

  /** Cuts off what is behind {@code offset}; forces nothing. */
  void cut(long offset) throws IOException {
    if (length > offset) {
      file.truncate(offset);
      length = offset;
    }
  }

  void force() throws IOException {
    file.force();
  }
}
