package dev.kvstore.jsonfile;

import dev.kvstore.core.port.ProgressListener;

/** How far a compaction is, in bytes: those walked over in the old file, and those read back from the new one. For one thread. */
final class CompactionProgress {

  private final ProgressListener listener;
  private long toReadBack;
  private long copied;
  private long end;
  private long readBack;

  /**
   * Of a compaction that has not begun.
   *
   * @param toReadBack how much there will be to read back, about, until that is known
   */
  CompactionProgress(ProgressListener listener, long toReadBack) {
    this.listener = listener;
    this.toReadBack = toReadBack;
  }

  /** The old file was walked over up to {@code offset}, on the way to {@code end}, which grows with it. */
  void copied(long offset, long currentEnd) {
    copied = offset;
    end = currentEnd;
    tell();
  }

  /** The new file was read back up to {@code offset}, on the way to {@code writtenEnd}. */
  void readBack(long offset, long writtenEnd) {
    readBack = offset;
    toReadBack = writtenEnd;
    tell();
  }

  private void tell() {
    long done = copied + readBack;
    listener.reached(done, Math.max(done, end + toReadBack));
  }
}
