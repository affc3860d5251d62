package dev.kvstore.files;

import dev.kvstore.core.error.Printable;
import dev.kvstore.core.error.StorageFailedException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Map;

/** Turns what the file system reports into the store's own errors, in words for a person. */
public final class StorageFailures {

  private StorageFailures() {}

  /**
   * STORAGE_FAILED for a failed file operation.
   *
   * @param action what was tried, such as "open" or "write"
   */
  public static StorageFailedException failed(String action, Path file, IOException cause) {
    return StorageFailedException.failed(
        "cannot " + action + " " + Printable.quote(file.toString()) + ": " + reason(cause),
        Map.of("file", file.toString()),
        cause);
  }

  /** Why a file operation failed, in a few words. */
  public static String reason(IOException cause) {
    if (cause instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (cause instanceof NoSuchFileException) {
      return "no such file or folder";
    }
    if (cause instanceof NotDirectoryException) {
      return "a part of the path is no folder";
    }
    String text = cause instanceof FileSystemException failure && failure.getReason() != null
        ? failure.getReason()
        : cause.getMessage();
    if (text == null) {
      return cause.getClass().getSimpleName();
    }
    // Older parts of the JDK report "PATH (reason)"; the path is named already.
    int reason = cause instanceof FileNotFoundException ? text.lastIndexOf(" (") : -1;
    boolean named = reason >= 0 && text.endsWith(")");
    return Printable.escape(named ? text.substring(reason + 2, text.length() - 1) : text);
  }
}
