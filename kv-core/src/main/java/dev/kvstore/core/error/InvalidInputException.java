package dev.kvstore.core.error;

import java.io.Serial;
import java.util.Map;

/** What the caller passed breaks a rule: {@link ErrorCode#INVALID_KEY}, {@link ErrorCode#INVALID_VALUE}, {@link
 * ErrorCode#INVALID_TTL} or {@link ErrorCode#INVALID_LOCATION}. */
public final class InvalidInputException extends StoreException {

  @Serial
  private static final long serialVersionUID = 1L;

  private InvalidInputException(ErrorCode code, String message, Map<String, Object> details) {
    super(code, message, details, null);
  }

  /** A key or prefix that breaks the rule for keys. */
  public static InvalidInputException key(String message, Map<String, Object> details) {
    return new InvalidInputException(ErrorCode.INVALID_KEY, message, details);
  }

  /** A value that breaks the rule for values; the details hold {@code line} and {@code column} where it is no JSON. */
  public static InvalidInputException value(String message, Map<String, Object> details) {
    return new InvalidInputException(ErrorCode.INVALID_VALUE, message, details);
  }

  /** A time to live that breaks the rule for them. */
  public static InvalidInputException timeToLive(String message, Map<String, Object> details) {
    return new InvalidInputException(ErrorCode.INVALID_TTL, message, details);
  }

  /** A path or address that no store may have. */
  public static InvalidInputException location(String message, Map<String, Object> details) {
    return new InvalidInputException(ErrorCode.INVALID_LOCATION, message, details);
  }
}
