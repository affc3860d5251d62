package dev.kvstore.core.error;

import java.io.Serial;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The storage below the store failed: {@link ErrorCode#STORAGE_FAILED} or {@link ErrorCode#OUTCOME_UNKNOWN}. */
public final class StorageFailedException extends StoreException {

  @Serial
  private static final long serialVersionUID = 1L;

  private StorageFailedException(
      ErrorCode code, String message, Map<String, Object> details, @Nullable Throwable cause) {
    super(code, message, details, cause);
  }

  /** Reading or writing failed; a write that fails so was not applied. */
  public static StorageFailedException failed(
      String message, Map<String, Object> details, @Nullable Throwable cause) {
    return new StorageFailedException(ErrorCode.STORAGE_FAILED, message, details, cause);
  }

  /** A write may have taken place or not: it could not be forced to the disk, or its answer was lost. */
  public static StorageFailedException outcomeUnknown(
      String message, Map<String, Object> details, @Nullable Throwable cause) {
    return new StorageFailedException(ErrorCode.OUTCOME_UNKNOWN, message, details, cause);
  }
}
