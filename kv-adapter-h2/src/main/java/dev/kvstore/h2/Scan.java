package dev.kvstore.h2;

import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.model.KeyRange;
import dev.kvstore.core.model.Page;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Walks over entries in the order of their keys, a batch of rows at a time, and leaves out what has expired. */
final class Scan {

  private static final int MIN_ROWS = 16;
  private static final int MAX_ROWS = 64;
  private static final int MAX_INDEX_ROWS = 10_000;

  /**
   * How much is in a store.
   *
   * @param liveEntries how many are live
   * @param expiredEntries how many have expired
   * @param liveBytes what those that are live take in the file
   */
  record Count(long liveEntries, long expiredEntries, long liveBytes) {}

  private Scan() {}

  /** A page of entries; see {@link dev.kvstore.core.port.StoragePort#scan}. */
  static Page<Entry> entries(Entries entries, KeyRange range, int limit, long nowMillis)
      throws SQLException {
    List<Entry> items = new ArrayList<>();
    byte[] from = KeyBounds.from(range);
    byte[] to = KeyBounds.to(range.prefix());
    while (true) {
      int batch = batch(limit, items.size(), MAX_ROWS);
      List<Entry> rows = entries.scan(from, to, batch);
      for (Entry row : rows) {
        from = KeyBounds.after(row.key().utf8());
        if (row.isLiveAt(nowMillis)) {
          if (items.size() == limit) {
            return new Page<>(items, true);
          }
          items.add(row);
        }
      }
      if (rows.size() < batch) {
        return new Page<>(items, false);
      }
    }
  }

  /** A page of keys, from the index alone. */
  static Page<Key> keys(Entries entries, KeyRange range, int limit, long nowMillis)
      throws SQLException {
    List<Key> items = new ArrayList<>();
    byte[] from = KeyBounds.from(range);
    byte[] to = KeyBounds.to(range.prefix());
    while (true) {
      int batch = batch(limit, items.size(), MAX_INDEX_ROWS);
      List<Entries.IndexRow> rows = entries.scanIndex(from, to, batch);
      for (Entries.IndexRow row : rows) {
        from = KeyBounds.after(row.key().utf8());
        if (Entry.isLive(row.expiresAtMillis(), nowMillis)) {
          if (items.size() == limit) {
            return new Page<>(items, true);
          }
          items.add(row.key());
        }
      }
      if (rows.size() < batch) {
        return new Page<>(items, false);
      }
    }
  }

  /** Counts all entries, from the index alone. */
  static Count count(Entries entries, long nowMillis) throws SQLException {
    long live = 0;
    long expired = 0;
    long liveBytes = 0;
    byte[] from = KeyBounds.BEGIN;
    List<Entries.IndexRow> rows;
    do {
      rows = entries.scanIndex(from, KeyBounds.END, MAX_INDEX_ROWS);
      for (Entries.IndexRow row : rows) {
        from = KeyBounds.after(row.key().utf8());
        if (Entry.isLive(row.expiresAtMillis(), nowMillis)) {
          live++;
          liveBytes += row.bytes();
        } else {
          expired++;
        }
      }
    } while (rows.size() == MAX_INDEX_ROWS);
    return new Count(live, expired, liveBytes);
  }

  /** One row more than is wanted tells whether there is more; a few at least, since some may have expired. */
  private static int batch(int limit, int found, int most) {
    return (int) Math.min(Math.max((long) limit - found + 1, MIN_ROWS), most);
  }
}
