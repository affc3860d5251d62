package dev.kvstore.core;

import dev.kvstore.core.error.InvalidInputException;
import dev.kvstore.core.error.LimitExceededException;
import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.model.TimeToLive;
import dev.kvstore.core.model.ValueTypes;
import dev.kvstore.core.port.CommitResult;
import dev.kvstore.core.port.Mutation;
import dev.kvstore.core.port.SessionLimits;
import dev.kvstore.core.port.StoragePort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The load of one group of entries that lived elsewhere before. An instance serves one load. */
final class Loading {

  private final StoragePort port;
  private final ValueTypes valueTypes;
  private final OnExisting onExisting;
  private final long now;

  Loading(StoragePort port, ValueTypes valueTypes, OnExisting onExisting, long nowMillis) {
    this.port = port;
    this.valueTypes = valueTypes;
    this.onExisting = onExisting;
    this.now = nowMillis;
  }

  /** Stores what is to be stored of {@code entries} in one commit; see {@link KeyValueStore#load}. */
  LoadResult run(List<Entry> entries) {
    requireWithinLimits(entries);
    List<Entry> live = live(entries);
    while (true) {
      List<Entry> wanted = wanted(live);
      CommitResult result = port.commit(wanted.stream().map(this::mutation).toList(), now);
      if (!(result instanceof CommitResult.Refused refused)) {
        return count(entries, live, wanted);
      }
      if (onExisting == OnExisting.FAIL) {
        throw Refusals.exists(refused.key());
      }
      // Somebody has created a key since it was looked at: it is skipped in the next round.
    }
  }

  /** What {@link #run} would do now; see {@link KeyValueStore#checkLoad}. */
  LoadResult check(List<Entry> entries) {
    requireWithinLimits(entries);
    List<Entry> live = live(entries);
    Mutation.requireDistinctKeys(live.stream().map(this::mutation).toList());
    if (onExisting == OnExisting.FAIL) {
      for (Entry entry : live) {
        if (isThere(entry.key())) {
          throw Refusals.exists(entry.key());
        }
      }
    }
    return count(entries, live, wanted(live));
  }

  /** All count, also those that will not be stored: what fits does not depend on what the store holds. */
  private void requireWithinLimits(List<Entry> entries) {
    SessionLimits limits = port.sessionLimits();
    if (entries.size() > limits.maxOperations()) {
      throw LimitExceededException.loadTooLarge("entries", entries.size(), limits.maxOperations());
    }
    long bytes = 0;
    for (Entry entry : entries) {
      bytes += entry.key().utf8().length + entry.value().sizeInBytes();
    }
    if (bytes > limits.maxBytes()) {
      throw LimitExceededException.loadTooLarge("bytes", bytes, limits.maxBytes());
    }
  }

  private List<Entry> live(List<Entry> entries) {
    List<Entry> live = new ArrayList<>(entries.size());
    for (Entry entry : entries) {
      valueTypes.check(entry.value());
      requireExpiryInBounds(entry.expiresAtMillis());
      if (entry.isLiveAt(now)) {
        live.add(entry);
      }
    }
    return live;
  }

  private List<Entry> wanted(List<Entry> live) {
    return onExisting == OnExisting.SKIP
        ? live.stream().filter(entry -> !isThere(entry.key())).toList()
        : live;
  }

  private boolean isThere(Key key) {
    return port.find(key, now).isPresent();
  }

  private Mutation mutation(Entry entry) {
    return onExisting == OnExisting.REPLACE
        ? Mutation.put(entry.key(), entry.value(), entry.expiresAtMillis())
        : Mutation.create(entry.key(), entry.value(), entry.expiresAtMillis());
  }

  private static LoadResult count(List<Entry> entries, List<Entry> live, List<Entry> stored) {
    return new LoadResult(stored.size(), live.size() - stored.size(), entries.size() - live.size());
  }

  private static void requireExpiryInBounds(long millis) {
    if (millis != Entry.NEVER && millis > TimeToLive.MAX_EXPIRY_MILLIS) {
      throw InvalidInputException.timeToLive(
          "the entry expires " + millis + " ms after 1970; the limit is "
              + TimeToLive.MAX_EXPIRY_MILLIS + ", the end of the year 9999",
          Map.of("limit", TimeToLive.MAX_EXPIRY_MILLIS, "actual", millis));
    }
  }
}
