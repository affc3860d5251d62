package dev.kvstore.h2;

import static dev.kvstore.h2.Fixture.ALL;
import static dev.kvstore.h2.Fixture.NOW;
import static dev.kvstore.h2.Fixture.assertCode;
import static dev.kvstore.h2.Fixture.options;
import static dev.kvstore.h2.Fixture.read;
import static dev.kvstore.h2.Fixture.store;
import static dev.kvstore.h2.Fixture.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.core.error.ErrorCode;
import dev.kvstore.core.error.StoreException;
import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.port.CommitResult;
import dev.kvstore.core.port.Effect;
import dev.kvstore.core.port.Expectation;
import dev.kvstore.core.port.Mutation;
import dev.kvstore.files.trial.Commands;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that is opened to look at it alone. */
class ReadOnlyTest {

  @TempDir
  Path folder;

  private Path path() {
    return folder.resolve("store");
  }

  private Path file() {
    return folder.resolve("store.mv.db");
  }

  private Path lock() {
    return folder.resolve("store.mv.db.lock");
  }

  private H2Storage look() {
    return H2Storage.open(options(path()).asReadOnly());
  }

  private void fill(int entries) {
    try (H2Storage storage = H2Storage.open(path())) {
      for (int i = 0; i < entries; i++) {
        store(storage, "key" + i, value(i));
      }
    }
  }

  /** Names, contents and times of everything there. */
  private Map<String, String> everything() throws IOException {
    Map<String, String> found = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.toList()) {
        String content = Files.isRegularFile(file) ? sha256(file) : "";
        found.put(
            folder.relativize(file).toString(), content + " " + Files.getLastModifiedTime(file));
      }
    }
    return found;
  }

  private static String sha256(Path file) throws IOException {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private void assertReads(H2Storage storage, int entries) {
    for (int i = 0; i < entries; i++) {
      assertEquals("{\"number\":" + i + "}", read(storage, "key" + i));
    }
    assertEquals(entries, storage.scan(ALL, 1_000, NOW).items().size());
    assertEquals(entries, storage.scanKeys(ALL, 1_000, NOW).items().size());
    assertEquals(entries, storage.status(NOW).liveEntries());
  }

  @Test
  void everythingCanBeReadAndNothingChanges() throws IOException {
    fill(50);
    Map<String, String> before = everything();
    try (H2Storage storage = look()) {
      assertReads(storage, 50);
      assertEquals(before, everything());
    }
    assertEquals(before, everything());
  }

  @Test
  void withoutALockFileNoneIsMade() throws IOException {
    fill(3);
    Files.delete(lock());
    Map<String, String> before = everything();
    try (H2Storage storage = look()) {
      assertReads(storage, 3);
      assertCode(ErrorCode.STORE_LOCKED, () -> H2Storage.open(path()));
    }
    assertEquals(before, everything());
  }

  @Test
  void everyChangeIsRefused() throws IOException {
    fill(1);
    Map<String, String> before = everything();
    try (H2Storage storage = look()) {
      long version = storage.find(Key.of("key0"), NOW).orElseThrow().version();
      for (Mutation change : List.of(
          Mutation.create(Key.of("new"), value(1), Entry.NEVER),
          Mutation.put(Key.of("key0"), value(1), Entry.NEVER),
          Mutation.delete(Key.of("key0")))) {
        StoreException refusal =
            assertCode(ErrorCode.UNSUPPORTED, () -> storage.commit(List.of(change), NOW));
        assertTrue(refusal.getMessage().contains("reading only"), refusal::getMessage);
      }
      assertCode(ErrorCode.UNSUPPORTED, () -> storage.compact(NOW));
      assertEquals(CommitResult.APPLIED, storage.commit(List.of(), NOW));
      assertEquals(CommitResult.APPLIED, commitNothing(storage, "key0", version));
      assertEquals(
          CommitResult.refused(Key.of("key0")), commitNothing(storage, "key0", version + 1));
      assertEquals("{\"number\":0}", read(storage, "key0"));
    }
    assertEquals(before, everything());
  }

  private static CommitResult commitNothing(H2Storage storage, String key, long version) {
    Mutation mutation = new Mutation(Key.of(key), Expectation.version(version), Effect.NONE);
    return storage.commit(List.of(mutation), NOW);
  }

  @Test
  void aStoreThatIsNotThereIsMissingAndNothingIsMade() throws IOException {
    assertCode(ErrorCode.STORE_MISSING, this::look);
    assertCode(
        ErrorCode.STORE_MISSING,
        () -> H2Storage.open(options(folder.resolve("no/such")).asReadOnly()));
    Files.createFile(file());
    Map<String, String> before = everything();
    assertCode(ErrorCode.STORE_MISSING, this::look);
    assertEquals(before, everything());
  }

  @Test
  void whatIsNoStoreIsRefusedAsEver() throws IOException {
    Files.writeString(file(), "text\n");
    Map<String, String> before = everything();
    assertCode(ErrorCode.UNSUPPORTED_FORMAT, this::look);
    assertEquals(before, everything());
  }

  @Test
  void itExcludesAnOpeningForWritingAndIsExcludedByOne() {
    fill(1);
    try (H2Storage storage = look()) {
      assertCode(ErrorCode.STORE_LOCKED, () -> H2Storage.open(path()));
      assertReads(storage, 1);
    }
    try (H2Storage storage = H2Storage.open(path())) {
      assertCode(ErrorCode.STORE_LOCKED, this::look);
      store(storage, "key1", value(1));
    }
    try (H2Storage storage = look()) {
      assertReads(storage, 2);
    }
  }

  @Test
  void aProcessThatWritesIsNamedAndNotDisturbed() throws Exception {
    fill(2);
    Process owner = StoreChild.builder("hold", path().toString()).start();
    try (BufferedReader lines = owner.inputReader(StandardCharsets.UTF_8)) {
      assertEquals("open", lines.readLine());
      Map<String, String> before = everything();
      StoreException refusal = assertCode(ErrorCode.STORE_LOCKED, this::look);
      assertEquals(owner.pid(), refusal.details().get("pid"));
      assertEquals(before, everything());
      owner.getOutputStream().close();
      assertEquals("closing 2", lines.readLine());
      assertEquals(0, owner.waitFor());
    } finally {
      owner.destroyForcibly();
    }
  }

  @Test
  void aProcessThatWantsToWriteIsKeptOut() throws Exception {
    fill(2);
    for (int round = 0; round < 2; round++) {
      try (H2Storage storage = look()) {
        Process other = StoreChild.builder("once", path().toString()).start();
        try (BufferedReader lines = other.inputReader(StandardCharsets.UTF_8)) {
          String said = lines.readLine();
          assertTrue(said != null && said.startsWith("STORE_LOCKED "), said);
        }
        assertReads(storage, 2);
      }
      Files.deleteIfExists(lock());
    }
  }

  /** A crash has left half a group behind its last whole one, and a half rewrite beside. */
  @Test
  void whatACrashHasLeftIsNotShownAndLeftWhereItIs() throws IOException {
    Path copy = folder.resolve("copy");
    try (H2Storage storage = H2Storage.open(path())) {
      for (int i = 0; i < 5; i++) {
        store(storage, "key" + i, value(i));
      }
      Files.copy(file(), copy);
    }
    byte[] torn = Files.readAllBytes(copy);
    Files.write(file(), torn);
    Files.write(file(), new byte[3 * GuardedFile.BLOCK + 77], StandardOpenOption.APPEND);
    Files.writeString(folder.resolve("store.mv.db.rewrite"), "half a database");
    Files.delete(copy);
    Map<String, String> before = everything();
    try (H2Storage storage = look()) {
      assertReads(storage, 5);
    }
    assertEquals(before, everything());
  }

  /** Also what a crash has left can be read there, and whether a lock file is there or not. */
  @Test
  void itWorksWhereNothingCanBeWritten() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    Commands.require("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", disk.toString());
    try {
      try (H2Storage storage = H2Storage.open(disk.resolve("closed"))) {
        store(storage, "key0", value(0));
        Files.copy(disk.resolve("closed.mv.db"), disk.resolve("killed.mv.db"));
      }
      Commands.run("mount", "-o", "remount,ro", disk.toString());
      for (String name : List.of("closed", "killed")) {
        try (H2Storage storage = H2Storage.open(options(disk.resolve(name)).asReadOnly())) {
          assertReads(storage, 1);
        }
        assertCode(ErrorCode.STORAGE_FAILED, () -> H2Storage.open(disk.resolve(name)));
      }
    } finally {
      Commands.run("umount", disk.toString());
    }
  }
}
