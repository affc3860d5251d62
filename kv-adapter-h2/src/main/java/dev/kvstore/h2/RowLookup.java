package dev.kvstore.h2;

import dev.kvstore.core.error.StoreException;
import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.Key;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;
import org.h2.api.ErrorCode;
import org.h2.engine.SessionLocal;
import org.h2.index.Index;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.db.MVPrimaryIndex;
import org.h2.mvstore.db.MVSecondaryIndex;
import org.h2.mvstore.db.MVTable;
import org.h2.mvstore.db.RowDataType;
import org.h2.result.Row;
import org.h2.result.SearchRow;
import org.h2.value.Value;
import org.h2.value.ValueVarbinary;
import org.h2.value.VersionedValue;
import org.jspecify.annotations.Nullable;

/**
 * Finds the row of a key below SQL, in the two maps that hold H2's table and its index: a prepared statement takes several times
 * as long. A row that a transaction has changed is there in both states, so a reader needs no transaction of its own as long as
 * none ends meanwhile. Every entry that it returns has passed its checksum. Safe for any thread.
 */
final class RowLookup {

  private final GuardedFile file;
  private final IndexProof proof;
  private final MVStore store;
  private final MVMap<SearchRow, VersionedValue<Value>> index;
  private final MVMap<Long, VersionedValue<SearchRow>> rows;

  /**
   * A row that was found.
   *
   * @param row the row as H2 has it, with its key there
   * @param entry what it holds
   */
  record Found(Row row, Entry entry) {}

  /** What a reader sees of a row or of its place in the index: which of its two values. */
  private enum State {
    COMMITTED,
    CURRENT;

    <T> @Nullable T of(VersionedValue<T> both) {
      return this == COMMITTED ? both.getCommittedValue() : both.getCurrentValue();
    }
  }

  private RowLookup(
      GuardedFile file,
      MVStore store,
      MVMap<SearchRow, VersionedValue<Value>> index,
      MVMap<Long, VersionedValue<SearchRow>> rows) {
    this.file = file;
    this.proof = new IndexProof(file, index, ((RowDataType) index.getKeyType()).getRowFactory());
    this.store = store;
    this.index = index;
    this.rows = rows;
  }

  /**
   * For the entries of an open database.
   *
   * @param file the store's file
   * @throws SQLException if the table is not as it should be
   */
  static RowLookup of(SessionLocal session, GuardedFile file) throws SQLException {
    if (Schema.table(session, Schema.ENTRIES) instanceof MVTable entries
        && entries.getScanIndex(session) instanceof MVPrimaryIndex rows) {
      for (Index index : entries.getIndexes()) {
        if (index instanceof MVSecondaryIndex keys && index.getIndexType().isPrimaryKey()) {
          MVStore store = session.getDatabase().getStore().getMvStore();
          return new RowLookup(file, store, keys.getMVMap(), rows.getMVMap());
        }
      }
    }
    throw damaged(null);
  }

  /**
   * The entry of a key in the state last committed. No transaction may end meanwhile.
   *
   * @throws dev.kvstore.core.error.CorruptStoreException STORE_CORRUPT if its row is damaged, or if none is found where the index
   *     is damaged
   */
  Optional<Entry> committed(Key key) throws SQLException {
    byte[] wanted = key.utf8();
    SearchRow row = row(wanted, State.COMMITTED);
    if (row == null) {
      requireSound(wanted, KeyBounds.after(wanted));
      return Optional.empty();
    }
    return Optional.of(entry(key, wanted, row));
  }

  /**
   * The row of a key with what the open transaction has done to it; null if there is none. For the one thread that writes: what it
   * changes then is no copy of a page that is damaged.
   *
   * @throws dev.kvstore.core.error.CorruptStoreException STORE_CORRUPT if the row is damaged, or the index where it stands
   */
  @Nullable
  Found current(Key key) throws SQLException {
    byte[] wanted = key.utf8();
    SearchRow found = row(wanted, State.CURRENT);
    requireSound(wanted, KeyBounds.after(wanted));
    if (found == null) {
      return null;
    }
    Entry entry = entry(key, wanted, found);
    if (found instanceof Row row) {
      return new Found(row, entry);
    }
    throw damaged(null);
  }

  /**
   * Checks that the index hides no key with {@code from <= key < to}; no transaction may end meanwhile. See {@link
   * IndexProof#require}.
   */
  void requireSound(byte[] from, byte[] to) throws SQLException {
    carryOut(() -> {
      proof.require(from, to);
      return null;
    });
  }

  private Entry entry(Key key, byte[] wanted, SearchRow row) throws SQLException {
    byte[] value;
    long expiresAtMillis;
    long version;
    int crc;
    try {
      // On damaged bytes the row's values may be of other types.
      value = row.getValue(Schema.VALUE_COLUMN).getBytesNoCopy();
      expiresAtMillis = row.getValue(Schema.EXPIRES_COLUMN).getLong();
      version = row.getValue(Schema.VERSION_COLUMN).getLong();
      crc = row.getValue(Schema.CRC_COLUMN).getInt();
    } catch (RuntimeException | LinkageError e) {
      throw damaged(e);
    }
    return Entries.checked(file.path(), key, wanted, value, expiresAtMillis, version, crc);
  }

  /** A key that the open transaction has replaced is in the index twice. */
  private @Nullable SearchRow row(byte[] key, State state) throws SQLException {
    Value wanted = ValueVarbinary.getNoCopy(key);
    return carryOut(() -> {
      SearchRow found = index.ceilingKey(proof.before(key));
      while (found != null && wanted.equals(found.getValue(Schema.KEY_COLUMN))) {
        VersionedValue<SearchRow> row = rows.get(found.getKey());
        if (row == null) {
          throw damaged(null);
        }
        SearchRow inState = state.of(row);
        if (inState != null) {
          // H2 does not keep it with the row itself, and does the same when it needs it.
          if (inState.getKey() == 0) {
            inState.setKey(found.getKey());
          }
          return inState;
        }
        // A row comes before its place in the index, and goes after it. One that is not there
        // though the index has it is damaged: by one bit it is one that has yet to be committed.
        VersionedValue<Value> place = index.get(found);
        if (place != null && state.of(place) != null) {
          throw damaged(null);
        }
        found = index.higherKey(found);
      }
      return null;
    });
  }

  /** Something to do with the pages of the maps. */
  private interface Work<T> {
    @Nullable
    T run() throws SQLException;
  }

  private <T> @Nullable T carryOut(Work<T> work) throws SQLException {
    try {
      // Keeps H2 from forgetting where the pages are that this thread is about to read.
      MVStore.TxCounter usage = store.registerVersionUsage();
      try {
        return work.run();
      } finally {
        store.deregisterVersionUsage(usage);
      }
    } catch (StoreException e) {
      throw e;
    } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
      // A damaged type may be one for which H2 looks for classes that are not there.
      throw damaged(e);
    } catch (OutOfMemoryError e) {
      if (isDamaged()) {
        // A damaged length may be one for which there is not so much memory in the world.
        throw damaged(e);
      }
      throw e;
    }
  }

  private boolean isDamaged() throws SQLException {
    try {
      return !file.isWhollySound();
    } catch (IOException e) {
      throw damaged(e);
    }
  }

  /** Whatever H2 throws on damaged bytes, or in a database that has been closed, comes out as it does from a statement. */
  private static SQLException damaged(@Nullable Throwable cause) {
    return new SQLException("a row cannot be read", null, ErrorCode.FILE_CORRUPTED_1, cause);
  }
}
