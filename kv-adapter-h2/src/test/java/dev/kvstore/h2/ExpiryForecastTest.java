package dev.kvstore.h2;

import static dev.kvstore.h2.Fixture.NOW;
import static dev.kvstore.h2.Fixture.valueOfBytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.Key;
import dev.kvstore.files.StoragePath;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the expired entries are counted, and when that can be saved. A closed connection tells a count from none. */
class ExpiryForecastTest {

  @TempDir
  Path folder;

  private final ExpiryForecast forecast = new ExpiryForecast();
  private Database database;
  private Entries entries;
  private RowChanges changes;

  @BeforeEach
  void open() throws IOException, SQLException {
    StoreFiles files = new StoreFiles(StoragePath.of(folder.resolve("file")), DiskFile::open);
    database = Database.open(files.createRewrite(10_000_000));
    Schema.create(database.connection());
    database.connection().setAutoCommit(false);
    changes = database.changes();
    entries = new Entries(database.connect(), folder);
  }

  @AfterEach
  void close() {
    database.drop();
  }

  private int insert(String key, long expiresAtMillis) throws SQLException {
    Entry entry = new Entry(Key.of(key), valueOfBytes(1_000), expiresAtMillis, 1);
    changes.insert(entry);
    database.connection().commit();
    return Space.rowBytes(entry.key(), entry.value());
  }

  @Test
  void countsWhatHasExpiredToTheMillisecond() throws SQLException {
    int bytes = insert("a", NOW + 5);
    insert("b", NOW + 6);
    insert("c", Entry.NEVER);
    assertEquals(0, forecast.expiredBytes(entries, NOW + 4, 1));
    assertEquals(bytes, forecast.expiredBytes(entries, NOW + 5, 1));
    assertEquals(2L * bytes, forecast.expiredBytes(entries, NOW + 6, 1));
  }

  @Test
  void countsAgainOnlyWhenEnoughCanHaveExpired() throws SQLException {
    int bytes = insert("a", NOW + 1_000);
    insert("b", NOW + 100_000);
    assertEquals(0, forecast.expiredBytes(entries, NOW, bytes));
    entries.close();
    assertEquals(0, forecast.expiredBytes(entries, NOW + 500, bytes));
    assertEquals(0, forecast.expiredBytes(entries, NOW + 2_000, bytes + 1L));
    assertThrows(SQLException.class, () -> forecast.expiredBytes(entries, NOW + 1_000, bytes));
  }

  @Test
  void countsAgainAfterEnoughWasAddedThatMayExpire() throws SQLException {
    assertEquals(0, forecast.expiredBytes(entries, NOW, 1_000));
    entries.close();
    forecast.added(Entry.NEVER, 5_000);
    forecast.added(NOW + 1, 999);
    assertEquals(0, forecast.expiredBytes(entries, NOW + 1, 1_000));
    forecast.added(NOW + 1, 1);
    assertThrows(SQLException.class, () -> forecast.expiredBytes(entries, NOW + 1, 1_000));
  }

  @Test
  void countsAgainAfterTheClockWentBackAndAfterARewrite() throws SQLException {
    assertEquals(0, forecast.expiredBytes(entries, NOW, 1_000));
    entries.close();
    assertThrows(SQLException.class, () -> forecast.expiredBytes(entries, NOW - 1, 1_000));
    assertEquals(0, forecast.expiredBytes(entries, NOW, 1_000));
    forecast.reset();
    assertThrows(SQLException.class, () -> forecast.expiredBytes(entries, NOW, 1_000));
  }
}
