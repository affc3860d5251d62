package dev.kvstore.core.error;

import java.io.Serial;
import java.util.Map;

/** A write passes a limit of the store: {@link ErrorCode#STORE_FULL} or {@link ErrorCode#SESSION_TOO_LARGE}. Nothing
 * was changed; the details hold {@code limit} and {@code actual}. */
public final class LimitExceededException extends StoreException {

  @Serial
  private static final long serialVersionUID = 1L;

  private LimitExceededException(ErrorCode code, String message, Map<String, Object> details) {
    super(code, message, details, null);
  }

  /**
   * A write does not fit under the size cap.
   *
   * @param location where the store lies, as its user named it
   * @param neededBytes what the write would add
   * @param usedBytes what the store takes now
   * @param limitBytes the cap
   */
  public static LimitExceededException storeFull(
      String location, long neededBytes, long usedBytes, long limitBytes) {
    // Then deletes make no room: they are written too, and what they free is less than what is too
    // much.
    String advice = usedBytes > limitBytes
        ? "; the file is already larger than the cap, open with at least "
            + (usedBytes + neededBytes) + " bytes"
        : " (some are kept back for deletes); delete entries, or open with a larger maximum size";
    return new LimitExceededException(
        ErrorCode.STORE_FULL,
        "store "
            + Printable.quote(location)
            + " is full: the write needs "
            + neededBytes
            + " bytes, "
            + usedBytes
            + " of at most "
            + limitBytes
            + " are in use"
            + advice,
        Map.of("needed", neededBytes, "actual", usedBytes, "limit", limitBytes));
  }

  /**
   * A write does not fit into what an engine on other machines may hold.
   *
   * @param location where the store lies, as its user named it
   * @param neededBytes what the write would add
   * @param usedBytes what is in use there; 0 if that is not known
   * @param limitBytes the limit there; 0 if that is not known
   */
  public static LimitExceededException clusterFull(
      String location, long neededBytes, long usedBytes, long limitBytes) {
    String figures = usedBytes == 0
        ? ""
        : ", " + usedBytes + " bytes are in use"
            + (limitBytes == 0 ? "" : " and the quota is " + limitBytes);
    return new LimitExceededException(
        ErrorCode.STORE_FULL,
        "store "
            + Printable.quote(location)
            + " is full: the write needs "
            + neededBytes
            + " bytes"
            + figures
            + "; delete entries and compact the store, or raise the quota of the cluster",
        Map.of("needed", neededBytes, "actual", usedBytes, "limit", limitBytes));
  }

  /**
   * A load has more entries or bytes than the engine commits at once.
   *
   * @param what the thing counted, "entries" or "bytes"
   */
  public static LimitExceededException loadTooLarge(String what, long actual, long limit) {
    return new LimitExceededException(
        ErrorCode.SESSION_TOO_LARGE,
        "the load has " + actual + " " + what + "; the limit is " + limit
            + ". Nothing was stored: load it in smaller parts",
        Map.of("unit", what, "actual", actual, "limit", limit));
  }

  /**
   * A session would pass what the engine commits at once.
   *
   * @param what the thing counted, such as "operations" or "bytes"
   */
  public static LimitExceededException sessionTooLarge(String what, long actual, long limit) {
    return new LimitExceededException(
        ErrorCode.SESSION_TOO_LARGE,
        "the session would hold "
            + actual
            + " "
            + what
            + "; the limit is "
            + limit
            + ". The operation was not staged: commit what is there, then go on in a new session",
        Map.of("unit", what, "actual", actual, "limit", limit));
  }
}
