package dev.kvstore.jsonfile.index;

import dev.kvstore.core.error.StoreException;
import java.io.Serial;

/**
 * A list met a damaged line that no longer counts: the order of the keys rests on it until it is made anew, see {@link
 * KeyIndex#forgetOrder}.
 */
public final class StaleOrderException extends RuntimeException {

  @Serial
  private static final long serialVersionUID = 1L;

  private final transient StoreException damage;

  StaleOrderException(StoreException damage) {
    super(damage);
    this.damage = damage;
  }

  /** STORE_CORRUPT with the place of the line; for one who has made the order anew already. */
  public StoreException damage() {
    return damage;
  }
}
