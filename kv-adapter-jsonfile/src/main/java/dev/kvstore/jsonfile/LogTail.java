package dev.kvstore.jsonfile;

import static dev.kvstore.jsonfile.file.StoreFile.MAX_SEGMENT_BYTES;
import static dev.kvstore.jsonfile.file.StoreFile.WINDOW_BYTES;

import dev.kvstore.jsonfile.file.FileCopy;
import dev.kvstore.jsonfile.file.StoreFile;
import dev.kvstore.jsonfile.log.LineBuffer;
import dev.kvstore.jsonfile.recovery.LogEnd;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The end of an open file: the last line, and behind it space allocated ahead, filled with line feeds. A write into that space
 * changes no length and no block, so that forcing it takes the disk one step; and it leaves room for removals on a full disk.
 * For one thread at a time.
 */
final class LogTail {

  /** The most space that is allocated at once, in bytes: what must be forced should not take long. And as a share of the cap. */
  private static final int MAX_FORCED_GROWTH = 1 << 20;

  private static final int MAX_UNFORCED_GROWTH = 1 << 22;

  private static final int MAX_GROWTH_SHARE = 64;

  /** The least space that is allocated at once, if there is room. */
  private static final int MIN_GROWTH = 1 << 14;

  /** Longer groups are written without space for the next ones: to fill it would take longer than it saves. */
  private static final int MAX_GROUP_WITH_SPACE = 1 << 16;

  /** Less space is made faster than it is asked for in another thread. */
  private static final int MIN_PREPARED = 1 << 18;

  private static final byte[] FEEDS = new byte[1 << 16];

  static {
    Arrays.fill(FEEDS, (byte) '\n');
  }

  private final StoreFile file;
  private final long maxGrowth;
  private final Background background;
  private final boolean prepares;
  private final long cap;
  private long length;
  private int growth;

  private @Nullable Preparation preparation;

  /** From here on, what was there at the opening may not be on the disk; negative if it is, or was written once more. */
  private long doubtful;

  private boolean forceHasFailed;

  /**
   * The end of {@code file}, which nothing follows yet.
   *
   * @param cap what the file never exceeds, in bytes
   * @param forces whether all that is written is forced at once
   * @param background makes more space, if nothing is forced, before it is needed
   */
  LogTail(StoreFile file, LogEnd end, long cap, boolean forces, Background background) {
    this.file = file;
    this.cap = cap;
    this.background = background;
    this.prepares = !forces;
    this.maxGrowth =
        Math.min(forces ? MAX_FORCED_GROWTH : MAX_UNFORCED_GROWTH, cap / MAX_GROWTH_SHARE);
    this.length = end.offset();
    this.growth = (int) Math.min(MIN_GROWTH, maxGrowth);
    this.doubtful = end.durableOffset() < end.offset() ? end.durableOffset() : -1;
  }

  /** Whether {@code bytes} more, and {@code spare} behind them, fit into the space allocated ahead. */
  boolean hasSpaceFor(LogEnd end, int bytes, int spare) {
    long needed = end.offset() + bytes + spare;
    if (needed > length) {
      takePrepared();
    }
    return needed <= length;
  }

  /** Has more space made in another thread, if it will soon be needed. */
  void prepare(LogEnd end) {
    if (!prepares || preparation != null || growth < MIN_PREPARED) {
      return;
    }
    long to = (length + growth) / WINDOW_BYTES * WINDOW_BYTES + MAX_SEGMENT_BYTES;
    if (length - end.offset() < growth / 2 && to > length && to <= cap) {
      preparation = new Preparation(file, length, to);
      try {
        background.run(preparation);
      } catch (RuntimeException | Error e) {
        // As when there can be no more threads: it would only have saved time, and is called off
        // when
        // its end is asked for.
        EngineLog.LOG.log(System.Logger.Level.DEBUG, "space is not made ahead", e);
      }
    }
  }

  /** Waits for what is being prepared: from here on nobody else is at the file's end. */
  void takePrepared() {
    if (preparation != null) {
      length = preparation.end();
      // Perhaps the disk is nearly full: a little at a time, then.
      growth = preparation.hasFailed() ? 0 : growth;
      preparation = null;
    }
  }

  /** Writes lines into space allocated ahead, durably. If it throws, nobody knows what is on the disk. */
  void writeForced(LogEnd end, LineBuffer lines) throws IOException {
    file.writeForced(end.offset(), lines.bytes(), 0, lines.length());
  }

  /** Writes lines into space allocated ahead, so that they survive the end of the process. */
  void writeMapped(LogEnd end, LineBuffer lines) throws IOException {
    file.writeMapped(end.offset(), lines.bytes(), 0, lines.length());
  }

  /**
   * Writes lines behind the end, and space for more behind them; and once more what before it may not be on the disk. Forces
   * nothing.
   *
   * @param spare the least space to be made, in bytes, a half of it; much more is made as the file grows, if there is room and the
   *     lines are short
   */
  void extend(LogEnd end, LineBuffer lines, int spare) throws IOException {
    takePrepared();
    if (doubtful >= 0) {
      FileCopy.rewrite(file, doubtful, end.offset());
    }
    long room = Math.max(0, cap - end.offset() - lines.length());
    int wanted = lines.length() > MAX_GROUP_WITH_SPACE ? 0 : growth;
    int ahead = (int) Math.min(Math.max(2L * spare, wanted), room);
    try {
      write(end, lines, ahead);
    } catch (IOException e) {
      if (ahead <= 2 * spare) {
        throw e;
      }
      // Perhaps the disk is full, and there is room for the lines all the same.
      undoForRetry(end);
      growth = 0;
      write(end, lines, 2 * spare);
    }
    growth = (int) Math.min(maxGrowth, 2L * Math.max(ahead, growth));
    doubtful = -1;
  }

  /** A write that failed and could not be undone: that must not be tried again, since it forces. */
  static final class NotUndoneException extends IOException {

    private static final long serialVersionUID = 1L;

    NotUndoneException(IOException cause) {
      super(cause.getMessage(), cause);
    }
  }

  private void undoForRetry(LogEnd end) throws NotUndoneException {
    try {
      undo(end);
    } catch (IOException e) {
      throw new NotUndoneException(e);
    }
  }

  private void write(LogEnd end, LineBuffer lines, int ahead) throws IOException {
    int text = lines.length();
    boolean together = ahead <= FEEDS.length;
    if (together) {
      lines.feeds(ahead);
    }
    try {
      file.write(end.offset(), lines.bytes(), lines.length());
    } finally {
      // Who tries again asks for the space that there is room for then.
      lines.cutTo(text);
    }
    long from = end.offset() + text;
    long to = from + ahead;
    while (!together && from < to) {
      int chunk = (int) Math.min(FEEDS.length, to - from);
      file.write(from, FEEDS, chunk);
      from += chunk;
    }
    length = Math.max(length, to);
  }

  /**
   * Undoes a failed write durably, or a crash could bring back what was reported as failed. The space that was there before is
   * there again.
   */
  void undo(LogEnd end) throws IOException {
    takePrepared();
    long written = file.size();
    // One line feed stays: without it, a file that was closed cleanly would look so again, and if
    // the
    // force below fails, the next opening would see no reason for one.
    length = Math.min(written, Math.max(length, end.offset() + 1));
    if (written > length) {
      file.truncate(length);
    }
    for (long from = end.offset(); from < length; from += FEEDS.length) {
      file.write(from, FEEDS, (int) Math.min(FEEDS.length, length - from));
    }
    try {
      file.force();
    } catch (IOException e) {
      forceHasFailed = true;
      throw e;
    }
  }

  /** Whether the last undoing failed when it was forced. */
  boolean forceHasFailed() {
    return forceHasFailed;
  }

  /** Cuts off what is behind {@code offset}; forces nothing. */
  void cut(long offset) throws IOException {
    takePrepared();
    // Where the making of space has failed, the file is longer than is known here.
    if (file.size() > offset) {
      file.truncate(offset);
      length = offset;
    }
  }

  void force() throws IOException {
    file.force();
  }
}
