package dev.kvstore.core.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kvstore.core.Placeholder;
import org.junit.jupiter.api.Test;

/** Proves that the test-jar reaches other modules. */
public abstract class PlaceholderContract {
  @Test
  void namesTheCore() {
    assertEquals("kv-core", Placeholder.name());
  }
}
