package dev.kvstore.h2;

import dev.kvstore.core.error.CorruptStoreException;
import dev.kvstore.core.error.Printable;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/**
 * The tables of a store, format 1.
 *
 * <p>Keys are bytes of UTF-8, which compare as the keys do; values are bytes, because H2's JSON type would rewrite them. The
 * primary key holds more than the key so that a list of keys, a count and a sum need not read the values. That a key occurs
 * once is seen to by the one writer.
 */
final class Schema {

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

  private static final String FIND_META = """
      SELECT COUNT(*) FROM INFORMATION_SCHEMA.TABLES
      WHERE TABLE_SCHEMA = 'PUBLIC' AND TABLE_NAME = 'KV_META'""";

  private Schema() {}

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
  static void check(Connection connection, Path file) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      try (ResultSet rows = statement.executeQuery(FIND_META)) {
        rows.next();
        if (rows.getInt(1) == 0) {
          throw foreign(file, "is an H2 database, but no store");
        }
      }
      try (ResultSet rows = statement.executeQuery("SELECT format, schema_version FROM kv_meta")) {
        if (!rows.next() || !FORMAT.equals(rows.getString(1))) {
          throw foreign(file, "is an H2 database, but no store");
        }
        int version = rows.getInt(2);
        if (version != VERSION) {
          throw foreign(
              file, "is a store of format " + version + ", this program knows " + VERSION);
        }
      }
    }
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
