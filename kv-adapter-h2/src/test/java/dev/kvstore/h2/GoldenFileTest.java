package dev.kvstore.h2;

import static dev.kvstore.h2.Fixture.ALL;
import static dev.kvstore.h2.Fixture.NOW;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.JsonValue;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.port.Mutation;
import dev.kvstore.core.port.ProgressListener;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that was made once and is never made anew: whoever has one like it can open it with every later release. */
class GoldenFileTest {

  private static final long EXPIRY = NOW + 86_400_000;

  /** What is in the file, in its order. */
  private static final List<Entry> ENTRIES = List.of(
      entry("A", "{}", Entry.NEVER),
      entry("a b", "{ \"n\" : 1e400 }", EXPIRY),
      entry("\u00e9", "{\"\":[1.0,-0,null,true]}", Entry.NEVER),
      entry("\uffee", "{\"text\":\"\\u00e9\\\"\\n\"}", Entry.NEVER),
      entry("\ud83d\ude00", "{\"long\":\"" + "x".repeat(5_000) + "\"}", Entry.NEVER));

  @TempDir
  Path folder;

  private static Entry entry(String key, String value, long expiry) {
    return new Entry(Key.of(key), JsonValue.parse(value), expiry, 0);
  }

  /** Makes the file, at the path that is its argument. For a new version of the format alone. */
  public static void main(String[] arguments) {
    try (H2Storage storage = H2Storage.open(Path.of(arguments[0]))) {
      Fixture.store(storage, "gone", Fixture.value(1));
      for (Entry entry : ENTRIES) {
        Fixture.store(storage, entry.key().text(), Fixture.value(2));
        storage.commit(
            List.of(Mutation.put(entry.key(), entry.value(), entry.expiresAtMillis())), NOW);
      }
      Fixture.delete(storage, "gone");
    }
  }

  @Test
  void aFileOfVersion1OpensForEver() throws IOException {
    byte[] golden = golden();
    Path file = Files.write(folder.resolve("store.mv.db"), golden);
    try (H2Storage storage = H2Storage.open(file)) {
      assertHolds(storage);
    }
    assertArrayEquals(golden, Files.readAllBytes(file));
    assertEquals(0, H2Maintenance.of(file).verify(ProgressListener.NONE).damaged());
    try (H2Storage storage = H2Storage.open(file)) {
      storage.compact(NOW);
      assertHolds(storage);
      Fixture.store(storage, "new", Fixture.value(3));
    }
    try (H2Storage storage = H2Storage.open(file)) {
      assertEquals("{\"number\":3}", Fixture.read(storage, "new"));
    }
  }

  private static void assertHolds(H2Storage storage) {
    List<Entry> held = storage.scan(ALL, 100, NOW).items();
    assertEquals(ENTRIES.size(), held.size());
    for (int i = 0; i < held.size(); i++) {
      Entry expected = ENTRIES.get(i);
      assertEquals(expected.key(), held.get(i).key());
      assertEquals(expected.value(), held.get(i).value());
      assertEquals(expected.expiresAtMillis(), held.get(i).expiresAtMillis());
    }
    assertEquals(
        List.of(),
        storage.scan(ALL, 100, EXPIRY).items().stream()
            .filter(entry -> entry.expiresAtMillis() == EXPIRY)
            .toList());
  }

  private static byte[] golden() throws IOException {
    String name = "/golden/version-1.mv.db";
    try (InputStream stream =
        Objects.requireNonNull(GoldenFileTest.class.getResourceAsStream(name), name)) {
      return stream.readAllBytes();
    }
  }
}
