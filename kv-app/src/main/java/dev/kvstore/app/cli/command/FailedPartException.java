package dev.kvstore.app.cli.command;

import dev.kvstore.core.error.Printable;
import dev.kvstore.core.error.StoreException;
import java.io.Serial;
import java.util.LinkedHashMap;
import java.util.Map;

/** A part of a larger piece of work was refused: a line of an input, or an entry. The message names it. */
public final class FailedPartException extends RuntimeException {

  @Serial
  private static final long serialVersionUID = 1L;

  private final StoreException failure;
  private final String detail;
  private final transient Object place;

  private FailedPartException(String message, String detail, Object place, StoreException failure) {
    super(message, failure);
    this.detail = detail;
    this.place = place;
    this.failure = failure;
  }

  /** The line of a number, from 1, was refused. */
  static FailedPartException line(long number, StoreException failure) {
    return new FailedPartException(
        "line " + number + ": " + failure.getMessage(), "inputLine", number, failure);
  }

  /** The entry of a key was refused. */
  static FailedPartException entry(String key, StoreException failure) {
    return new FailedPartException(
        "entry " + Printable.quote(key) + ": " + failure.getMessage(), "key", key, failure);
  }

  /** The same with more to say at the end. */
  FailedPartException withContext(String text) {
    return new FailedPartException(getMessage() + text, detail, place, failure);
  }

  /** Why it was refused. */
  public StoreException failure() {
    return failure;
  }

  /** The figures of the failure, and which part it was. */
  public Map<String, Object> details() {
    Map<String, Object> details = new LinkedHashMap<>(failure.details());
    details.put(detail, place);
    return details;
  }
}
