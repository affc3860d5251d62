package dev.kvstore.core.error;

import java.io.Serial;
import java.util.Map;

/** The engine behind the store cannot do what was asked: {@link ErrorCode#UNSUPPORTED}. */
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
    super(
        ErrorCode.UNSUPPORTED,
        "the engine " + engine + " cannot " + ability + "; use another engine for that",
        Map.of("engine", engine, "ability", ability),
        null);
  }
}
