package dev.kvstore.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kvstore.core.error.ErrorCode;
import dev.kvstore.core.error.StorageFailedException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class StorageFailuresTest {

  @Test
  void theReasonIsForPeople() {
    assertEquals("permission denied", StorageFailures.reason(new AccessDeniedException("/x")));
    assertEquals("no such file or folder", StorageFailures.reason(new NoSuchFileException("/x")));
    assertEquals(
        "Too many open files",
        StorageFailures.reason(new FileSystemException("/x", null, "Too many open files")));
    assertEquals(
        "Permission denied",
        StorageFailures.reason(new FileNotFoundException("/x (y) (Permission denied)")));
    assertEquals(
        "No space left on device",
        StorageFailures.reason(new IOException("No space left on device")));
    assertEquals("IOException", StorageFailures.reason(new IOException()));
  }

  @Test
  void theMessageNamesTheFileAndShowsNoControlCharacter() {
    StorageFailedException failure =
        StorageFailures.failed("open", Path.of("/a\u001bb"), new IOException("x\u001by"));
    assertEquals(ErrorCode.STORAGE_FAILED, failure.code());
    assertEquals("cannot open \"/a\\u001bb\": x\\u001by", failure.getMessage());
  }
}
