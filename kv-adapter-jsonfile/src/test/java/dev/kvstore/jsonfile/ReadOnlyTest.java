package dev.kvstore.jsonfile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.core.error.CorruptStoreException;
import dev.kvstore.core.error.ErrorCode;
import dev.kvstore.core.error.StoreException;
import dev.kvstore.core.error.StoreUnavailableException;
import dev.kvstore.core.error.UnsupportedByEngineException;
import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.JsonValue;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.model.KeyPrefix;
import dev.kvstore.core.model.KeyRange;
import dev.kvstore.core.port.CommitResult;
import dev.kvstore.core.port.Effect;
import dev.kvstore.core.port.Expectation;
import dev.kvstore.core.port.Mutation;
import dev.kvstore.core.port.StoragePort;
import dev.kvstore.files.StorageOptions;
import dev.kvstore.files.StoragePath;
import dev.kvstore.jsonfile.file.LocalFileSystem;
import dev.kvstore.jsonfile.file.ReadableFile;
import dev.kvstore.jsonfile.recovery.BlankTail;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A store that is opened for reading only is what it was at that instant, and nothing is changed by it. */
class ReadOnlyTest {

  @TempDir
  private Path folder;

  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("s.jsonl");
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 3_000}) // the second has an index beside it
  void aClosedStoreAndItsFolderAreLeftAsTheyAre(int entries) throws IOException {
    Map<String, String> expected;
    try (JsonFileStorage store = JsonFileStorage.open(file)) {
      fill(store, entries);
      expected = Stored.in(store);
    }
    assertEquals(entries > 1_000, Files.exists(folder.resolve("s.jsonl.index")));
    Map<String, String> before = listing();
    try (JsonFileStorage store = openToRead()) {
      assertEquals(expected, Stored.in(store));
      assertEquals(entries, store.status(Stored.NOW).liveEntries());
      assertEquals(Files.size(file), store.status(Stored.NOW).fileBytes());
      assertTrue(store.find(Key.of("key1"), Stored.NOW).isPresent());
      assertEquals(before, listing());
    }
    assertEquals(before, listing());
  }

  @Test
  void aStoreThatIsNotThereIsMissingAndStaysSo() throws IOException {
    assertMissing();
    file = folder.resolve("no/folder/s.jsonl");
    assertMissing();
    assertEquals(Map.of(), listing());
    file = Files.createFile(folder.resolve("empty"));
    assertMissing();
    assertEquals(0, Files.size(file));
    Files.createDirectory(folder.resolve("directory"));
    file = folder.resolve("directory");
    assertEquals(
        ErrorCode.INVALID_LOCATION,
        assertThrows(StoreException.class, this::openToRead).code());
  }

  @Test
  void everyChangeIsRefusedAndSaysWhy() {
    try (JsonFileStorage store = JsonFileStorage.open(file)) {
      fill(store, 3);
    }
    JsonFileStorage store = openToRead();
    assertUnsupported(() -> store.commit(List.of(put("new", 1)), Stored.NOW));
    assertUnsupported(() -> store.commit(List.of(Mutation.delete(Key.of("key0"))), Stored.NOW));
    assertUnsupported(() -> store.commit(List.of(Mutation.delete(Key.of("none"))), Stored.NOW));
    assertUnsupported(() -> store.compact(Stored.NOW));
    assertEquals(3, Stored.in(store).size());
    store.close();
    store.close();
    for (Executable late : List.<Executable>of(
        () -> store.commit(List.of(put("new", 1)), Stored.NOW),
        () -> store.commit(List.of(), Stored.NOW),
        () -> store.compact(Stored.NOW),
        () -> store.find(Key.of("key0"), Stored.NOW))) {
      assertEquals(
          ErrorCode.STORE_CLOSED,
          assertThrows(StoreUnavailableException.class, late).code());
    }
  }

  @Test
  void aCommitThatOnlyAsksIsAnswered() {
    try (JsonFileStorage store = JsonFileStorage.open(file)) {
      fill(store, 3);
    }
    try (JsonFileStorage store = openToRead()) {
      Key there = Key.of("key1");
      Key absent = Key.of("none");
      long version = store.find(there, Stored.NOW).orElseThrow().version();
      assertEquals(CommitResult.APPLIED, store.commit(List.of(), Stored.NOW));
      assertEquals(
          CommitResult.APPLIED,
          store.commit(
              List.of(
                  new Mutation(there, new Expectation.Version(version), Effect.NONE),
                  new Mutation(absent, Expectation.ABSENT, Effect.NONE)),
              Stored.NOW));
      assertEquals(
          CommitResult.refused(there),
          store.commit(List.of(new Mutation(there, Expectation.ABSENT, Effect.NONE)), Stored.NOW));
    }
  }

  @Test
  void whatAnOpenStoreHoldsIsSeenAsOfTheOpeningAndStaysSo() throws IOException {
    JsonFileStorage writer = JsonFileStorage.open(file);
    fill(writer, 200);
    Map<String, String> first = Stored.in(writer);
    List<String> names = List.copyOf(listing().keySet());
    JsonFileStorage snapshot = openToRead();
    assertEquals(first, Stored.in(snapshot));
    writer.commit(List.of(put("later", 1), Mutation.delete(Key.of("key5"))), Stored.NOW);
    Map<String, String> second = Stored.in(writer);
    assertEquals(first, Stored.in(snapshot));
    try (JsonFileStorage other = openToRead()) {
      assertEquals(second, Stored.in(other));
      writer.compact(Stored.NOW);
      fill(writer, 200);
      assertEquals(second, Stored.in(other));
      assertEquals(first, Stored.in(snapshot));
    }
    writer.close();
    assertEquals(first, Stored.in(snapshot));
    assertEquals(200, snapshot.status(Stored.NOW).liveEntries());
    snapshot.close();
    assertEquals(names, List.copyOf(listing().keySet()));
  }

  /** The space behind the last line goes when the owner closes; no reader may have looked at it through a mapping. */
  @Test
  void theEndOfTheOwnerTakesNothingAwayThatCanBeRead() throws IOException {
    JsonFileStorage owner = JsonFileStorage.open(file);
    int count = 0;
    // Lines that end shortly before a page does: what could belong to the last of them lies on the
    // next one.
    for (long end = 0; count < 40 || end % 4_096 < 3_000 || end % 4_096 > 4_000; count++) {
      JsonValue value = JsonValue.parse("{\"p\":\"" + "x".repeat(14_000 + 40 * count) + "\"}");
      owner.commit(List.of(Mutation.create(Key.of("key" + count), value, Entry.NEVER)), Stored.NOW);
      try (ReadableFile written = new LocalFileSystem().openToRead(file)) {
        end = BlankTail.startOf(written, 0);
      }
    }
    Key lastKey = Key.of("key" + (count - 1));
    try (JsonFileStorage reader = openToRead()) {
      for (int i = 0; i < 100; i++) {
        assertTrue(reader.find(lastKey, Stored.NOW).isPresent());
      }
      owner.close();
      for (int i = 0; i < 3_000; i++) {
        assertTrue(reader.find(lastKey, Stored.NOW).isPresent());
      }
      assertEquals(
          count,
          reader
              .scanKeys(KeyRange.of(KeyPrefix.all()), 1_000, Stored.NOW)
              .items()
              .size());
      assertEquals(count, Stored.in(reader).size());
    }
  }

  @Test
  void anUnfinishedLastCommitIsNotThereAndIsLeftWhereItIs() throws IOException {
    Map<String, String> expected;
    try (JsonFileStorage store = JsonFileStorage.open(file)) {
      fill(store, 3);
      expected = Stored.in(store);
      store.commit(List.of(put("a", 1), put("b", 2)), Stored.NOW);
    }
    byte[] whole = Files.readAllBytes(file);
    String text = new String(whole, StandardCharsets.US_ASCII);
    int firstPart = text.indexOf("\n", text.indexOf("\"part\":1")) + 1;
    for (int length : new int[] {firstPart, firstPart + 20, firstPart - 20}) {
      Files.write(file, Arrays.copyOf(whole, length));
      Map<String, String> before = listing();
      try (JsonFileStorage store = openToRead()) {
        assertEquals(expected, Stored.in(store));
      }
      assertEquals(before, listing());
    }
  }

  @Test
  void damageIsReportedAndNothingChanged() throws IOException {
    try (JsonFileStorage store = JsonFileStorage.open(file)) {
      fill(store, 3);
      store.commit(List.of(put("a", 1)), Stored.NOW);
      store.commit(List.of(put("b", 1)), Stored.NOW);
    }
    byte[] bytes = Files.readAllBytes(file);
    bytes[new String(bytes, StandardCharsets.US_ASCII).indexOf("key1") + 20] ^= 1;
    Files.write(file, bytes);
    Map<String, String> before = listing();
    CorruptStoreException damage = assertThrows(CorruptStoreException.class, this::openToRead);
    assertEquals(ErrorCode.STORE_CORRUPT, damage.code());
    assertEquals(3L, damage.details().get("line"), damage::getMessage);
    assertEquals(before, listing());
  }

  @Test
  void aFileThatHasLostItsEndIsTold() throws IOException {
    try (JsonFileStorage store = JsonFileStorage.open(file)) {
      fill(store, 3_000);
    }
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 70));
    assertEquals(
        ErrorCode.STORE_CORRUPT,
        assertThrows(CorruptStoreException.class, this::openToRead).code());
    assertArrayEquals(Arrays.copyOf(bytes, bytes.length - 70), Files.readAllBytes(file));
  }

  private JsonFileStorage openToRead() {
    return JsonFileStorage.open(StorageOptions.at(StoragePath.of(file)).asReadOnly());
  }

  private void assertMissing() {
    assertEquals(
        ErrorCode.STORE_MISSING,
        assertThrows(StoreUnavailableException.class, this::openToRead).code());
  }

  private void assertUnsupported(Executable change) {
    UnsupportedByEngineException refused = assertThrows(UnsupportedByEngineException.class, change);
    assertEquals(ErrorCode.UNSUPPORTED, refused.code());
    assertTrue(refused.getMessage().contains("reading only"), refused::getMessage);
    assertTrue(refused.getMessage().contains(file.toString()), refused::getMessage);
  }

  /** Each name in the folder, with a checksum of its bytes and the time of its last change. */
  private Map<String, String> listing() throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> paths = Files.list(folder)) {
      for (Path path : paths.toList()) {
        files.put(
            path.getFileName().toString(),
            Files.getLastModifiedTime(path) + " " + Sha256.of(Files.readAllBytes(path)));
      }
    }
    return files;
  }

  private static void fill(StoragePort store, int entries) {
    List<Mutation> mutations = new ArrayList<>();
    for (int i = 0; i < entries; i++) {
      mutations.add(put("key" + i, i));
      if (mutations.size() == 500 || entries < 10) {
        store.commit(mutations, Stored.NOW);
        mutations.clear();
      }
    }
    store.commit(mutations, Stored.NOW);
  }

  private static Mutation put(String key, int number) {
    String value = "{\"n\":" + number + ",\"p\":\"" + "x".repeat(150) + "\"}";
    return Mutation.put(Key.of(key), JsonValue.parse(value), Entry.NEVER);
  }
}
