package dev.kvstore.jsonfile.index;

import dev.kvstore.core.model.Key;
import dev.kvstore.core.model.KeyRange;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The slots of all keys that have an entry, expired or not, in key order. Takes memory for each key. Threads may read together;
 * one that changes it must be alone.
 */
public final class KeyIndex {

  /** Live and expired entries at one instant. */
  public record Count(long liveEntries, long expiredEntries, long liveBytes) {}

  private final TreeMap<Key, Slot> slots = new TreeMap<>();

  /** An empty index. */
  public KeyIndex() {}

  /** The slot of {@code key}, expired or not, or null. */
  public @Nullable Slot get(Key key) {
    return slots.get(key);
  }

  /** Sets or replaces the slot of a key. */
  public void put(Key key, Slot slot) {
    slots.put(key, slot);
  }

  /** Removes the slot of a key, if it has one. */
  public void remove(Key key) {
    slots.remove(key);
  }

  /** How many keys have a slot. */
  public long size() {
    return slots.size();
  }

  /** The first {@code limit} keys of a range that are live at {@code nowMillis}, with their slots. */
  public List<Map.Entry<Key, Slot>> range(KeyRange range, int limit, long nowMillis) {
    Key after = range.after();
    String prefix = range.prefix().text();
    boolean startAtPrefix =
        !prefix.isEmpty() && (after == null || after.compareTo(Key.of(prefix)) < 0);
    var tail = startAtPrefix
        ? slots.tailMap(Key.of(prefix), true)
        : after == null ? slots : slots.tailMap(after, false);
    return tail.entrySet().stream()
        .takeWhile(entry -> range.prefix().matches(entry.getKey()))
        .filter(entry -> entry.getValue().isLiveAt(nowMillis))
        .limit(limit)
        .toList();
  }

  /** Counts at {@code nowMillis}; looks at every slot. */
  public Count count(long nowMillis) {
    long live = 0;
    long liveBytes = 0;
    for (Slot slot : slots.values()) {
      if (slot.isLiveAt(nowMillis)) {
        live++;
        liveBytes += slot.length();
      }
    }
    return new Count(live, slots.size() - live, liveBytes);
  }

  /** The bytes of the lines that are live at {@code nowMillis}. */
  public long liveBytes(long nowMillis) {
    return count(nowMillis).liveBytes();
  }

  /** All slots, expired or not, in no order. */
  public Iterable<Slot> slots() {
    return slots.values();
  }
}
