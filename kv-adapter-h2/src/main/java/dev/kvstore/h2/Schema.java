package dev.kvstore.h2;

import dev.kvstore.core.error.CorruptStoreException;
import dev.kvstore.core.error.Printable;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.h2.api.ErrorCode;
import org.h2.engine.SessionLocal;
import org.h2.index.Cursor;
import org.h2.message.DbException;
import org.h2.result.Row;
import org.h2.table.Table;
import org.jspecify.annotations.Nullable;

/**
 * The tables of a store, format 1.
 *
 * <p>A newer format is refused, and the file left as it is. There is no older one. When there is, it is read with its own
 * statements and brought to the newest by a {@link Rewrite}, so that a crash leaves the old file or the new one.
 *
 * <p>Keys are bytes of UTF-8, which compare as the keys do; values are bytes, because H2's JSON type would rewrite them. The
 * primary key holds more than the key so that a list of keys, a count and a sum need not read the values. That a key occurs
 * once is seen to by the one writer.
 */
final class Schema {

  /** The table of entries, as H2 calls it, and the numbers of its columns. */
  static final String ENTRIES = "KV_ENTRIES";

  static final int KEY_COLUMN = 0;
  static final int VALUE_COLUMN = 1;
  static final int EXPIRES_COLUMN = 2;
  static final int VERSION_COLUMN = 3;
  static final int BYTES_COLUMN = 4;
  static final int CRC_COLUMN = 5;
  static final int COLUMNS = 6;

  /** The table of the one row about the whole store, and the numbers of its columns that change. */
  static final String META = "KV_META";

  private static final int FORMAT_COLUMN = 0;
  private static final int SCHEMA_VERSION_COLUMN = 1;
  static final int LAST_VERSION_COLUMN = 2;
  static final int STORED_BYTES_COLUMN = 3;

  private static final String FORMAT = "kv-h2";
  private static final int VERSION = 1;

  private static final String CREATE_META = """
      CREATE TABLE kv_meta(
        format VARCHAR(32) NOT NULL,
        schema_version INT NOT NULL,
        last_version BIGINT NOT NULL,
        stored_bytes BIGINT NOT NULL)""";

  private static final String CREATE_ENTRIES = """
      CREATE TABLE kv_entries(
        entry_key VARBINARY(128) NOT NULL,
        entry_value VARBINARY(16384) NOT NULL,
        expires_at BIGINT NOT NULL,
        version BIGINT NOT NULL,
        row_bytes INT NOT NULL,
        crc INT NOT NULL,
        PRIMARY KEY (entry_key, expires_at, row_bytes))""";

  /** What H2 stores of the two tables, of the user, and of the settings of {@link Database}. */
  private static final List<Pattern> DEFINITIONS = Stream.of(
          "SET CREATE_BUILD [0-9]+",
          "SET (WRITE_DELAY 0|CACHE_SIZE " + Database.CACHE_KIB + ")",
          "CREATE USER IF NOT EXISTS \"KV\" SALT '[0-9a-f]*' HASH '[0-9a-f]*' ADMIN",
          "CREATE CACHED TABLE \"PUBLIC\"\\.\"KV_META\"\\( "
              + "\"FORMAT\" CHARACTER VARYING\\(32\\) NOT NULL, "
              + "\"SCHEMA_VERSION\" INTEGER NOT NULL, "
              + "\"LAST_VERSION\" BIGINT NOT NULL, "
              + "\"STORED_BYTES\" BIGINT NOT NULL \\)",
          "CREATE CACHED TABLE \"PUBLIC\"\\.\"KV_ENTRIES\"\\( "
              + "\"ENTRY_KEY\" BINARY VARYING\\(128\\) NOT NULL, "
              + "\"ENTRY_VALUE\" BINARY VARYING\\(16384\\) NOT NULL, "
              + "\"EXPIRES_AT\" BIGINT NOT NULL, "
              + "\"VERSION\" BIGINT NOT NULL, "
              + "\"ROW_BYTES\" INTEGER NOT NULL, "
              + "\"CRC\" INTEGER NOT NULL \\)",
          "CREATE PRIMARY KEY \"PUBLIC\"\\.\"PRIMARY_KEY_[0-9A-F]+\" ON \"PUBLIC\"\\.\"KV_ENTRIES\""
              + "\\(\"ENTRY_KEY\", \"EXPIRES_AT\", \"ROW_BYTES\"\\)",
          "ALTER TABLE \"PUBLIC\"\\.\"KV_ENTRIES\" ADD CONSTRAINT \"PUBLIC\"\\.\"CONSTRAINT_[0-9A-F]+\" "
              + "PRIMARY KEY\\(\"ENTRY_KEY\", \"EXPIRES_AT\", \"ROW_BYTES\"\\) "
              + "INDEX \"PUBLIC\"\\.\"PRIMARY_KEY_[0-9A-F]+\"")
      .map(Pattern::compile)
      .toList();

  private static final Pattern LINE_BREAK = Pattern.compile("\n *");

  private Schema() {}

  /** Whether a statement that H2 has stored belongs to a store: carried out, it runs nothing and makes nothing else. */
  static boolean defines(String statement) {
    String line = LINE_BREAK.matcher(statement).replaceAll(" ");
    return DEFINITIONS.stream().anyMatch(definition -> definition.matcher(line).matches());
  }

  /** Makes the tables of an empty store in an empty database. */
  static void create(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(CREATE_META);
      statement.execute(CREATE_ENTRIES);
      statement.execute("INSERT INTO kv_meta VALUES ('" + FORMAT + "', " + VERSION + ", 0, 0)");
    }
  }

  /**
   * Checks that a database is a store of this format.
   *
   * @throws CorruptStoreException UNSUPPORTED_FORMAT if it is not
   */
  static void check(SessionLocal session, Path file) throws SQLException {
    Table meta = session.getDatabase().getMainSchema().findTableOrView(session, META);
    Row row = meta == null ? null : metaRow(session, meta);
    if (row == null) {
      throw foreign(file, "is an H2 database, but no store");
    }
    String format;
    int version;
    try {
      // On damaged bytes the row's values may be of other types.
      format = row.getValue(FORMAT_COLUMN).getString();
      version = row.getValue(SCHEMA_VERSION_COLUMN).getInt();
    } catch (RuntimeException | LinkageError e) {
      throw DbException.toSQLException(e);
    }
    if (!FORMAT.equals(format)) {
      throw foreign(file, "is an H2 database, but no store");
    }
    if (version != VERSION) {
      throw foreign(
          file,
          "is a store of format " + version + ", this program knows " + VERSION
              + (version > VERSION ? "; a newer version of it may have made it" : ""));
    }
  }

  /** The one row about the whole store, null if it is lost. */
  static @Nullable Row metaRow(SessionLocal session, Table meta) throws SQLException {
    try {
      Cursor rows = meta.getScanIndex(session).find(session, null, null, false);
      return rows.next() ? rows.get() : null;
    } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
      throw DbException.toSQLException(e);
    }
  }

  /**
   * A table as H2 has it below SQL.
   *
   * @throws SQLException if it is not there
   */
  static Table table(SessionLocal session, String name) throws SQLException {
    Table table = session.getDatabase().getMainSchema().findTableOrView(session, name);
    if (table == null) {
      throw new SQLException("a table is missing", null, ErrorCode.FILE_CORRUPTED_1);
    }
    return table;
  }

  /** UNSUPPORTED_FORMAT. */
  static CorruptStoreException foreign(Path file, String fault) {
    return CorruptStoreException.unsupportedFormat(
        "the file "
            + Printable.quote(file.toString())
            + " "
            + fault
            + "; it was left as it is, name another file or use the program that made it",
        Map.of("file", file.toString()));
  }
}
