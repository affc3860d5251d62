package dev.kvstore.h2;

import dev.kvstore.core.model.Entry;
import dev.kvstore.core.port.ProgressListener;
import java.sql.SQLException;
import java.util.List;

/** Copies what is live, in the order of the keys, to a new database. Every row is checked on the way. */
final class Rewrite {

  private static final int BATCH_ROWS = 64;

  /**
   * What H2 keeps in memory with any heap until the commit; more it would write twice. Much less would cost space, too, since
   * each commit writes some pages again.
   */
  private static final long COMMIT_BYTES = 256L << 10;

  private Rewrite() {}

  /**
   * Makes a store in the empty database {@code target} and copies every entry that is live at {@code nowMillis}. The copy is
   * durable on return.
   *
   * @param listener told how much of what is stored was walked over, in bytes
   */
  static void copy(Entries source, Database target, long nowMillis, ProgressListener listener)
      throws SQLException {
    target.connection().setAutoCommit(false);
    Schema.create(target.connection());
    RowChanges copy = target.changes();
    long total = source.counters().storedBytes();
    long walkedBytes = 0;
    long storedBytes = 0;
    long committedBytes = 0;
    byte[] from = KeyBounds.BEGIN;
    List<Entry> batch;
    do {
      batch = source.scan(from, KeyBounds.END, BATCH_ROWS);
      for (Entry entry : batch) {
        int rowBytes = Space.rowBytes(entry.key(), entry.value());
        walkedBytes += rowBytes;
        if (entry.isLiveAt(nowMillis)) {
          copy.insert(entry);
          storedBytes += rowBytes;
        }
        from = KeyBounds.after(entry.key().utf8());
      }
      listener.reached(walkedBytes, Math.max(total, walkedBytes));
      if (storedBytes - committedBytes >= COMMIT_BYTES) {
        target.connection().commit();
        target.write();
        committedBytes = storedBytes;
      }
    } while (batch.size() == BATCH_ROWS);
    // The newest chunk is the one in which no damage can be borne, so there shall be little in it.
    target.connection().commit();
    target.write();
    copy.write(new Entries.Counters(source.counters().lastVersion(), storedBytes));
    target.connection().commit();
    target.complete();
  }
}
