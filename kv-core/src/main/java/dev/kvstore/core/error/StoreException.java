package dev.kvstore.core.error;

import java.io.Serial;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The root of everything that a store throws on purpose. The message is one line for a person: what was wrong, the
 * limit, the actual figure, what to do. Whatever it was made of, {@link Printable#escape} was applied to it, so it may go
 * to a terminal as it is.
 *
 * <p>Unless the code is {@link ErrorCode#OUTCOME_UNKNOWN}, a call that throws has changed no entry. (Other effects are told where
 * they are: a store whose close throws is closed all the same.)
 */
public abstract sealed class StoreException extends RuntimeException
    permits CorruptStoreException,
        InvalidInputException,
        LimitExceededException,
        PreconditionFailedException,
        StorageFailedException,
        StoreUnavailableException,
        UnsupportedByEngineException {

  @Serial
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final transient Map<String, Object> details;

  StoreException(
      ErrorCode code, String message, Map<String, Object> details, @Nullable Throwable cause) {
    super(Printable.escape(message), cause);
    this.code = code;
    this.details = Collections.unmodifiableMap(new TreeMap<>(details));
  }

  /** Which of the closed list of errors this is. */
  public ErrorCode code() {
    return code;
  }

  /**
   * The figures of the message for a program: names such as {@code key}, {@code limit}, {@code actual}, {@code
   * offset}, with values of type String, Long, Integer or Boolean. In alphabetical order of the names, unmodifiable,
   * never null; empty after deserialization. A string here is raw, so a key may hold what a terminal would obey.
   */
  public Map<String, Object> details() {
    return details == null ? Map.of() : details;
  }
}
