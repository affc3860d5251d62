package dev.kvstore.h2;

import static dev.kvstore.h2.Fixture.assertCode;
import static dev.kvstore.h2.Fixture.store;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.core.error.ErrorCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.h2.api.Trigger;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;
import org.h2.mvstore.type.StringDataType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Databases that other programs made or changed: nothing in them may run, and no byte of them may change. */
class ForeignDatabaseTest {

  /** How often code of a database has run. */
  private static final AtomicInteger RUNS = new AtomicInteger();

  @TempDir
  private Path folder;

  /** Code that a database may name. */
  public static final class Payload implements Trigger {

    /** Loaded and made by H2 when it opens a database with a trigger. */
    public Payload() {
      RUNS.incrementAndGet();
    }

    /** What an alias calls. */
    public static int run() {
      return RUNS.incrementAndGet();
    }

    @Override
    public void fire(Connection connection, Object[] before, Object[] after) {
      RUNS.incrementAndGet();
    }
  }

  /** A type of H2's lowest layer that runs something when it is made. */
  public static final class PayloadType extends BasicDataType<String> {

    /** Made by H2 when it reads its registry of types. */
    public PayloadType() {
      RUNS.incrementAndGet();
    }

    @Override
    public int getMemory(String text) {
      return 0;
    }

    @Override
    public void write(WriteBuffer buffer, String text) {
      throw new UnsupportedOperationException();
    }

    @Override
    public String read(ByteBuffer buffer) {
      throw new UnsupportedOperationException();
    }

    @Override
    public String[] createStorage(int size) {
      return new String[size];
    }
  }

  @BeforeEach
  void makeStore() {
    try (H2Storage storage = open()) {
      store(storage, "a", Fixture.value(1));
    }
    RUNS.set(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE ALIAS evil FOR 'dev.kvstore.h2.ForeignDatabaseTest$Payload.run'",
        "CREATE ALIAS evil AS 'int run() { return Runtime.version().feature(); }'",
        "CREATE TRIGGER evil BEFORE INSERT ON kv_entries FOR EACH ROW"
            + " CALL 'dev.kvstore.h2.ForeignDatabaseTest$Payload'",
        "CREATE TRIGGER evil AFTER SELECT ON kv_entries CALL 'dev.kvstore.h2.ForeignDatabaseTest$Payload'",
        "CREATE ALIAS evil FOR 'dev.kvstore.h2.ForeignDatabaseTest$Payload.run'|"
            + "ALTER TABLE kv_entries ALTER COLUMN crc SET DEFAULT evil()",
        "CREATE ALIAS evil FOR 'dev.kvstore.h2.ForeignDatabaseTest$Payload.run'|"
            + "ALTER TABLE kv_entries ADD CONSTRAINT positive CHECK evil() > 0",
        "CREATE LINKED TABLE evil('org.h2.Driver', 'jdbc:h2:mem:evil;INIT=CREATE TABLE t(i INT)', '', '', 'T')",
        "CREATE VIEW evil AS SELECT * FROM kv_entries",
        "CREATE CONSTANT evil VALUE 1",
        "CREATE SEQUENCE evil",
        "CREATE SCHEMA evil",
        "CREATE ROLE evil",
        "CREATE USER evil PASSWORD 'x' ADMIN",
        "CREATE DOMAIN evil AS INT CHECK VALUE > 0",
        "CREATE TABLE evil(id INT)",
        "CREATE INDEX evil ON kv_entries(crc)",
        "ALTER TABLE kv_entries ADD COLUMN evil INT DEFAULT 1",
        "ALTER TABLE kv_meta ALTER COLUMN last_version SET DEFAULT 5",
        "SET WRITE_DELAY 500",
        "SET ALLOW_LITERALS 1"
      })
  void whatIsNotAStoresOwnIsRefusedAndNothingRuns(String definitions) throws Exception {
    sql(definitions);
    assertRefused();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sa", "kv"})
  void aDatabaseThatWasNeverAStoreIsRefusedAndNothingRuns(String user) throws Exception {
    Files.delete(file());
    sql(
        user,
        "CREATE TABLE theirs(id INT)|"
            + "CREATE TRIGGER evil BEFORE INSERT ON theirs CALL 'dev.kvstore.h2.ForeignDatabaseTest$Payload'");
    assertRefused();
  }

  @Test
  void aTypeThatNoStoreHasIsRefusedAndNotLoaded() throws Exception {
    try (MVStore store = new MVStore.Builder().fileName(file().toString()).open()) {
      MVMap<String, String> types = store.openMap(
          "_",
          new MVMap.Builder<String, String>()
              .keyType(StringDataType.INSTANCE)
              .valueType(new NameOfType()));
      types.clear();
      types.put("evil", PayloadType.class.getName());
      store.commit();
    }
    byte[] before = Files.readAllBytes(file());
    try {
      sql("SELECT 1");
    } catch (SQLException e) {
      assertFalse(e.getMessage().isEmpty(), "H2 may say that it cannot use the type");
    }
    assertTrue(RUNS.get() > 0, "H2 itself makes an object of the class");
    Files.write(file(), before);
    assertRefused();
  }

  /** H2 would finish it when it opens the file. */
  @Test
  void aTransactionThatAnotherProgramLeftUnfinishedIsRefused() throws Exception {
    try (Connection connection = DriverManager.getConnection(url() + ";WRITE_DELAY=0", "kv", "");
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("UPDATE kv_meta SET last_version = 1000000");
      statement.execute("CHECKPOINT SYNC");
      byte[] unfinished = Files.readAllBytes(file());
      connection.rollback();
      statement.execute("SHUTDOWN IMMEDIATELY");
      Files.write(file(), unfinished);
    } catch (SQLException e) {
      assertEquals(90121, e.getErrorCode(), "closed by the shutdown");
    }
    assertRefused();
  }

  /** Another program may read a store, and write to it, as long as it adds no definitions. */
  @Test
  void aStoreThatAnotherProgramHasReadIsAStoreStill() throws Exception {
    try (Connection connection = DriverManager.getConnection(url(), "kv", "");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM kv_entries")) {
      assertTrue(rows.next());
      assertEquals(1, rows.getInt(1));
    }
    try (H2Storage storage = open()) {
      assertEquals("{\"number\":1}", Fixture.read(storage, "a"));
      store(storage, "b", Fixture.value(2));
    }
    try (H2Storage storage = open()) {
      assertEquals("{\"number\":2}", Fixture.read(storage, "b"));
    }
  }

  private void assertRefused() throws IOException {
    RUNS.set(0);
    byte[] before = Files.readAllBytes(file());
    assertCode(ErrorCode.UNSUPPORTED_FORMAT, this::open);
    assertEquals(0, RUNS.get(), "code of the database has run");
    assertArrayEquals(before, Files.readAllBytes(file()));
    try (Stream<Path> files = Files.list(folder)) {
      List<String> names =
          files.map(path -> path.getFileName().toString()).sorted().toList();
      assertEquals(List.of("store.mv.db", "store.mv.db.lock"), names);
    }
    assertFalse(Files.exists(folder.resolve("store.trace.db")));
  }

  private H2Storage open() {
    return H2Storage.open(folder.resolve("store"));
  }

  private Path file() {
    return folder.resolve("store.mv.db");
  }

  private String url() {
    return "jdbc:h2:file:" + folder.resolve("store") + ";TRACE_LEVEL_FILE=0";
  }

  private void sql(String statements) throws SQLException {
    sql("kv", statements);
  }

  private void sql(String user, String statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url(), user, "");
        Statement statement = connection.createStatement()) {
      for (String sql : statements.split("\\|", -1)) {
        statement.execute(sql);
      }
    }
  }

  /** Writes the name of a class where H2 expects a type. */
  private static final class NameOfType extends BasicDataType<String> {

    @Override
    public int getMemory(String name) {
      return 0;
    }

    @Override
    public void write(WriteBuffer buffer, String name) {
      buffer.putVarInt(name.length()).putStringData(name, name.length());
    }

    @Override
    public String read(ByteBuffer buffer) {
      String name = DataUtils.readString(buffer, DataUtils.readVarInt(buffer));
      buffer.position(buffer.limit());
      return name;
    }

    @Override
    public void read(ByteBuffer buffer, Object storage, int length) {
      for (int i = 0; i < length; i++) {
        ((String[]) storage)[i] = buffer.hasRemaining() ? read(buffer) : "";
      }
    }

    @Override
    public String[] createStorage(int size) {
      return new String[size];
    }
  }
}
