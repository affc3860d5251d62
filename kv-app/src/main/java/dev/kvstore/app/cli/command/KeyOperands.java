package dev.kvstore.app.cli.command;

import dev.kvstore.core.model.Key;
import java.util.ArrayList;
import java.util.List;

/** The keys that a command line names. */
final class KeyOperands {

  private KeyOperands() {}

  /**
   * All operands as keys, in their order.
   *
   * @throws dev.kvstore.core.error.InvalidInputException INVALID_KEY if one is no key
   */
  static List<Key> of(Invocation invocation) {
    List<Key> keys = new ArrayList<>();
    for (String operand : invocation.arguments().operands()) {
      keys.add(Key.of(operand));
    }
    return keys;
  }
}
