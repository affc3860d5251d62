package dev.kvstore.jsonfile;

import dev.kvstore.core.error.Printable;
import dev.kvstore.core.error.StorageFailedException;
import dev.kvstore.files.StorageFailures;
import dev.kvstore.files.StoragePath;
import dev.kvstore.jsonfile.file.StoreFile;
import dev.kvstore.jsonfile.log.LineEncoder;
import dev.kvstore.jsonfile.log.LogFormat;
import dev.kvstore.jsonfile.log.LogHeader;
import dev.kvstore.jsonfile.log.LogLine;
import dev.kvstore.jsonfile.log.LogLine.Place;
import dev.kvstore.jsonfile.recovery.LogEnd;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes at the end of the file, durably, and stops for good when that can no longer be trusted. For one thread at a time. */
final class LogWriter {

  private final StoragePath path;
  private LogTail tail;
  private LineEncoder encoder;
  private LogEnd end;
  private @Nullable String failure;

  /**
   * A writer that goes on where a file ends.
   *
   * @param end nothing follows it in the file
   */
  LogWriter(StoragePath path, StoreFile file, LogHeader header, LogEnd end) {
    this.path = path;
    this.tail = new LogTail(file, end);
    this.encoder = new LineEncoder(header);
    this.end = end;
  }

  LogEnd end() {
    return end;
  }

  LineEncoder encoder() {
    return encoder;
  }

  /** Goes on in the file of the next generation. */
  void switchTo(StoreFile next, LogHeader header, LogEnd nextEnd) {
    tail = new LogTail(next, nextEnd);
    encoder = new LineEncoder(header);
    end = nextEnd;
  }

  /** STORAGE_FAILED if this writer has stopped, or {@code lines} more would leave no number for a mark. */
  void requireRoomFor(int lines) {
    if (failure != null) {
      throw refusal("takes no more writes since " + failure + "; close it and open it again");
    }
    if (end.seq() > LogFormat.MAX_NUMBER - lines - 1) {
      throw refusal("has used up its sequence numbers; export it and import it into a new one");
    }
  }

  private StorageFailedException refusal(String why) {
    return StorageFailedException.failed(
        "store " + shownPath() + " " + why, Map.of("file", path.file().toString()), null);
  }

  /** Stops for good. */
  void stop(String why) {
    failure = why;
  }

  /**
   * Writes a batch that was encoded for this place, and forces it.
   *
   * @param spare how much space there must be behind it afterwards, in bytes
   * @throws StorageFailedException STORAGE_FAILED if it was not written; OUTCOME_UNKNOWN if it was written and not forced, or
   *     could not be taken back
   */
  void append(Batch batch, int spare) {
    write(batch.bytes(), spare);
    force();
    end = LogEnd.durable(end.offset() + batch.bytes().length, batch.lastSeq(), false);
  }

  /** Ends the file with the mark of a clean close, unless it stands there, or this writer has stopped. */
  void markClosed(long nowMillis) {
    if (end.closed() || failure != null || end.seq() == LogFormat.MAX_NUMBER) {
      return;
    }
    Place place = Place.after(end.seq(), end.durableSeq());
    byte[] mark = encoder.encode(new LogLine(place, nowMillis, LogLine.Mark.CLOSED));
    write(mark, 0);
    LogEnd marked = LogEnd.durable(end.offset() + mark.length, place.seq(), true);
    cut(marked.offset());
    force();
    end = marked;
  }

  private void write(byte[] lines, int spare) {
    try {
      tail.write(end, lines, spare);
    } catch (IOException e) {
      undo(e);
      throw StorageFailures.failed("write", path.file(), e);
    }
  }

  private void undo(IOException cause) {
    try {
      tail.undo(end);
    } catch (IOException e) {
      String reason = StorageFailures.reason(cause);
      stop("a failed write could not be undone (" + StorageFailures.reason(e) + ")");
      throw outcomeUnknown("a write failed (" + reason + ") and could not be undone", e);
    }
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
      stop("forcing it to the disk failed (" + StorageFailures.reason(e) + ")");
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
