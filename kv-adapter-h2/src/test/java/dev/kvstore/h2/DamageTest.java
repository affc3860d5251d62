package dev.kvstore.h2;

import static dev.kvstore.h2.Fixture.ALL;
import static dev.kvstore.h2.Fixture.NOW;
import static dev.kvstore.h2.Fixture.assertCode;
import static dev.kvstore.h2.Fixture.store;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.core.error.ErrorCode;
import dev.kvstore.core.error.StoreException;
import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.JsonValue;
import dev.kvstore.core.model.Key;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are damaged, foreign, or of another version. */
class DamageTest {

  private static final Set<ErrorCode> DECLARED =
      EnumSet.of(ErrorCode.STORE_CORRUPT, ErrorCode.UNSUPPORTED_FORMAT, ErrorCode.STORAGE_FAILED);

  @TempDir
  Path folder;

  private Path file() {
    return folder.resolve("store.mv.db");
  }

  private H2Storage open() {
    return H2Storage.open(folder.resolve("store"));
  }

  @Test
  void aFlippedBitNeverGivesAWrongAnswer() throws IOException {
    assertTrue(flipBits(150, true) > 15, "hardly a read noticed anything");
  }

  @Test
  void aFlippedBitInAFileOfManyChunksNeverGivesAWrongAnswer() throws IOException {
    flipBits(150, false);
  }

  @Test
  @Tag("slow")
  void thousandsOfFlippedBitsNeverGiveAWrongAnswer() throws IOException {
    assertTrue(flipBits(5_000, true) > 500, "hardly a read noticed anything");
    flipBits(5_000, false);
  }

  /** How many reads and openings noticed something. */
  private int flipBits(int times, boolean compacted) throws IOException {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    Map<Key, JsonValue> content = new TreeMap<>();
    try (H2Storage storage = open()) {
      for (int i = 0; i < 60; i++) {
        JsonValue value = JsonValue.parse(
            "{\"v\":\"" + random.nextLong() + "y".repeat(random.nextInt(2_000)) + "\"}");
        store(storage, "key" + i, value);
        content.put(Key.of("key" + i), value);
      }
      if (compacted) {
        storage.compact(NOW);
      }
    }
    byte[] sound = Files.readAllBytes(file());
    int detected = 0;
    for (int i = 0; i < times; i++) {
      byte[] damaged = sound.clone();
      int bit = random.nextInt(damaged.length * 8);
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(file(), damaged);
      String where = "bit " + bit + " of seed " + seed;
      try (H2Storage storage = open()) {
        for (Map.Entry<Key, JsonValue> entry : content.entrySet()) {
          try {
            Optional<Entry> found = storage.find(entry.getKey(), NOW);
            assertEquals(
                Optional.of(entry.getValue()),
                found.map(Entry::value),
                () -> where + " hides " + entry);
          } catch (StoreException e) {
            assertTrue(DECLARED.contains(e.code()), () -> where + ": " + e.getMessage());
            detected++;
          }
        }
      } catch (StoreException e) {
        assertTrue(DECLARED.contains(e.code()), () -> where + ": " + e.getMessage());
        detected++;
      }
    }
    Files.delete(file());
    return detected;
  }

  /**
   * Before its key a row has a few bytes that say what a transaction has done to it: one bit there, and H2 takes the row for one that
   * is not committed. Its page is in a chunk of its own, so that those of the index are sound.
   */
  @Test
  void aRowIsNotHiddenByABitBeforeItsKey() throws IOException {
    List<String> keys = List.of("d1", "key-of-twenty-eight-bytes-01", "p7");
    JsonValue value = Fixture.valueOfBytes(9_000);
    try (H2Storage storage = open()) {
      for (String key : keys) {
        store(storage, key, value);
        store(storage, "after " + keys.indexOf(key), value);
      }
    }
    byte[] sound = Files.readAllBytes(file());
    String text = new String(sound, StandardCharsets.ISO_8859_1);
    for (String key : keys) {
      for (int at = text.indexOf(key); at >= 0; at = text.indexOf(key, at + 1)) {
        for (int bit = Math.max(0, at - 8) * 8; bit < (at + 1) * 8; bit++) {
          byte[] damaged = sound.clone();
          damaged[bit / 8] ^= (byte) (1 << bit % 8);
          Files.write(file(), damaged);
          assertNotHidden(key, value, "bit " + bit % 8 + " of byte " + bit / 8);
        }
      }
    }
    Files.delete(file());
  }

  private void assertNotHidden(String key, JsonValue value, String where) {
    try (H2Storage storage = open()) {
      Optional<Entry> found = storage.find(Key.of(key), NOW);
      assertEquals(Optional.of(value), found.map(Entry::value), () -> where + " hides " + key);
    } catch (StoreException e) {
      assertTrue(DECLARED.contains(e.code()), () -> where + ": " + e.getMessage());
    }
  }

  @Test
  void theDamagedKeyIsNamedAndTheOthersCanBeRead() throws IOException {
    String marker = "findme" + "z".repeat(100);
    try (H2Storage storage = open()) {
      store(storage, "bad", JsonValue.parse("{\"v\":\"" + marker + "\"}"));
      store(storage, "good", Fixture.value(1));
      storage.compact(NOW);
    }
    byte[] bytes = Files.readAllBytes(file());
    int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(marker);
    assertTrue(at > 0, "the value is in the file as it is");
    bytes[at + 3] ^= 1;
    Files.write(file(), bytes);
    try (H2Storage storage = open()) {
      StoreException failure =
          assertCode(ErrorCode.STORE_CORRUPT, () -> storage.find(Key.of("bad"), NOW));
      assertTrue(failure.getMessage().contains("\"bad\""), failure::getMessage);
      assertEquals("bad", failure.details().get("key"));
      assertEquals(
          Fixture.value(1), storage.find(Key.of("good"), NOW).orElseThrow().value());
      assertCode(ErrorCode.STORE_CORRUPT, () -> storage.scan(ALL, 9, NOW));
      assertCode(ErrorCode.STORE_CORRUPT, () -> Fixture.delete(storage, "bad"));
      assertCode(ErrorCode.STORE_CORRUPT, () -> storage.compact(NOW));
      // The index lies in the same chunk, and nobody can tell whether it hides a key.
      assertCode(ErrorCode.STORE_CORRUPT, () -> storage.find(Key.of("more"), NOW));
      assertCode(ErrorCode.STORE_CORRUPT, () -> store(storage, "more", Fixture.value(2)));
      assertCode(ErrorCode.STORE_CORRUPT, () -> Fixture.delete(storage, "good"));
    }
  }

  /** What a rewrite leaves out is gone. */
  @Test
  void aHiddenKeyIsNoticedByAllThatWouldMissIt() throws IOException {
    try (H2Storage storage = open()) {
      for (int i = 100; i < 400; i++) {
        store(storage, "key" + i, Fixture.value(i));
      }
      storage.compact(NOW);
    }
    byte[] sound = Files.readAllBytes(file());
    String text = new String(sound, StandardCharsets.ISO_8859_1);
    int hidden = 0;
    for (int at = text.indexOf("key250"); at >= 0; at = text.indexOf("key250", at + 1)) {
      byte[] damaged = sound.clone();
      damaged[at] ^= 1;
      Files.write(file(), damaged);
      try (H2Storage storage = open()) {
        if (storage.readable(ALL, 1_000).items().size() < 300) {
          hidden++;
          assertEquals(
              Fixture.value(120),
              storage.find(Key.of("key120"), NOW).orElseThrow().value());
          assertCode(ErrorCode.STORE_CORRUPT, () -> storage.find(Key.of("key250"), NOW));
          assertCode(ErrorCode.STORE_CORRUPT, () -> store(storage, "key250", Fixture.value(1)));
          assertCode(ErrorCode.STORE_CORRUPT, () -> storage.scanKeys(ALL, 1_000, NOW));
          assertCode(ErrorCode.STORE_CORRUPT, () -> storage.compact(NOW));
        }
      } catch (StoreException e) {
        assertEquals(ErrorCode.STORE_CORRUPT, e.code());
      }
      assertArrayEquals(damaged, Files.readAllBytes(file()));
    }
    assertTrue(hidden > 0, "no damage hid a key");
  }

  /** H2 would be content with the chunk before it, and the last write gone without a word. */
  @Test
  void aDamagedNewestChunkIsNotPassedOver() throws IOException {
    try (H2Storage storage = open()) {
      for (int i = 0; i < 10; i++) {
        store(storage, "key" + i, Fixture.value(i));
      }
    }
    byte[] bytes = Files.readAllBytes(file());
    int footer = 128;
    int header = 512;
    Arrays.fill(bytes, bytes.length - GuardedFile.BLOCK + header, bytes.length - footer, (byte) 0);
    Files.write(file(), bytes);
    assertCode(ErrorCode.STORE_CORRUPT, this::open);
    assertArrayEquals(bytes, Files.readAllBytes(file()));
  }

  @Test
  void whatIsNoH2DatabaseIsRefusedAndLeftAlone() throws IOException {
    for (byte[] content : new byte[][] {
      "text\n".getBytes(StandardCharsets.UTF_8),
      "{\"kv\":1}\n".repeat(10_000).getBytes(StandardCharsets.UTF_8),
      {(byte) 0x89, 'P', 'N', 'G', 0, 0},
      new byte[100_000],
      "-- H2 0.5/B --      ".repeat(1_000).getBytes(StandardCharsets.UTF_8)
    }) {
      Files.write(file(), content);
      assertCode(ErrorCode.UNSUPPORTED_FORMAT, this::open);
      assertArrayEquals(content, Files.readAllBytes(file()));
    }
  }

  @Test
  void aFileCutShortIsRefusedAndLeftAlone() throws IOException {
    try (H2Storage storage = open()) {
      for (int i = 0; i < 20; i++) {
        store(storage, "key" + i, Fixture.valueOfBytes(2_000));
      }
      storage.compact(NOW);
    }
    byte[] sound = Files.readAllBytes(file());
    for (int length : new int[] {10, 4_096, 8_192, 12_288, sound.length / 2}) {
      byte[] cut = Arrays.copyOf(sound, length);
      Files.write(file(), cut);
      StoreException failure =
          assertThrows(StoreException.class, () -> open().close(), () -> "cut to " + length);
      assertTrue(DECLARED.contains(failure.code()), failure::getMessage);
      assertArrayEquals(cut, Files.readAllBytes(file()), "cut to " + length);
    }
  }

  @Test
  void aForeignH2DatabaseIsRefusedAndLeftAlone() throws Exception {
    for (String user : new String[] {"sa", "kv"}) {
      sql(user, "CREATE TABLE theirs(id INT)");
      byte[] before = Files.readAllBytes(file());
      assertCode(ErrorCode.UNSUPPORTED_FORMAT, this::open);
      assertArrayEquals(before, Files.readAllBytes(file()), "user " + user);
      Files.delete(file());
    }
  }

  @Test
  void aNewerFormatIsRefusedAndLeftAlone() throws Exception {
    open().close();
    sql("kv", "UPDATE kv_meta SET schema_version = 2");
    byte[] before = Files.readAllBytes(file());
    StoreException failure = assertCode(ErrorCode.UNSUPPORTED_FORMAT, this::open);
    assertTrue(failure.getMessage().contains("format 2"), failure::getMessage);
    assertArrayEquals(before, Files.readAllBytes(file()));
  }

  @Test
  void aDatabaseThatAnotherProgramHasOpenIsLocked() throws Exception {
    open().close();
    try (Connection other = DriverManager.getConnection(url(), "kv", "")) {
      assertTrue(other.isValid(1));
      assertCode(ErrorCode.STORE_LOCKED, this::open);
    }
    open().close();
  }

  @Test
  void openingAndClosingChangesNoByte() throws IOException {
    try (H2Storage storage = open()) {
      store(storage, "a", Fixture.value(1));
    }
    byte[] before = Files.readAllBytes(file());
    for (int i = 0; i < 3; i++) {
      try (H2Storage storage = open()) {
        assertTrue(storage.find(Key.of("a"), NOW).isPresent());
      }
    }
    assertArrayEquals(before, Files.readAllBytes(file()));
  }

  private String url() {
    return "jdbc:h2:file:" + folder.resolve("store");
  }

  private void sql(String user, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url(), user, "");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
