package dev.kvstore.core.error;

import java.io.Serial;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is stored cannot be used: {@link ErrorCode#STORE_CORRUPT} or {@link ErrorCode#UNSUPPORTED_FORMAT}. Nothing was
 * changed. */
public final class CorruptStoreException extends StoreException {

  @Serial
  private static final long serialVersionUID = 1L;

  private CorruptStoreException(
      ErrorCode code, String message, Map<String, Object> details, @Nullable Throwable cause) {
    super(code, message, details, cause);
  }

  /**
   * The stored bytes are damaged.
   *
   * @param message names the file, the place and what is wrong there
   * @param details {@code file} and, as far as they apply, {@code offset} (bytes from 0), {@code line} (from 1) and {@code
   *     key}
   */
  public static CorruptStoreException damaged(String message, Map<String, Object> details) {
    return new CorruptStoreException(ErrorCode.STORE_CORRUPT, message, details, null);
  }

  /** Like {@link #damaged(String, Map)}, for damage that an engine below reported. */
  public static CorruptStoreException damaged(
      String message, Map<String, Object> details, Throwable cause) {
    return new CorruptStoreException(ErrorCode.STORE_CORRUPT, message, details, cause);
  }

  /** The file is not a store, or of a format that this version does not know. */
  public static CorruptStoreException unsupportedFormat(
      String message, Map<String, Object> details) {
    return new CorruptStoreException(ErrorCode.UNSUPPORTED_FORMAT, message, details, null);
  }
}
