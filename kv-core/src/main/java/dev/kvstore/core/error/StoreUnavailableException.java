package dev.kvstore.core.error;

import java.io.Serial;
import java.util.Map;

/** The store cannot be used now: {@link ErrorCode#STORE_LOCKED}, {@link ErrorCode#STORE_MISSING} or {@link
 * ErrorCode#STORE_CLOSED}. */
public final class StoreUnavailableException extends StoreException {

  @Serial
  private static final long serialVersionUID = 1L;

  private StoreUnavailableException(ErrorCode code, String message, Map<String, Object> details) {
    super(code, message, details, null);
  }

  /**
   * Somebody else owns the store.
   *
   * @param location where the store lies, as its user named it
   * @param holder a description of the owner for the message, such as "process 4711 since ..."
   * @param details the same for programs: {@code pid}, {@code since}, {@code command} as far as known
   */
  public static StoreUnavailableException locked(
      String location, String holder, Map<String, Object> details) {
    return new StoreUnavailableException(
        ErrorCode.STORE_LOCKED,
        "store "
            + Printable.quote(location)
            + " is in use by "
            + holder
            + "; a store belongs to one opening at a time, close that one first",
        details);
  }

  /** A store that must exist is not at {@code location}. */
  public static StoreUnavailableException missing(String location) {
    return new StoreUnavailableException(
        ErrorCode.STORE_MISSING,
        "there is no store at " + Printable.quote(location) + "; a create or put makes one",
        Map.of("location", location));
  }

  /**
   * The store or session was closed before the call.
   *
   * @param what "store" or "session"
   */
  public static StoreUnavailableException closed(String what) {
    return new StoreUnavailableException(
        ErrorCode.STORE_CLOSED, "the " + what + " is closed; open a new one", Map.of());
  }
}
