package dev.kvstore.h2;

import static dev.kvstore.h2.Fixture.NOW;
import static dev.kvstore.h2.Fixture.assertCode;
import static dev.kvstore.h2.Fixture.options;
import static dev.kvstore.h2.Fixture.read;
import static dev.kvstore.h2.Fixture.store;
import static dev.kvstore.h2.Fixture.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kvstore.core.error.ErrorCode;
import dev.kvstore.core.model.Key;
import dev.kvstore.files.StorageOptions;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which paths are taken, what they mean, and what is made. */
class LocationTest {

  @TempDir
  Path folder;

  private List<String> made() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.map(file -> folder.relativize(file).toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x;INIT=RUNSCRIPT FROM 'evil.sql'",
        "x;TRACE_LEVEL_FILE=3",
        "sub;x/y",
        "nioMemFS:x",
        "mem:x",
        "MEM:x",
        "tcp://localhost/x",
        "ssl:x",
        "file:x",
        "jdbc:h2:x",
        "split:20:x",
        "zip:a.zip!/x",
        "classpath:x",
        "kvstore:/0",
        "~/x",
        "a\\b",
        "a\nb",
        "a\u001bb"
      })
  void whatReadsLikeAUrlIsRefusedAndNothingIsMade(String name) throws IOException {
    assumeTrue(FileSystems.getDefault().getSeparator().equals("/"), "paths as on Unix");
    List<String> before = made();
    assertCode(ErrorCode.INVALID_LOCATION, () -> H2Storage.open(Path.of(folder + "/" + name)));
    assertEquals(before, made());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b",
        "a%20b",
        "${user.home}",
        "$HOME",
        "a?b",
        "a&b",
        "a=b",
        "'a'",
        "\u00e9",
        "2025-01-01T10:00",
        "a.mv",
        "#"
      })
  void anyOtherNameIsTakenToTheLetter(String name) throws IOException {
    Path store = folder.resolve(name);
    try (H2Storage storage = H2Storage.open(store)) {
      store(storage, "a", value(1));
      assertEquals(List.of("", name + ".mv.db", name + ".mv.db.lock"), made(), "what was made");
      assertEquals(store + ".mv.db", storage.status(NOW).location());
    }
    try (H2Storage storage = H2Storage.open(store)) {
      assertEquals("{\"number\":1}", read(storage, "a"));
    }
  }

  @Test
  void aNameWithTheSuffixMeansTheSameFileAsOneWithout() throws IOException {
    try (H2Storage storage = H2Storage.open(folder.resolve("sub/../app"))) {
      store(storage, "a", value(1));
      assertCode(ErrorCode.STORE_LOCKED, () -> H2Storage.open(folder.resolve("app.mv.db")));
    }
    try (H2Storage storage = H2Storage.open(folder.resolve("app.mv.db"))) {
      assertEquals("{\"number\":1}", read(storage, "a"));
    }
    assertEquals(List.of("", "app.mv.db", "app.mv.db.lock"), made());
  }

  @Test
  void aMissingStoreThatMustExistIsMissingAndNothingIsMade() throws IOException {
    assertCode(
        ErrorCode.STORE_MISSING,
        () -> H2Storage.open(options(folder.resolve("no/such")).mustExist()));
    assertEquals(List.of(""), made());
  }

  @Test
  void linksDirectoriesAndDevicesAreRefused() throws Exception {
    Path target = folder.resolve("target.mv.db");
    H2Storage.open(target).close();
    byte[] before = Files.readAllBytes(target);
    Files.createSymbolicLink(folder.resolve("link.mv.db"), target);
    Files.createSymbolicLink(folder.resolve("dangling.mv.db"), folder.resolve("nowhere"));
    Files.createDirectory(folder.resolve("dir.mv.db"));
    Process mkfifo = new ProcessBuilder("mkfifo", folder + "/fifo.mv.db").start();
    assumeTrue(mkfifo.waitFor() == 0, "mkfifo");
    Files.createDirectory(folder.resolve("locked.mv.db.lock"));
    List<String> names = List.of("link", "dangling", "dir", "fifo", "locked");
    for (String name : names) {
      assertCode(ErrorCode.INVALID_LOCATION, () -> H2Storage.open(folder.resolve(name)));
    }
    Files.createLink(folder.resolve("hard.mv.db"), target);
    assertCode(ErrorCode.INVALID_LOCATION, () -> H2Storage.open(folder.resolve("hard")));
    assertCode(ErrorCode.INVALID_LOCATION, () -> H2Storage.open(target));
    assertFalse(Files.exists(folder.resolve("nowhere")));
    assertTrue(Arrays.equals(before, Files.readAllBytes(target)));
  }

  @Test
  void aParentThatIsNoFolderIsRefused() throws IOException {
    Files.writeString(folder.resolve("plain"), "text");
    assertCode(ErrorCode.INVALID_LOCATION, () -> H2Storage.open(folder.resolve("plain/store")));
  }

  @Test
  void leftoversOfARewriteGoAndNothingElse() throws IOException {
    Path store = folder.resolve("app");
    try (H2Storage storage = H2Storage.open(store)) {
      store(storage, "a", value(1));
    }
    Files.writeString(folder.resolve("app.mv.db.rewrite"), "half a database");
    Files.writeString(folder.resolve("app.mv.db.tempFile"), "not ours");
    try (H2Storage storage = H2Storage.open(store)) {
      assertTrue(storage.find(Key.of("a"), NOW).isPresent());
    }
    assertEquals(List.of("", "app.mv.db", "app.mv.db.lock", "app.mv.db.tempFile"), made());
  }

  @Test
  void anEmptyFileIsAStoreThatWasNotMadeYet() throws IOException {
    Files.createFile(folder.resolve("app.mv.db"));
    StorageOptions mustExist = options(folder.resolve("app")).mustExist();
    assertCode(ErrorCode.STORE_MISSING, () -> H2Storage.open(mustExist));
    assertEquals(List.of("", "app.mv.db"), made());
    assertEquals(0, Files.size(folder.resolve("app.mv.db")));
    try (H2Storage storage = H2Storage.open(folder.resolve("app"))) {
      store(storage, "a", value(1));
    }
  }

  @Test
  void filesAreForTheirOwnerAloneAlsoAfterARewrite() throws IOException {
    assumeTrue(
        FileSystems.getDefault().supportedFileAttributeViews().contains("posix"), "file modes");
    Path store = folder.resolve("new/sub/app");
    try (H2Storage storage = H2Storage.open(store)) {
      store(storage, "a", value(1));
      assertModes();
      storage.compact(NOW);
      assertModes();
    }
  }

  private void assertModes() throws IOException {
    for (String name : List.of("new/sub/app.mv.db", "new/sub/app.mv.db.lock")) {
      assertEquals("rw-------", mode(name), name);
    }
    assertEquals("rwx------", mode("new"));
    assertEquals("rwx------", mode("new/sub"));
  }

  private String mode(String name) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name)));
  }
}
