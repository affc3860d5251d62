package dev.kvstore.jsonfile;

/**
 * How much more log makes a checkpoint worth its cost.
 *
 * @param runningBytes while the store is open, in bytes
 * @param indexTimes and that as so many times the index
 * @param closingBytes at the end, in bytes
 */
record CheckpointPolicy(long runningBytes, int indexTimes, long closingBytes) {

  /** What serves stores of every size. */
  static final CheckpointPolicy USUAL = new CheckpointPolicy(64L << 20, 4, 256L << 10);
}
