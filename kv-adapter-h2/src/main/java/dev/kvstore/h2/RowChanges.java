package dev.kvstore.h2;

import dev.kvstore.core.model.Entry;
import java.nio.file.Path;
import java.sql.SQLException;
import org.h2.engine.SessionLocal;
import org.h2.message.DbException;
import org.h2.result.DefaultRow;
import org.h2.result.Row;
import org.h2.table.Table;
import org.h2.value.Value;
import org.h2.value.ValueBigint;
import org.h2.value.ValueInteger;
import org.h2.value.ValueVarbinary;
import org.jspecify.annotations.Nullable;

/**
 * Changes rows below SQL, in the tables as a statement of H2 would: so their indexes and the open transaction know of it. A statement
 * takes several times as long. After a failure the database is of no more use. For one thread at a time.
 */
final class RowChanges {

  private final Path file;
  private final SessionLocal session;
  private final Table entries;
  private final Table meta;
  private @Nullable Row metaRow;

  private RowChanges(Path file, SessionLocal session, Table entries, Table meta) {
    this.file = file;
    this.session = session;
    this.entries = entries;
    this.meta = meta;
  }

  /**
   * In the store of an open database.
   *
   * @param file the store's file, for messages
   * @throws SQLException if it has no such tables
   */
  static RowChanges of(SessionLocal session, Path file) throws SQLException {
    return new RowChanges(
        file, session, Schema.table(session, Schema.ENTRIES), Schema.table(session, Schema.META));
  }

  /** Adds an entry whose key is not there. */
  void insert(Entry entry) throws SQLException {
    byte[] key = entry.key().utf8();
    byte[] value = entry.value().utf8();
    Value[] row = new Value[Schema.COLUMNS];
    row[Schema.KEY_COLUMN] = ValueVarbinary.getNoCopy(key);
    row[Schema.VALUE_COLUMN] = ValueVarbinary.getNoCopy(value);
    row[Schema.EXPIRES_COLUMN] = ValueBigint.get(entry.expiresAtMillis());
    row[Schema.VERSION_COLUMN] = ValueBigint.get(entry.version());
    row[Schema.BYTES_COLUMN] = ValueInteger.get(Space.rowBytes(entry.key(), entry.value()));
    row[Schema.CRC_COLUMN] =
        ValueInteger.get(RowChecksum.of(key, value, entry.expiresAtMillis(), entry.version()));
    carryOut(() -> entries.addRow(session, entries.createRow(row, DefaultRow.MEMORY_CALCULATE)));
  }

  /** Removes a row as it was found last. */
  void delete(RowLookup.Found found) throws SQLException {
    carryOut(() -> entries.removeRow(session, found.row()));
  }

  /** The counters as they were written last. */
  Entries.Counters counters() throws SQLException {
    Value[] values = metaRow().getValueList();
    try {
      return new Entries.Counters(
          values[Schema.LAST_VERSION_COLUMN].getLong(),
          values[Schema.STORED_BYTES_COLUMN].getLong());
    } catch (RuntimeException | LinkageError e) {
      throw DbException.toSQLException(e);
    }
  }

  void write(Entries.Counters counters) throws SQLException {
    Row before = metaRow();
    carryOut(() -> {
      Value[] values = before.getValueList().clone();
      values[Schema.LAST_VERSION_COLUMN] = ValueBigint.get(counters.lastVersion());
      values[Schema.STORED_BYTES_COLUMN] = ValueBigint.get(counters.storedBytes());
      Row after = meta.createRow(values, DefaultRow.MEMORY_CALCULATE);
      meta.updateRow(session, before, after);
      metaRow = after;
    });
  }

  private Row metaRow() throws SQLException {
    Row known = metaRow != null ? metaRow : Schema.metaRow(session, meta);
    if (known == null) {
      throw Entries.countersLost(file);
    }
    metaRow = known;
    return known;
  }

  /** Whatever H2 throws on damaged bytes, or in a database that has been closed, comes out as it does from a statement. */
  private static void carryOut(Runnable change) throws SQLException {
    try {
      change.run();
    } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
      throw DbException.toSQLException(e);
    }
  }
}
