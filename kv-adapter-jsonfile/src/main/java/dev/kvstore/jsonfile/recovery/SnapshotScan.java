package dev.kvstore.jsonfile.recovery;

import dev.kvstore.core.error.CorruptStoreException;
import dev.kvstore.jsonfile.file.ReadableFile;
import dev.kvstore.jsonfile.index.KeyIndex;
import dev.kvstore.jsonfile.log.LogHeader;
import java.io.EOFException;
import java.io.IOException;
import java.util.concurrent.locks.LockSupport;

/**
 * Reads a file that another process may be writing: takes every commit that was acknowledged before, and at most some that came
 * since. A place that is being written looks as if it were damaged. But only for a moment: whoever has written a line that proves
 * an earlier one to be on the disk had written that one whole before. So such a place is read again, and is damage if it stays.
 */
public final class SnapshotScan {

  private static final int MAX_LOOKS = 5;
  private static final long PAUSE_NANOS = 10_000_000;

  private final ReadableFile file;
  private final String name;
  private final LogHeader header;
  private final KeyIndex index;

  /**
   * A scan.
   *
   * @param name the file's path, for messages
   * @param index where what the file holds is noted
   */
  public SnapshotScan(ReadableFile file, String name, LogHeader header, KeyIndex index) {
    this.file = file;
    this.name = name;
    this.header = header;
    this.index = index;
  }

  /**
   * Reads the file.
   *
   * @param from where to begin; the index knows what stands before it
   * @return the end of what was taken
   * @throws CorruptStoreException STORE_CORRUPT with byte offset and line if the file is damaged
   * @throws IOException if it cannot be read
   */
  public LogEnd run(LogEnd from) throws IOException {
    index.linesEndAt(from.offset());
    LogEnd end = from;
    long needed = -1;
    for (int look = 1; ; look++) {
      LogScanner scanner = new LogScanner(file, name, header, index, end).endingLines();
      try {
        if (needed < 0) {
          // All that is acknowledged by now stands before this.
          needed = BlankTail.startOf(file, from.offset());
        }
        scanner.read();
        if (scanner.end().offset() >= needed || !scanner.lacksALine()) {
          return scanner.end();
        }
        if (look >= MAX_LOOKS && scanner.end().offset() == end.offset()) {
          throw scanner.damage();
        }
      } catch (EOFException e) {
        // The file was cut at its end while it was read.
        if (look >= MAX_LOOKS && scanner.end().offset() == end.offset()) {
          throw e;
        }
      }
      if (scanner.end().offset() > end.offset()) {
        end = scanner.end();
        look = 0;
      } else {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }
}
