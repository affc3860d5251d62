package dev.kvstore.h2;

import dev.kvstore.core.error.CorruptStoreException;
import dev.kvstore.core.error.Printable;
import dev.kvstore.core.error.StorageFailedException;
import dev.kvstore.core.error.StoreException;
import dev.kvstore.core.error.StoreUnavailableException;
import dev.kvstore.files.StorageFailures;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import org.h2.api.ErrorCode;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;

/** Turns what H2 reports into the store's own errors, in words for a person. H2's own texts stay in the cause. */
final class Failures {

  private Failures() {}

  /**
   * The error for an exception of H2. If a failure of the file is below it, that is the reason; else H2's code tells.
   *
   * @param action what was tried, such as "read"
   */
  static StoreException of(String action, GuardedFile file, SQLException e) {
    boolean sealed = wantedToChange(file, e);
    Kind kind = sealed ? Kind.DAMAGED : kind(e);
    Optional<IOException> below = fileFailure(e, kind, file);
    if (below.isPresent() && !sealed) {
      return StorageFailures.failed(action, file.path(), below.get());
    }
    String path = file.path().toString();
    return switch (kind) {
      case LOCKED ->
        StoreUnavailableException.locked(
            path, "a process that has it open as an H2 database", Map.of());
      case DAMAGED ->
        CorruptStoreException.damaged(
            "the file "
                + Printable.quote(path)
                + " is damaged (H2 reports error "
                + e.getErrorCode()
                + "); restore a backup, or try H2's Recover tool on a copy",
            Map.of("file", path),
            e);
      case FOREIGN ->
        Schema.foreign(file.path(), "is an H2 database, but none that this program can use");
      case OTHER ->
        StorageFailedException.failed(
            "cannot "
                + action
                + " "
                + Printable.quote(path)
                + ": H2 reports error "
                + e.getErrorCode(),
            Map.of("file", path),
            e);
    };
  }

  /**
   * The error for an opening that has found the file wrong. If some of the file could not be read, that is the reason: H2 goes on
   * without what it cannot read, so nobody knows what the file holds.
   */
  static StoreException ofOpening(GuardedFile file, CorruptStoreException e) {
    WatchedFile.Trouble trouble = file.trouble();
    return trouble != null && trouble.fault() == WatchedFile.Fault.ACCESS
        ? StorageFailures.failed("open", file.path(), trouble.cause())
        : e;
  }

  /** The error for a store that takes no more calls because forcing its file has failed. */
  static StorageFailedException stopped(Path file, Throwable cause) {
    return StorageFailedException.failed(
        "the store "
            + Printable.quote(file.toString())
            + " has stopped after a failure of the disk; close it and open it again",
        Map.of("file", file.toString()),
        cause);
  }

  /** The error for a commit of which nobody knows whether a crash would undo it. */
  static StorageFailedException outcomeUnknown(Path file, Throwable cause) {
    return StorageFailedException.outcomeUnknown(
        "writing "
            + Printable.quote(file.toString())
            + " failed when it was to be made durable, so the write may or may not be there; open the store again and look",
        Map.of("file", file.toString()),
        cause);
  }

  private enum Kind {
    LOCKED,
    DAMAGED,
    FOREIGN,
    OTHER
  }

  /** Whether H2 failed because it would change a file while it is examined. A sound store gives it no reason to. */
  private static boolean wantedToChange(GuardedFile file, SQLException e) {
    WatchedFile.Trouble trouble = file.trouble();
    if (trouble == null || trouble.fault() != WatchedFile.Fault.SEALED) {
      return false;
    }
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause.equals(trouble.cause())) {
        return true;
      }
    }
    return false;
  }

  private static Optional<IOException> fileFailure(SQLException e, Kind kind, GuardedFile file) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      // A file that ends before what it should hold is damaged; it did not fail to be read.
      if (cause instanceof IOException failure && !(cause instanceof EOFException)) {
        return Optional.of(failure);
      }
    }
    // When a failure has closed the database, those who come later hear of the closing alone.
    // What could not be read or locked is to H2 as if it were damaged, not there, or another's.
    return kind == Kind.OTHER || file.hasFault(WatchedFile.Fault.ACCESS)
        ? Optional.ofNullable(file.trouble()).map(WatchedFile.Trouble::cause)
        : Optional.empty();
  }

  private static Kind kind(SQLException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof MVStoreException below) {
        return kindBelowSql(below.getErrorCode());
      }
    }
    return switch (e.getErrorCode()) {
      case ErrorCode.DATABASE_ALREADY_OPEN_1 -> Kind.LOCKED;
      case ErrorCode.FILE_CORRUPTED_1,
          ErrorCode.GENERAL_ERROR_1,
          ErrorCode.ROW_NOT_FOUND_IN_PRIMARY_INDEX -> Kind.DAMAGED;
      case ErrorCode.WRONG_USER_OR_PASSWORD,
          ErrorCode.FILE_ENCRYPTION_ERROR_1,
          ErrorCode.FILE_VERSION_ERROR_1,
          // It would have to be set up first, so there is no store in it.
          ErrorCode.DATABASE_IS_READ_ONLY -> Kind.FOREIGN;
      default -> Kind.OTHER;
    };
  }

  /** No read of the file has failed here, so a failure to read means that what was read is wrong. */
  private static Kind kindBelowSql(int code) {
    return switch (code) {
      case DataUtils.ERROR_FILE_LOCKED -> Kind.LOCKED;
      case DataUtils.ERROR_UNSUPPORTED_FORMAT -> Kind.FOREIGN;
      case DataUtils.ERROR_FILE_CORRUPT,
          DataUtils.ERROR_CHUNK_NOT_FOUND,
          DataUtils.ERROR_BLOCK_NOT_FOUND,
          DataUtils.ERROR_TRANSACTION_CORRUPT,
          DataUtils.ERROR_SERIALIZATION,
          DataUtils.ERROR_UNKNOWN_DATA_TYPE,
          DataUtils.ERROR_READING_FAILED,
          DataUtils.ERROR_INTERNAL -> Kind.DAMAGED;
      default -> Kind.OTHER;
    };
  }
}
