package dev.kvstore.core;

import dev.kvstore.core.error.LimitExceededException;
import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.JsonValue;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.model.KeyPrefix;
import dev.kvstore.core.model.KeyRange;
import dev.kvstore.core.model.Page;
import dev.kvstore.core.model.TimeToLive;
import dev.kvstore.core.port.Effect;
import dev.kvstore.core.port.SessionLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a session will do at its commit: for each key the last write or removal that was staged. */
final class Staging {

  private final SessionLimits limits;
  private final NavigableMap<Key, Staged> changes = new TreeMap<>();
  private int operations;
  private long bytes;

  Staging(SessionLimits limits) {
    this.limits = limits;
  }

  int operations() {
    return operations;
  }

  /** Everything that is staged, in order of the keys. */
  List<StagedChange> list() {
    List<StagedChange> list = new ArrayList<>();
    changes.forEach((key, staged) -> list.add(
        staged instanceof Write write
            ? new StagedChange(key, Optional.of(write.value()), write.timeToLive())
            : new StagedChange(key, Optional.empty(), TimeToLive.unlimited())));
    return list;
  }

  boolean holds(Key key) {
    return changes.containsKey(key);
  }

  /** Whether an entry of {@code key} is staged, rather than its removal or nothing. */
  boolean writes(Key key) {
    return changes.get(key) instanceof Write;
  }

  void write(Key key, JsonValue value, TimeToLive timeToLive) {
    stage(key, new Write(value, timeToLive));
  }

  void remove(Key key) {
    stage(key, new Removal());
  }

  /** The staged entry of {@code key}; empty if its removal is staged, or nothing. */
  Optional<Entry> find(Key key, long now) {
    return changes.get(key) instanceof Write write
        ? Optional.of(write.entry(key, now))
        : Optional.empty();
  }

  /** What the commit does to {@code key}. */
  Effect effect(Key key, long now) {
    Staged staged = changes.get(key);
    if (staged instanceof Write write) {
      return new Effect.SetEntry(write.value(), write.timeToLive().expiryFrom(now));
    }
    return staged == null ? Effect.NONE : Effect.REMOVE;
  }

  /**
   * Checks a count that the engine bounds.
   *
   * @param what the thing counted, for the message
   * @throws LimitExceededException SESSION_TOO_LARGE if {@code count} is beyond the bound
   */
  void requireWithinLimit(String what, int count) {
    if (count > limits.maxOperations()) {
      throw LimitExceededException.sessionTooLarge(what, count, limits.maxOperations());
    }
  }

  void clear() {
    changes.clear();
  }

  private void stage(Key key, Staged staged) {
    Staged replaced = changes.get(key);
    long after = bytes + size(key, staged) - (replaced == null ? 0 : size(key, replaced));
    requireWithinLimit("operations", operations + 1);
    if (after > limits.maxBytes()) {
      throw LimitExceededException.sessionTooLarge("bytes", after, limits.maxBytes());
    }
    changes.put(key, staged);
    operations++;
    bytes = after;
  }

  private static long size(Key key, Staged staged) {
    return key.utf8().length + (staged instanceof Write write ? write.value().sizeInBytes() : 0L);
  }

  /**
   * A page of the master with what is staged laid over it.
   *
   * @param scan reads a page of the master
   * @param keyOf the key of an item
   * @param itemOf the item that shows a staged entry
   */
  <T> Page<T> overlay(
      KeyRange range,
      int limit,
      long now,
      Function<KeyRange, Page<T>> scan,
      Function<T, Key> keyOf,
      Function<Entry, T> itemOf) {
    List<T> merged = new ArrayList<>();
    KeyRange rest = range;
    while (true) {
      Page<T> page = scan.apply(rest);
      NavigableMap<Key, T> part = new TreeMap<>();
      page.items().forEach(item -> part.put(keyOf.apply(item), item));
      // What is staged beyond this page belongs after the master's next one.
      KeyPrefix prefix = rest.prefix();
      staged(rest.after(), page.hasMore() ? part.lastKey() : null).forEach((key, staged) -> {
        if (!prefix.matches(key)) {
          return;
        }
        if (staged instanceof Write write) {
          part.put(key, itemOf.apply(write.entry(key, now)));
        } else {
          part.remove(key);
        }
      });
      merged.addAll(part.values());
      if (merged.size() > limit) {
        return new Page<>(merged.subList(0, limit), true);
      }
      if (!page.hasMore()) {
        return new Page<>(merged, false);
      }
      rest = rest.startingAfter(keyOf.apply(page.items().get(page.items().size() - 1)));
    }
  }

  /** A view of what is staged between two keys, the first not included; null for no bound. */
  private NavigableMap<Key, Staged> staged(@Nullable Key after, @Nullable Key last) {
    NavigableMap<Key, Staged> part = after == null ? changes : changes.tailMap(after, false);
    return last == null ? part : part.headMap(last, true);
  }

  private sealed interface Staged {}

  private record Write(JsonValue value, TimeToLive timeToLive) implements Staged {
    Entry entry(Key key, long now) {
      return new Entry(key, value, timeToLive.expiryFrom(now), 0);
    }
  }

  private record Removal() implements Staged {}
}
