package dev.kvstore.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class PrivateFilesTest {

  @TempDir
  private Path folder;

  @Test
  void newFilesAndFoldersAreForTheirOwnerAlone() throws IOException {
    Path inner = folder.resolve("a/b");
    PrivateFiles.createFolders(inner);
    Path file = inner.resolve("f");
    PrivateFiles.createNew(file).close();
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(inner)));
    assertEquals(
        "rwx------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("a"))));
  }

  @Test
  void aNewFileTakesNobodysPlace() throws IOException {
    Path dangling = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("nothing"));
    assertThrows(FileAlreadyExistsException.class, () -> PrivateFiles.createNew(dangling));
    assertTrue(Files.notExists(folder.resolve("nothing")));
  }

  @Test
  void temporaryFilesAreEmptyAndForTheirOwnerAlone() throws IOException {
    Path one = PrivateFiles.createTemporary("kv-", ".test");
    Path other = PrivateFiles.createTemporary("kv-", ".test");
    try {
      assertNotEquals(one, other);
      assertEquals(Path.of(System.getProperty("java.io.tmpdir")), one.getParent());
      assertTrue(one.getFileName().toString().matches("kv-.+\\.test"), one.toString());
      assertEquals(0, Files.size(one));
      assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(one)));
    } finally {
      Files.delete(one);
      Files.delete(other);
    }
  }

  @Test
  void forcingAFolderIsNotDisturbedByAnInterrupt() throws IOException {
    Thread.currentThread().interrupt();
    try {
      PrivateFiles.forceFolder(folder);
      assertTrue(Thread.currentThread().isInterrupted());
    } finally {
      Thread.interrupted();
    }
  }

  @Test
  void forcingAFolderReportsFailure() {
    assertThrows(
        NoSuchFileException.class, () -> PrivateFiles.forceFolder(folder.resolve("nothing")));
  }
}
