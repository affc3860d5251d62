package dev.kvstore.core.model;

import dev.kvstore.core.error.InvalidInputException;
import dev.kvstore.core.json.JsonType;
import java.util.Locale;
import java.util.Map;

/** Which JSON types a store takes. It holds for one opening and for writes; a read returns what is there. */
public enum ValueTypes {
  /** JSON objects alone; the default. */
  OBJECTS,
  /** Every JSON type. */
  ANY;

  /**
   * Checks a value that is about to be stored.
   *
   * @throws InvalidInputException INVALID_VALUE if the store does not take values of its type
   */
  public void check(JsonValue value) {
    JsonType type = value.type();
    if (this == OBJECTS && type != JsonType.OBJECT) {
      throw InvalidInputException.value(
          "the value is "
              + type.phrase()
              + "; this store takes JSON objects. Put it into an object, or open the store with values=any (--values any, ValueTypes.ANY)",
          Map.of("type", type.name().toLowerCase(Locale.ROOT)));
    }
  }
}
