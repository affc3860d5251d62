package dev.kvstore.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.core.error.ErrorCode;
import dev.kvstore.core.error.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoragePathTest {

  @TempDir
  private Path folder;

  @Test
  void isAbsoluteAndNormal() {
    StoragePath path = StoragePath.parse("a/../b/./s.jsonl");
    assertEquals(Path.of("b/s.jsonl").toAbsolutePath(), path.file());
    assertEquals(Path.of("b").toAbsolutePath(), path.folder());
    assertEquals(Path.of("b/s.jsonl.lock").toAbsolutePath(), path.sidecar(".lock"));
  }

  @Test
  void lengthsAreCountedInBytes() {
    assertEquals(
        200,
        StoragePath.parse("\u00e9".repeat(100))
            .file()
            .getFileName()
            .toString()
            .getBytes(StandardCharsets.UTF_8)
            .length);
    assertRefused("\u00e9".repeat(101), "has a file name of 202 bytes; the limit is 200");
    assertRefused("/" + "x/".repeat(2_001), "has a path of");
  }

  @Test
  void somethingElseOfThatNameIsNoDataFile() throws IOException {
    assertFalse(StoragePath.of(folder.resolve("nothing")).exists());
    assertFalse(StoragePath.of(folder.resolve("no/thing")).exists());
    Path file = Files.createFile(folder.resolve("file"));
    assertTrue(StoragePath.of(file).exists());
    assertThrows(InvalidInputException.class, () -> StoragePath.of(folder).exists());
    InvalidInputException below = assertThrows(
        InvalidInputException.class, () -> StoragePath.of(file.resolve("a/b")).exists());
    assertTrue(below.getMessage().contains("which is no folder"), below::getMessage);
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    assertThrows(InvalidInputException.class, () -> StoragePath.of(link).exists());
    Files.createLink(folder.resolve("other"), file);
    InvalidInputException linked =
        assertThrows(InvalidInputException.class, () -> StoragePath.of(file).exists());
    assertTrue(linked.getMessage().contains("has 2 hard links"), linked::getMessage);
  }

  @Test
  void aRefusalShowsNoControlCharacter() {
    assertRefused("a\u001b[31mb", "has a control character");
    assertRefused("a\u0000b", "is no path on this system");
    assertRefused("", "is empty");
    assertRefused("/", "names no file");
  }

  private static void assertRefused(String text, String why) {
    InvalidInputException refused =
        assertThrows(InvalidInputException.class, () -> StoragePath.parse(text));
    assertEquals(ErrorCode.INVALID_LOCATION, refused.code());
    assertTrue(refused.getMessage().contains(why), refused::getMessage);
    assertFalse(refused.getMessage().codePoints().anyMatch(Character::isISOControl));
  }

  @Test
  void aNameThatAFileBesideAStoreHasIsRefused() {
    for (String suffix : new String[] {
      ".lock", ".index", ".index.tmp", ".compact", ".rewrite", ".torn-7", ".torn-70.12"
    }) {
      assertRefused("s" + suffix, "ends with " + suffix + ", as a file beside a store does");
      assertEquals(
          suffix, StoragePath.suffixBeside(Path.of("a/s.torn-1" + suffix)).orElseThrow());
    }
    for (String other :
        new String[] {"s.locks", "lock", "s.torn-", "s.torn-x", "s.torn-7.", "torn-7"}) {
      assertEquals(other, StoragePath.parse(other).file().getFileName().toString());
    }
  }
}
