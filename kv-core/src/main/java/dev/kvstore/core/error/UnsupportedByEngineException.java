package dev.kvstore.core.error;

import java.io.Serial;
import java.util.Map;

/** The engine behind the store, or this opening of it, cannot do what was asked: {@link ErrorCode#UNSUPPORTED}. */
public final class UnsupportedByEngineException extends StoreException {

  @Serial
  private static final long serialVersionUID = 1L;

  /**
   * An engine without an ability.
   *
   * @param engine the name of the engine
   * @param ability what was asked of it
   */
  public UnsupportedByEngineException(String engine, String ability) {
    this(
        "the engine " + engine + " cannot " + ability + "; use another engine for that",
        Map.of("engine", engine, "ability", ability));
  }

  private UnsupportedByEngineException(String message, Map<String, Object> details) {
    super(ErrorCode.UNSUPPORTED, message, details, null);
  }

  /** A change of the store at {@code location}, which was opened for reading only. */
  public static UnsupportedByEngineException readOnly(String location) {
    return new UnsupportedByEngineException(
        "store " + Printable.quote(location)
            + " was opened for reading only; open it for writing to change it",
        Map.of("location", location));
  }
}
