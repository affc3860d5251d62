package dev.kvstore.jsonfile;

/**
 * How much more log makes a checkpoint worth its cost.
 *
 * @param runningBytes while the store is open, in bytes
 * @param indexTimes and that as so many times the index
 * @param closingBytes at the end, in bytes
 */
record CheckpointPolicy(long runningBytes, int indexTimes, long closingBytes) {

  /** Where nothing is forced otherwise, a checkpoint costs more, because the log before it must be. */
  private static final int UNFORCED_TIMES = 4;

  /** What serves stores of every size. */
  static final CheckpointPolicy USUAL = new CheckpointPolicy(64L << 20, 4, 256L << 10);

  /** How much more log makes a checkpoint worth its cost while the store is open, in bytes, by whether each write is forced. */
  long runningBytes(boolean forced) {
    return forced ? runningBytes : UNFORCED_TIMES * runningBytes;
  }
}
