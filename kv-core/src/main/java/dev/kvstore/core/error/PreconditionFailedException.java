package dev.kvstore.core.error;

import java.io.Serial;
import java.util.Map;

/** The store was not in the state that the call needs: {@link ErrorCode#KEY_EXISTS}, {@link
 * ErrorCode#KEY_NOT_FOUND} or {@link ErrorCode#CONFLICT}. The details hold the {@code key}. */
public final class PreconditionFailedException extends StoreException {

  @Serial
  private static final long serialVersionUID = 1L;

  private PreconditionFailedException(ErrorCode code, String message, String key) {
    super(code, message, Map.of("key", key), null);
  }

  /** A create of {@code key} met a live entry. */
  public static PreconditionFailedException exists(String key) {
    return new PreconditionFailedException(
        ErrorCode.KEY_EXISTS,
        "key " + Printable.quote(key) + " already exists; delete it first, or put to replace it",
        key);
  }

  /** A store that must be empty, at {@code location}, holds entries; {@code key} is the first of them. */
  public static PreconditionFailedException occupied(String location, String key) {
    return new PreconditionFailedException(
        ErrorCode.KEY_EXISTS,
        "store " + Printable.quote(location) + " must be empty, and holds key "
            + Printable.quote(key) + "; name another store, or delete what it holds",
        key);
  }

  /** A read or delete of {@code key} met no live entry. */
  public static PreconditionFailedException notFound(String key) {
    return new PreconditionFailedException(
        ErrorCode.KEY_NOT_FOUND,
        "key " + Printable.quote(key) + " does not exist or has expired",
        key);
  }

  /** {@code key} has changed since a session read or wrote it. */
  public static PreconditionFailedException conflict(String key) {
    return new PreconditionFailedException(
        ErrorCode.CONFLICT,
        "key "
            + Printable.quote(key)
            + " has changed since the session read or wrote it; nothing was applied, begin a new session and try again",
        key);
  }
}
