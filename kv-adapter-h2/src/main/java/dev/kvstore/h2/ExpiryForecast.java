package dev.kvstore.h2;

import dev.kvstore.core.model.Entry;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;

/**
 * How much room the expired entries of a full store would give back. A count reads the whole index, so it keeps for each
 * power of two of milliseconds how much expires then, and counts again only when enough can have expired since.
 */
final class ExpiryForecast {

  private static final int PAGE_ROWS = 10_000;

  private final long[] expiringBytes = new long[Long.SIZE];
  private boolean counted;
  private long countedAtMillis;
  private long expiredBytes;
  private long addedBytes;

  /** An entry was stored. */
  void added(long expiresAtMillis, int bytes) {
    if (expiresAtMillis != Entry.NEVER) {
      addedBytes += bytes;
    }
  }

  /** The store was rewritten without what had expired. */
  void reset() {
    counted = false;
  }

  /**
   * The bytes of the entries that have expired at {@code nowMillis}; exact if they are at least {@code worthKnowing}, else
   * any number below it.
   */
  long expiredBytes(Entries entries, long nowMillis, long worthKnowing) throws SQLException {
    if (!counted || possiblyExpired(nowMillis) >= worthKnowing) {
      count(entries, nowMillis);
    }
    return expiredBytes;
  }

  private long possiblyExpired(long nowMillis) {
    if (nowMillis < countedAtMillis) {
      return Long.MAX_VALUE;
    }
    long bytes = expiredBytes + addedBytes;
    for (int power = 0; power < expiringBytes.length - 1; power++) {
      if (1L << power <= nowMillis - countedAtMillis) {
        bytes += expiringBytes[power];
      }
    }
    return bytes;
  }

  private void count(Entries entries, long nowMillis) throws SQLException {
    Arrays.fill(expiringBytes, 0);
    expiredBytes = 0;
    addedBytes = 0;
    countedAtMillis = nowMillis;
    byte[] from = {};
    List<Entries.IndexRow> rows;
    do {
      rows = entries.scanIndex(from, KeyBounds.END, PAGE_ROWS);
      for (Entries.IndexRow row : rows) {
        add(row, nowMillis);
        from = KeyBounds.after(row.key().utf8());
      }
    } while (rows.size() == PAGE_ROWS);
    counted = true;
  }

  private void add(Entries.IndexRow row, long nowMillis) {
    if (!Entry.isLive(row.expiresAtMillis(), nowMillis)) {
      expiredBytes += row.bytes();
    } else if (row.expiresAtMillis() != Entry.NEVER) {
      long left = row.expiresAtMillis() - nowMillis;
      expiringBytes[Long.SIZE - 1 - Long.numberOfLeadingZeros(left)] += row.bytes();
    }
  }
}
