package dev.kvstore.bench.engine;

/** What a work asks of a store. */
public enum Feature {
  /** Creates that are forced to the disk before the call returns. */
  FORCED_WRITES,
  /** Creates that are not forced. */
  UNFORCED_WRITES,
  /** Reads by key. */
  READS,
  /** Deletes by key. */
  DELETES,
  /** Its data is there again after a close and an open. */
  PERSISTENCE,
  /** Lists of keys by prefix, in order. */
  ORDER,
  /** Several keys in one commit. */
  COMMITS,
  /** A call that gives the space of deleted entries back. */
  COMPACTION,
  /** The same, while other threads read and create. */
  ONLINE_COMPACTION
}
