package dev.kvstore.h2;

import dev.kvstore.core.error.StoreException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.function.Consumer;
import org.h2.Driver;
import org.h2.api.ErrorCode;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.message.DbException;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.db.Store;

/**
 * An open H2 database over a {@link GuardedFile}. H2 writes to the file in the calling thread alone, and only when {@link
 * #write} or {@link #force} is called or some megabytes have changed.
 */
final class Database {

  /**
   * A page may take so much memory before H2 splits it. With each commit H2 writes the pages that have changed anew, so large pages
   * cost space; of small ones each read needs more: with 4,096 bytes a leaf held one entry of 1 KB, and reads took half as long again.
   */
  private static final String PAGE_BYTES = "8192";

  /** H2 keeps it in the file, so another number would be another format. More is given to it once it is open. */
  static final String CACHE_KIB = "4096";

  private static final long MAX_CACHE_KIB = 256L << 10;

  private static final int NEVER = -1;

  private final GuardedFile file;
  private final String name;
  private final Connection connection;

  private boolean dropped;

  private Database(GuardedFile file, String name, Connection connection) {
    this.file = file;
    this.name = name;
    this.connection = connection;
  }

  /**
   * Opens the database in {@code file}; an empty file becomes an empty database.
   *
   * @throws SQLException if H2 cannot; then the file is closed
   */
  static Database open(GuardedFile file) throws SQLException {
    return open(file, name -> {});
  }

  /**
   * Opens the database of a store that anybody may have made: nothing in it is run.
   *
   * @throws dev.kvstore.core.error.CorruptStoreException UNSUPPORTED_FORMAT if it is none; then the file is closed
   */
  static Database openChecked(GuardedFile file) throws SQLException {
    return open(file, name -> Catalog.check(name, file.path()));
  }

  /** Whatever H2 throws on damaged bytes comes out as an SQLException, as it does when H2 reads them itself. */
  private static void carryOut(Consumer<String> check, String name) throws SQLException {
    try {
      check.accept(name);
    } catch (StoreException e) {
      throw e;
    } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
      throw new SQLException("the file cannot be read", null, ErrorCode.FILE_CORRUPTED_1, e);
    }
  }

  private static Database open(GuardedFile file, Consumer<String> check) throws SQLException {
    String name = GuardedFileSystem.add(file);
    try {
      carryOut(check, name);
      Database database = new Database(file, name, connect(name, settings(file.isWritable())));
      try {
        database.setUp();
        return database;
      } catch (RuntimeException | Error e) {
        database.drop();
        throw e;
      }
    } catch (SQLException | RuntimeException | Error e) {
      close(file, name);
      throw e;
    }
  }

  private void setUp() {
    file.take();
    requireGuardedPath();
    store().setCacheSize(cacheKib());
    // A commit alone writes nothing then: so what is written is one write, with the group's end.
    store().getMvStore().setAutoCommitDelay(NEVER);
    // Or H2 would put long results into files elsewhere; those that are asked for here are short.
    session().getDatabase().setMaxMemoryRows(Integer.MAX_VALUE);
  }

  /** The number of the chunk that H2 took for the newest, and more if it has written since. */
  long version() {
    return store().getMvStore().getCurrentVersion();
  }

  /**
   * Checks that it is a store of this format.
   *
   * @throws dev.kvstore.core.error.CorruptStoreException UNSUPPORTED_FORMAT if it is not
   */
  void requireStore() throws SQLException {
    Schema.check(session(), file.path());
  }

  /** Finds single entries of a store. */
  RowLookup lookup() throws SQLException {
    return RowLookup.of(session(), file);
  }

  private Store store() {
    return session().getDatabase().getStore();
  }

  private SessionLocal session() {
    return (SessionLocal) ((JdbcConnection) connection).getSession();
  }

  /** A quarter of the heap, within bounds: what is not in it costs a read twice its time. */
  private static int cacheKib() {
    long share = Runtime.getRuntime().maxMemory() / 4 / 1024;
    return (int) Math.max(Integer.parseInt(CACHE_KIB), Math.min(share, MAX_CACHE_KIB));
  }

  GuardedFile file() {
    return file;
  }

  /** The connection with which the database was opened; open as long as it is. */
  Connection connection() {
    return connection;
  }

  /** Another connection. */
  Connection connect() throws SQLException {
    return connect(name, user());
  }

  /** Changes rows of a store. */
  RowChanges changes() throws SQLException {
    return RowChanges.of(session(), file.path());
  }

  /** Makes durable what was committed; a commit alone never does. */
  void force() throws SQLException {
    write();
    try {
      file.force();
    } catch (IOException e) {
      throw new SQLException("what was written was not forced", e);
    }
  }

  /** Makes a database in making durable, so that it may take the place of another. */
  void complete() throws SQLException {
    write();
    try {
      file.complete();
    } catch (IOException e) {
      throw new SQLException("what was written was not forced", e);
    }
  }

  /** Hands what was committed to the system, so that it outlives this process, but perhaps not the machine. */
  void write() throws SQLException {
    MVStore store = store().getMvStore();
    if (store.isClosed()) {
      throw new SQLException("the database is closed", null, ErrorCode.DATABASE_IS_CLOSED);
    }
    file.endGroupWithNextChunk();
    try {
      store.commit();
      // H2 has written before, if much has changed; then there is nothing left that could end the
      // group.
      file.endGroup();
    } catch (IOException e) {
      throw new SQLException("the end of a group was not written", e);
    } catch (RuntimeException e) {
      throw DbException.toSQLException(e);
    }
  }

  /** Closes the database and the file without writing anything. A second time does nothing: its name may be another's by then. */
  synchronized void drop() {
    if (dropped) {
      return;
    }
    dropped = true;
    // H2 2.4 ends its session with a commit, and that writes, even if nothing has changed.
    file.seal();
    try {
      execute("SHUTDOWN IMMEDIATELY");
    } catch (SQLException e) {
      // It has closed itself after a failure, was dropped before, or would have liked to write.
      log(System.Logger.Level.DEBUG, "H2 did not shut down: error " + e.getErrorCode());
    } finally {
      close(file, name);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void requireGuardedPath() {
    String path = session().getDatabase().getDatabasePath();
    if (!name.equals(path)) {
      throw new IllegalStateException("H2 opened " + path + " instead of " + name);
    }
  }

  private static Connection connect(String name, Properties settings) throws SQLException {
    // The driver itself, so that no other driver of the process is asked for this URL.
    return new Driver().connect("jdbc:h2:" + name, settings);
  }

  private static Properties user() {
    Properties settings = new Properties();
    settings.setProperty("USER", "KV");
    settings.setProperty("PASSWORD", "");
    return settings;
  }

  private static Properties settings(boolean writable) {
    Properties settings = user();
    settings.setProperty("IFEXISTS", "TRUE");
    // H2 keeps the name of a database that was dropped, as if it were still closing.
    settings.setProperty("OPEN_NEW", "TRUE");
    settings.setProperty("TRACE_LEVEL_FILE", "0");
    settings.setProperty("TRACE_LEVEL_SYSTEM_OUT", "0");
    settings.setProperty("DB_CLOSE_ON_EXIT", "FALSE");
    settings.setProperty("ACCESS_MODE_DATA", writable ? "rw" : "r");
    // No thread of H2's own: it writes when it is told to, so the size can be watched.
    settings.setProperty("WRITE_DELAY", "0");
    settings.setProperty("MAX_COMPACT_TIME", "0");
    // What is in the file is never overwritten, so that H2 finds the newest chunk at its end.
    settings.setProperty("REUSE_SPACE", "FALSE");
    settings.setProperty("ANALYZE_AUTO", "0");
    settings.setProperty("PAGE_SIZE", PAGE_BYTES);
    settings.setProperty("CACHE_SIZE", CACHE_KIB);
    return settings;
  }

  private static void close(GuardedFile file, String name) {
    GuardedFileSystem.remove(name, file);
    try {
      file.close();
    } catch (IOException e) {
      log(System.Logger.Level.WARNING, "closing the database file failed: " + e.getMessage());
    }
  }

  private static void log(System.Logger.Level level, String message) {
    System.getLogger(Database.class.getName()).log(level, message);
  }
}
