package dev.kvstore.jsonfile;

import dev.kvstore.core.error.Printable;
import dev.kvstore.core.error.StorageFailedException;
import dev.kvstore.files.Durability;
import dev.kvstore.files.StorageFailures;
import dev.kvstore.files.StorageOptions;
import dev.kvstore.files.StoragePath;
import dev.kvstore.jsonfile.file.StoreFile;
import dev.kvstore.jsonfile.log.LineBuffer;
import dev.kvstore.jsonfile.log.LineEncoder;
import dev.kvstore.jsonfile.log.LogFormat;
import dev.kvstore.jsonfile.log.LogHeader;
import dev.kvstore.jsonfile.log.LogLine;
import dev.kvstore.jsonfile.log.LogLine.Place;
import dev.kvstore.jsonfile.recovery.LogEnd;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes at the end of the file, as durably as the store was opened to do, and stops for good when that can no longer be trusted.
 * For one thread at a time.
 */
final class LogWriter {

  private final StoragePath path;
  private final long cap;
  private final boolean forces;
  private final Background background;
  private StoreFile file;
  private LogTail tail;
  private LineEncoder encoder;
  private LogEnd end;
  private @Nullable String failure;
  private boolean abandoned;

  /** Whether a force has failed of what was acknowledged before: a later one that succeeds proves nothing. */
  private boolean inDoubt;

  /**
   * A writer that goes on where a file ends.
   *
   * @param background for what need not be waited for
   * @param end nothing follows it in the file
   */
  LogWriter(
      StorageOptions options, Background background, StoreFile file, LogHeader header, LogEnd end) {
    this.path = options.path();
    this.cap = options.maxBytes();
    this.forces = options.durability() == Durability.SYNC;
    this.file = file;
    this.background = background;
    this.tail = new LogTail(file, end, cap, forces, background);
    this.encoder = new LineEncoder(header);
    this.end = end;
  }

  LogEnd end() {
    return end;
  }

  LineEncoder encoder() {
    return encoder;
  }

  /** Whether every write is forced before it is acknowledged. */
  boolean forces() {
    return forces;
  }

  /** The file that is written. */
  StoreFile file() {
    return file;
  }

  /** Whether it writes this very file. */
  @SuppressWarnings("ReferenceEquality")
  boolean isIn(StoreFile other) {
    return file == other;
  }

  /** Goes on in the file of the next generation. */
  void switchTo(StoreFile next, LogHeader header, LogEnd nextEnd) {
    tail.takePrepared();
    // All was copied, forced and read back.
    inDoubt = false;
    file = next;
    tail = new LogTail(next, nextEnd, cap, forces, background);
    encoder = new LineEncoder(header);
    end = nextEnd;
  }

  /** STORAGE_FAILED if this writer has stopped, or {@code lines} more after the one numbered {@code seq} would leave no number. */
  void requireRoomFor(long seq, int lines) {
    if (failure != null) {
      throw refusal("takes no more writes since " + failure + "; close it and open it again");
    }
    if (seq > LogFormat.MAX_NUMBER - lines - 1) {
      throw refusal("has used up its sequence numbers; export it and import it into a new one");
    }
  }

  private StorageFailedException refusal(String why) {
    return StorageFailedException.failed(
        "store " + shownPath() + " " + why, Map.of("file", path.file().toString()), null);
  }

  /** Whether it has stopped for good. */
  boolean hasStopped() {
    return failure != null;
  }

  /** Whether something that was acknowledged may be lost by a crash though it was to be forced. */
  boolean isInDoubt() {
    return inDoubt;
  }

  /** Stops for good. */
  void stop(String why) {
    // The first reason is the one that helps.
    failure = failure == null ? why : failure;
  }

  /**
   * Stops for good amid a group, which may be visible in part, because of what nobody expected.
   *
   * @return OUTCOME_UNKNOWN, for those who wait for the group
   */
  StorageFailedException abandon(Throwable cause) {
    abandoned = true;
    stop("writing to it failed in a way that nobody expected");
    return StorageFailedException.outcomeUnknown(
        "it is not known whether the write to " + shownPath()
            + " took place, because the program failed meanwhile (" + cause
            + "); open the store again to see",
        Map.of("file", path.file().toString()),
        cause);
  }

  /** STORAGE_FAILED after {@link #abandon}: what is visible must not be made to last. */
  void requireNotAbandoned() {
    if (abandoned) {
      throw refusal("cannot be compacted since " + failure + "; close it and open it again");
    }
  }

  private void stopAfterForce(String why) {
    inDoubt |= !isDurable();
    stop(why);
  }

  /** Stops for good, because what was acknowledged before could not be forced. */
  void stopAfterLateForce(IOException e) {
    String reason = StorageFailures.reason(e);
    inDoubt = true;
    stop("forcing it to the disk failed (" + reason + ")");
    EngineLog.LOG.log(
        System.Logger.Level.ERROR,
        "acknowledged writes of the last moments may not survive a crash of the machine: {0}",
        reason);
  }

  /**
   * Writes lines that were encoded for this place, and forces them if this writer does.
   *
   * @param lastSeq the number of the last of them
   * @param spare how much space there must be behind them afterwards, in bytes
   * @throws StorageFailedException STORAGE_FAILED if they were not written; OUTCOME_UNKNOWN if they were written and not forced,
   *     or could not be taken back
   */
  void append(LineBuffer lines, long lastSeq, int spare) {
    long offset = end.offset() + lines.length();
    if (!tail.hasSpaceFor(end, lines.length(), spare)) {
      extend(lines, spare);
      if (forces) {
        force();
      }
    } else if (forces) {
      writeForced(lines);
    } else {
      writeMapped(lines);
    }
    end = forces
        ? LogEnd.durable(offset, lastSeq, false)
        : new LogEnd(offset, lastSeq, end.durableOffset(), end.durableSeq(), false);
    tail.prepare(end);
  }

  /** Whether {@code bytes} more, and {@code spare} behind them, fit into the space that the file has: then no disk can be too full for them. */
  boolean hasSpaceFor(int bytes, int spare) {
    return tail.hasSpaceFor(end, bytes, spare);
  }

  /** Waits for all that is done to the file in other threads; before it is closed. */
  void settle() {
    tail.takePrepared();
  }

  /** Notes that everything up to an earlier end was forced meanwhile. */
  void forced(LogEnd earlier) {
    if (!inDoubt && earlier.offset() > end.durableOffset()) {
      end = new LogEnd(end.offset(), end.seq(), earlier.offset(), earlier.seq(), end.closed());
    }
  }

  /**
   * Ends the file with the mark of a clean close, if it can; without the mark the next opening takes longer, and no more.
   *
   * @throws StorageFailedException OUTCOME_UNKNOWN if what was acknowledged before it was forced could not be forced, now or
   *     earlier
   */
  void finish(long nowMillis) {
    try {
      if (failure != null && !inDoubt && !isDurable()) {
        force();
        end = end.forced();
      }
      markClosed(nowMillis);
    } catch (StorageFailedException e) {
      if (!isDurable()) {
        throw e;
      }
      EngineLog.LOG.log(
          System.Logger.Level.WARNING,
          "the store was closed without its mark: {0}",
          e.getMessage());
    }
    if (!isDurable()) {
      throw StorageFailedException.outcomeUnknown(
          "store " + shownPath()
              + " is closed, and its last writes may or may not survive a crash since " + failure,
          Map.of("file", path.file().toString()),
          null);
    }
  }

  /** Whether all that was acknowledged is on the disk. Of a file that ends with its mark the mark alone may not be. */
  private boolean isDurable() {
    return !inDoubt && (end.closed() || end.durableOffset() == end.offset());
  }

  private void markClosed(long nowMillis) {
    if (end.closed() || failure != null || end.seq() == LogFormat.MAX_NUMBER) {
      return;
    }
    if (end.durableOffset() < end.offset()) {
      // Nothing but the mark may be in doubt in a file that it ends, because the next opening then
      // forces nothing.
      force();
      end = end.forced();
    }
    Place place = Place.after(end.seq(), end.durableSeq());
    LineBuffer mark = new LineBuffer();
    encoder.encode(new LogLine(place, nowMillis, LogLine.Mark.CLOSED), mark);
    if (end.offset() + mark.length() > cap) {
      // As of a file that was written under a higher cap. The next opening reads its end, and no
      // more.
      return;
    }
    extend(mark, 0);
    LogEnd marked = LogEnd.durable(end.offset() + mark.length(), place.seq(), true);
    cut(marked.offset());
    force();
    end = marked;
  }

  private void extend(LineBuffer lines, int spare) {
    try {
      tail.extend(end, lines, spare);
    } catch (LogTail.NotUndoneException e) {
      throw notUndone("", e);
    } catch (IOException e) {
      undo(e);
      throw StorageFailures.failed("write", path.file(), e);
    }
  }

  private void writeMapped(LineBuffer lines) {
    try {
      tail.writeMapped(end, lines);
    } catch (IOException e) {
      undo(e);
      throw StorageFailures.failed("write", path.file(), e);
    }
  }

  private void writeForced(LineBuffer lines) {
    try {
      tail.writeForced(end, lines);
    } catch (IOException e) {
      // Never tried again, see force.
      stopAfterForce("writing durably to it failed (" + StorageFailures.reason(e) + ")");
      throw outcomeUnknown("a durable write failed", e);
    }
  }

  private void undo(IOException cause) {
    try {
      tail.undo(end);
    } catch (IOException e) {
      throw notUndone(" (" + StorageFailures.reason(cause) + ")", e);
    }
  }

  private StorageFailedException notUndone(String why, IOException e) {
    inDoubt |= tail.forceHasFailed() && !isDurable();
    stop("a failed write could not be undone (" + StorageFailures.reason(e) + ")");
    return outcomeUnknown("a write failed" + why + " and could not be undone", e);
  }

  private void cut(long offset) {
    try {
      tail.cut(offset);
    } catch (IOException e) {
      throw StorageFailures.failed("cut", path.file(), e);
    }
  }

  private void force() {
    try {
      tail.force();
    } catch (IOException e) {
      // Never tried again: after a failed force the system may call the lost pages clean, and the
      // next force would succeed.
      stopAfterForce("forcing it to the disk failed (" + StorageFailures.reason(e) + ")");
      throw outcomeUnknown("forcing a write to the disk failed", e);
    }
  }

  private StorageFailedException outcomeUnknown(String fault, IOException cause) {
    return StorageFailedException.outcomeUnknown(
        "store "
            + shownPath()
            + ": "
            + fault
            + " ("
            + StorageFailures.reason(cause)
            + "), so it may or may not survive a crash; the store takes no more writes until it is opened again, which tells",
        Map.of("file", path.file().toString()),
        cause);
  }

  private String shownPath() {
    return Printable.quote(path.file().toString());
  }
}
