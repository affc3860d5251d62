package dev.kvstore.bench.engine;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** SQLite through the Xerial driver: one connection writes, each thread reads on one of its own. */
public final class SqliteEngine implements EngineType {

  @Override
  public String name() {
    return "sqlite";
  }

  @Override
  public Role role() {
    return Role.PEER;
  }

  @Override
  public String settings(Durability durability) {
    String common =
        "INSERT ON CONFLICT DO NOTHING, one connection writes, one a thread reads, journal_mode=WAL, cache 256 MB, mmap_size 2 GB";
    return durability == Durability.FORCED
        ? common + ", synchronous=FULL (one fdatasync of the log a commit)"
        : common + ", synchronous=OFF; a killed process loses nothing (log written, not forced)";
  }

  @Override
  public Optional<String> cannot(Feature feature) {
    return feature == Feature.ONLINE_COMPACTION
        ? Optional.of("VACUUM locks all writers out until it is done")
        : Optional.empty();
  }

  @Override
  public List<String> jars() {
    return List.of("sqlite-jdbc", "slf4j");
  }

  @Override
  public List<String> jvmFlags() {
    return List.of("--enable-native-access=ALL-UNNAMED");
  }

  @Override
  public Engine open(Path directory, Opening opening) throws SQLException {
    return new Open(directory, opening);
  }

  private static final class Open implements Engine {

    private final String url;
    private final Opening opening;
    private final Connection writer;
    private final PreparedStatement insert;
    private final PreparedStatement delete;
    private final PerThread<Reader, SQLException> readers = new PerThread<>(Reader::new);

    Open(Path directory, Opening opening) throws SQLException {
      this.url = "jdbc:sqlite:" + directory.resolve("kv.db");
      this.opening = opening;
      writer = connect();
      execute("CREATE TABLE IF NOT EXISTS kv(k TEXT PRIMARY KEY, v BLOB NOT NULL)");
      insert = writer.prepareStatement("INSERT INTO kv(k, v) VALUES(?, ?) ON CONFLICT DO NOTHING");
      delete = writer.prepareStatement("DELETE FROM kv WHERE k = ?");
    }

    private Connection connect() throws SQLException {
      Connection connection = DriverManager.getConnection(url);
      try (Statement statement = connection.createStatement()) {
        statement.execute("PRAGMA journal_mode = WAL");
        statement.execute("PRAGMA synchronous = " + (opening.forced() ? "FULL" : "OFF"));
        statement.execute("PRAGMA cache_size = -" + Opening.cacheBytes() / 1024);
        statement.execute("PRAGMA mmap_size = " + (2L << 30));
        statement.execute("PRAGMA busy_timeout = 60000");
      }
      return connection;
    }

    @Override
    public boolean createIfAbsent(String key, byte[] value) throws SQLException {
      synchronized (writer) {
        return insert(key, value);
      }
    }

    @Override
    public byte @Nullable [] read(String key) throws SQLException {
      PreparedStatement select = readers.get().select;
      select.setString(1, key);
      try (ResultSet found = select.executeQuery()) {
        return found.next() ? found.getBytes(1) : null;
      }
    }

    @Override
    public boolean delete(String key) throws SQLException {
      synchronized (writer) {
        delete.setString(1, key);
        return delete.executeUpdate() == 1;
      }
    }

    @Override
    public int list(String prefix, int limit) throws SQLException {
      PreparedStatement range = readers.get().range;
      range.setString(1, prefix);
      range.setString(2, prefix + "\uffff");
      range.setInt(3, limit);
      int found = 0;
      try (ResultSet keys = range.executeQuery()) {
        while (keys.next() && !keys.getString(1).isEmpty()) {
          found++;
        }
      }
      return found;
    }

    @Override
    public void createAll(Map<String, byte[]> entries) throws SQLException {
      synchronized (writer) {
        writer.setAutoCommit(false);
        for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
          Absent.require(insert(entry.getKey(), entry.getValue()), entry.getKey());
        }
        writer.commit();
        writer.setAutoCommit(true);
      }
    }

    @Override
    public void deleteAll(List<String> keys) throws SQLException {
      synchronized (writer) {
        writer.setAutoCommit(false);
        for (String key : keys) {
          delete(key);
        }
        writer.commit();
        writer.setAutoCommit(true);
      }
    }

    @Override
    public void compact() throws SQLException {
      execute("VACUUM");
      execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }

    @Override
    public void close() throws SQLException {
      for (Reader reader : readers.all()) {
        reader.connection.close();
      }
      writer.close();
    }

    private boolean insert(String key, byte[] value) throws SQLException {
      insert.setString(1, key);
      insert.setBytes(2, value);
      return insert.executeUpdate() == 1;
    }

    private void execute(String sql) throws SQLException {
      try (Statement statement = writer.createStatement()) {
        statement.execute(sql);
      }
    }

    private final class Reader {

      final Connection connection = connect();
      final PreparedStatement select = connection.prepareStatement("SELECT v FROM kv WHERE k = ?");
      final PreparedStatement range =
          connection.prepareStatement("SELECT k FROM kv WHERE k >= ? AND k < ? ORDER BY k LIMIT ?");

      Reader() throws SQLException {}
    }
  }
}
