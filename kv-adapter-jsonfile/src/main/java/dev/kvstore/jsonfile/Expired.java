package dev.kvstore.jsonfile;

import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.Key;
import dev.kvstore.jsonfile.commit.GroupCommit;
import dev.kvstore.jsonfile.log.LogLine.Put;
import java.util.LinkedHashMap;
import java.util.Map;

/** Takes expired entries out of the index while a compaction leaves their lines behind, so that both agree. */
final class Expired {

  private static final int MAX_GATHERED = 1_000;

  private final StoreState state;
  private final GroupCommit<PendingCommit> queue;
  private final long nowMillis;
  private final Map<Key, Long> offsets = new LinkedHashMap<>();

  Expired(StoreState state, GroupCommit<PendingCommit> queue, long nowMillis) {
    this.state = state;
    this.queue = queue;
    this.nowMillis = nowMillis;
  }

  /** Whether the entry has expired, and is gone after the next {@link #remove}. */
  boolean takes(Put put, long offset) {
    if (Entry.isLive(put.expiresAtMillis(), nowMillis)) {
      return false;
    }
    offsets.put(put.key(), offset);
    if (offsets.size() >= MAX_GATHERED) {
      queue.acquire();
      try {
        remove();
      } finally {
        queue.release();
      }
    }
    return true;
  }

  /** Removes those whose lines still count. Called by the one who has the turn. */
  void remove() {
    state.forget(offsets);
    offsets.clear();
  }
}
