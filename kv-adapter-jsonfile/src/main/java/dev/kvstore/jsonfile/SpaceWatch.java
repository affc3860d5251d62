package dev.kvstore.jsonfile;

import dev.kvstore.jsonfile.commit.GroupCommit;

/**
 * Has the space of expired entries won back while nobody writes. The engine reads no clock, and knows the time from its calls
 * alone: so this is told by each read, and at most once a second it looks whether a compaction is due. Safe for any number of
 * threads; a call costs one look at a field, but for the one of each second.
 */
final class SpaceWatch {

  /** How much time passes between two looks, in milliseconds of the callers' clock, be it forward or back. */
  static final long STEP_MILLIS = 1_000;

  private static final long NEVER = Long.MIN_VALUE / 2;

  private final GroupCommit<PendingCommit> queue;
  private final StoreState state;
  private final OnlineCompaction compaction;
  private volatile long latestMillis = NEVER;

  SpaceWatch(GroupCommit<PendingCommit> queue, StoreState state, OnlineCompaction compaction) {
    this.queue = queue;
    this.state = state;
    this.compaction = compaction;
  }

  /** Notes the time of a call that is over. Waits for nothing. */
  void timeIs(long nowMillis) {
    long latest = latestMillis;
    if (nowMillis - latest >= STEP_MILLIS || latest - nowMillis >= STEP_MILLIS) {
      look(nowMillis);
    }
  }

  /** Whoever has the turn is a commit, which looks itself. */
  private void look(long nowMillis) {
    if (!queue.tryAcquire()) {
      return;
    }
    try {
      // Not at the first call: a store that is opened for one read alone is not rewritten for it.
      boolean first = latestMillis == NEVER;
      latestMillis = nowMillis;
      if (!first && !state.isClosed()) {
        compaction.startIfDue(nowMillis);
      }
    } finally {
      queue.release();
    }
  }
}
