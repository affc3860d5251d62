package dev.kvstore.h2;

import dev.kvstore.core.error.CorruptStoreException;
import dev.kvstore.core.error.InvalidInputException;
import dev.kvstore.core.error.Printable;
import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.JsonValue;
import dev.kvstore.core.model.Key;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The rows of a store, read by one connection. Every entry that it returns has passed its checksum. For one thread at a time. */
final class Entries implements AutoCloseable {

  private static final String SCAN = """
      SELECT entry_key, entry_value, expires_at, version, crc FROM kv_entries
      WHERE entry_key >= ? AND entry_key < ? ORDER BY entry_key LIMIT ?""";
  private static final String SCAN_INDEX = """
      SELECT entry_key, expires_at, row_bytes FROM kv_entries
      WHERE entry_key >= ? AND entry_key < ? ORDER BY entry_key LIMIT ?""";
  private static final String READ_META = "SELECT last_version, stored_bytes FROM kv_meta";

  /**
   * What the index alone tells of an entry; no checksum covers it.
   *
   * @param key the key
   * @param expiresAtMillis when it expires
   * @param bytes what it takes in the file
   */
  record IndexRow(Key key, long expiresAtMillis, int bytes) {}

  /**
   * What changes with every commit.
   *
   * @param lastVersion the version given last
   * @param storedBytes what all entries take in the file, expired ones too
   */
  record Counters(long lastVersion, long storedBytes) {}

  private final Connection connection;
  private final Path file;
  private final Map<String, PreparedStatement> statements = new HashMap<>();

  /**
   * Uses {@code connection} and closes it in the end.
   *
   * @param file the store's file, for messages
   */
  Entries(Connection connection, Path file) {
    this.connection = connection;
    this.file = file;
  }

  Connection connection() {
    return connection;
  }

  /** The first entries with {@code from <= key < to}, expired ones too. */
  List<Entry> scan(byte[] from, byte[] to, int limit) throws SQLException {
    List<Entry> found = new ArrayList<>();
    try (ResultSet rows = range(SCAN, from, to, limit)) {
      while (rows.next()) {
        byte[] key = rows.getBytes(1);
        found.add(entry(rows, key(key), key));
      }
    }
    return found;
  }

  /** Like {@link #scan}, without reading values. */
  List<IndexRow> scanIndex(byte[] from, byte[] to, int limit) throws SQLException {
    List<IndexRow> found = new ArrayList<>();
    try (ResultSet rows = range(SCAN_INDEX, from, to, limit)) {
      while (rows.next()) {
        found.add(new IndexRow(key(rows.getBytes(1)), rows.getLong(2), rows.getInt(3)));
      }
    }
    return found;
  }

  Counters counters() throws SQLException {
    try (ResultSet rows = prepared(READ_META).executeQuery()) {
      if (!rows.next()) {
        throw countersLost(file);
      }
      return new Counters(rows.getLong(1), rows.getLong(2));
    }
  }

  static CorruptStoreException countersLost(Path file) {
    return CorruptStoreException.damaged(
        "the store " + Printable.quote(file.toString())
            + " has lost its counters; copy what can be read to a new store",
        Map.of("file", file.toString()));
  }

  /** The key in {@code utf8}, which came from a row. */
  private Key key(byte[] utf8) {
    String text = new String(utf8, StandardCharsets.UTF_8);
    try {
      return Key.of(text);
    } catch (InvalidInputException e) {
      throw damaged(file, text);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private Entry entry(ResultSet rows, Key key, byte[] keyBytes) throws SQLException {
    return checked(
        file, key, keyBytes, rows.getBytes(2), rows.getLong(3), rows.getLong(4), rows.getInt(5));
  }

  /**
   * The entry that a row holds.
   *
   * @param file the store's file, for messages
   * @throws CorruptStoreException STORE_CORRUPT if the checksum does not match
   */
  static Entry checked(
      Path file,
      Key key,
      byte[] keyBytes,
      byte[] value,
      long expiresAtMillis,
      long version,
      int crc) {
    if (RowChecksum.of(keyBytes, value, expiresAtMillis, version) != crc) {
      throw damaged(file, key.text());
    }
    return new Entry(key, JsonValue.ofVerified(value), expiresAtMillis, version);
  }

  private static CorruptStoreException damaged(Path file, String key) {
    return CorruptStoreException.damaged(
        "the store "
            + Printable.quote(file.toString())
            + " is damaged at the key "
            + Printable.quote(key)
            + ": its checksum does not match; restore a backup, or copy the other keys to a new store",
        Map.of("file", file.toString(), "key", key));
  }

  private ResultSet range(String sql, byte[] from, byte[] to, int limit) throws SQLException {
    PreparedStatement statement = prepared(sql);
    statement.setBytes(1, from);
    statement.setBytes(2, to);
    statement.setInt(3, limit);
    return statement.executeQuery();
  }

  private PreparedStatement prepared(String sql) throws SQLException {
    PreparedStatement known = statements.get(sql);
    if (known == null) {
      known = connection.prepareStatement(sql);
      statements.put(sql, known);
    }
    return known;
  }
}
