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

/** H2 through SQL, as an application would use it: a connection a thread. */
public final class H2SqlEngine implements EngineType {

  private static final int DUPLICATE_KEY = 23505;

  @Override
  public String name() {
    return "h2-sql";
  }

  @Override
  public Role role() {
    return Role.PEER;
  }

  @Override
  public String settings(Durability durability) {
    String common = "INSERT, refused by the primary key, a connection a thread, cache 256 MB";
    return durability == Durability.FORCED
        ? common
            + ", WRITE_DELAY=0 and CHECKPOINT SYNC after each commit (a commit alone forces nothing)"
        : common + ", defaults; a killed process loses up to 0.5 s";
  }

  @Override
  public Optional<String> cannot(Feature feature) {
    return feature == Feature.ONLINE_COMPACTION
        ? Optional.of("SHUTDOWN COMPACT closes the database")
        : Optional.empty();
  }

  @Override
  public List<String> jars() {
    return List.of("h2-");
  }

  @Override
  public Engine open(Path directory, Opening opening) throws SQLException {
    return new Open(directory, opening);
  }

  private static final class Open implements Engine {

    private final String url;
    private final boolean forced;
    private final PerThread<Session, SQLException> sessions = new PerThread<>(Session::new);

    Open(Path directory, Opening opening) throws SQLException {
      forced = opening.forced();
      url = "jdbc:h2:file:"
          + directory.toAbsolutePath().resolve("kv")
          + ";DB_CLOSE_ON_EXIT=FALSE;DB_CLOSE_DELAY=-1;TRACE_LEVEL_FILE=0;CACHE_SIZE="
          + Opening.cacheBytes() / 1024
          + (forced ? ";WRITE_DELAY=0" : "");
      try (Connection connection = DriverManager.getConnection(url);
          Statement statement = connection.createStatement()) {
        statement.execute(
            "CREATE TABLE IF NOT EXISTS kv(k VARCHAR(128) PRIMARY KEY, v VARBINARY(20000) NOT NULL)");
      }
    }

    @Override
    public boolean createIfAbsent(String key, byte[] value) throws SQLException {
      Session session = sessions.get();
      try {
        session.insert(key, value);
      } catch (SQLException e) {
        if (e.getErrorCode() == DUPLICATE_KEY) {
          return false;
        }
        throw e;
      }
      force(session);
      return true;
    }

    @Override
    public byte @Nullable [] read(String key) throws SQLException {
      PreparedStatement select = sessions.get().select;
      select.setString(1, key);
      try (ResultSet found = select.executeQuery()) {
        return found.next() ? found.getBytes(1) : null;
      }
    }

    @Override
    public boolean delete(String key) throws SQLException {
      Session session = sessions.get();
      session.delete.setString(1, key);
      boolean deleted = session.delete.executeUpdate() == 1;
      force(session);
      return deleted;
    }

    @Override
    public int list(String prefix, int limit) throws SQLException {
      PreparedStatement range = sessions.get().range;
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
      Session session = sessions.get();
      session.connection.setAutoCommit(false);
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        session.insert(entry.getKey(), entry.getValue());
      }
      session.connection.commit();
      session.connection.setAutoCommit(true);
      force(session);
    }

    @Override
    public void deleteAll(List<String> keys) throws SQLException {
      Session session = sessions.get();
      session.connection.setAutoCommit(false);
      for (String key : keys) {
        session.delete.setString(1, key);
        session.delete.executeUpdate();
      }
      session.connection.commit();
      session.connection.setAutoCommit(true);
      force(session);
    }

    @Override
    public void compact() throws SQLException {
      execute("SHUTDOWN COMPACT");
    }

    @Override
    public void close() throws SQLException {
      if (!sessions.get().connection.isClosed()) {
        execute("SHUTDOWN");
      }
    }

    private void force(Session session) throws SQLException {
      if (forced) {
        session.checkpoint.execute();
      }
    }

    private void execute(String sql) throws SQLException {
      try (Statement statement = sessions.get().connection.createStatement()) {
        statement.execute(sql);
      }
    }

    private final class Session {

      final Connection connection = DriverManager.getConnection(url);
      final PreparedStatement insert =
          connection.prepareStatement("INSERT INTO kv(k, v) VALUES(?, ?)");
      final PreparedStatement delete = connection.prepareStatement("DELETE FROM kv WHERE k = ?");
      final PreparedStatement select = connection.prepareStatement("SELECT v FROM kv WHERE k = ?");
      final PreparedStatement checkpoint = connection.prepareStatement("CHECKPOINT SYNC");
      final PreparedStatement range =
          connection.prepareStatement("SELECT k FROM kv WHERE k >= ? AND k < ? ORDER BY k LIMIT ?");

      Session() throws SQLException {}

      void insert(String key, byte[] value) throws SQLException {
        insert.setString(1, key);
        insert.setBytes(2, value);
        insert.executeUpdate();
      }
    }
  }
}
