package dev.kvstore.jsonfile;

import dev.kvstore.core.error.Printable;
import dev.kvstore.core.error.StorageFailedException;
import dev.kvstore.files.StorageFailures;
import dev.kvstore.files.StoragePath;
import dev.kvstore.jsonfile.file.StoreFile;
import dev.kvstore.jsonfile.log.LineEncoder;
import dev.kvstore.jsonfile.log.LogHeader;
import dev.kvstore.jsonfile.log.LogLine;
import dev.kvstore.jsonfile.log.LogLine.Place;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes at the end of the file, durably, and stops for good when that can no longer be trusted. For one thread at a time. */
final class LogWriter {

  private final StoragePath path;
  private StoreFile file;
  private LineEncoder encoder;
  private long end;
  private long lastSeq;
  private boolean closedMark;
  private @Nullable String failure;

  /**
   * A writer that goes on where a file ends.
   *
   * @param end the offset behind the last line
   * @param lastSeq its sequence number
   * @param closedMark whether that line is the mark of a clean close
   */
  LogWriter(
      StoragePath path,
      StoreFile file,
      LogHeader header,
      long end,
      long lastSeq,
      boolean closedMark) {
    this.path = path;
    this.file = file;
    this.encoder = new LineEncoder(header);
    this.end = end;
    this.lastSeq = lastSeq;
    this.closedMark = closedMark;
  }

  long end() {
    return end;
  }

  long lastSeq() {
    return lastSeq;
  }

  LineEncoder encoder() {
    return encoder;
  }

  /** Goes on in the file of the next generation. */
  void switchTo(StoreFile next, LogHeader header, long nextEnd, long nextSeq) {
    file = next;
    encoder = new LineEncoder(header);
    end = nextEnd;
    lastSeq = nextSeq;
    closedMark = false;
  }

  /** STORAGE_FAILED if this writer has stopped. */
  void requireSound() {
    if (failure != null) {
      throw StorageFailedException.failed(
          "store " + shownPath() + " takes no more writes since " + failure
              + "; close it and open it again",
          Map.of("file", path.file().toString()),
          null);
    }
  }

  /** Stops for good. */
  void stop(String why) {
    failure = why;
  }

  /**
   * Writes a batch that was encoded for this place, and forces it.
   *
   * @throws StorageFailedException STORAGE_FAILED if it was not written; OUTCOME_UNKNOWN if it was written and not forced
   */
  void append(Batch batch) {
    write(batch.bytes());
    force();
    end += batch.bytes().length;
    lastSeq = batch.lastSeq();
    closedMark = false;
  }

  /** Ends the file with the mark of a clean close, unless it stands there, or this writer has stopped. */
  void markClosed(long nowMillis) {
    if (closedMark || failure != null) {
      return;
    }
    byte[] mark = encoder.encode(new LogLine(Place.after(lastSeq), nowMillis, LogLine.Mark.CLOSED));
    write(mark);
    force();
    end += mark.length;
    lastSeq++;
    closedMark = true;
  }

  private void write(byte[] bytes) {
    try {
      file.write(end, bytes, bytes.length);
    } catch (IOException e) {
      cutBack();
      throw StorageFailures.failed("write", path.file(), e);
    }
  }

  private void cutBack() {
    try {
      file.truncate(end);
    } catch (IOException e) {
      stop("a failed write could not be cut back (" + StorageFailures.reason(e) + ")");
    }
  }

  private void force() {
    try {
      file.force();
    } catch (IOException e) {
      // Never tried again: after a failed force the system may call the lost pages clean, and the
      // next force would succeed.
      String reason = StorageFailures.reason(e);
      stop("forcing it to the disk failed (" + reason + ")");
      throw StorageFailedException.outcomeUnknown(
          "store "
              + shownPath()
              + ": forcing a write to the disk failed ("
              + reason
              + "), so it may or may not survive a crash; the store takes no more writes until it is opened again, which tells",
          Map.of("file", path.file().toString()),
          e);
    }
  }

  private String shownPath() {
    return Printable.quote(path.file().toString());
  }
}
