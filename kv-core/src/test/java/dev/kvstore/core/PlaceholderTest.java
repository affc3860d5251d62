package dev.kvstore.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.kvstore.core.contract.PlaceholderContract;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class PlaceholderTest extends PlaceholderContract {
  @Test
  void mocksAndParses() {
    @SuppressWarnings("unchecked")
    Supplier<String> json = mock(Supplier.class);
    when(json.get()).thenReturn("{\"a\":1}");
    assertEquals(1, parse(json));
  }

  private static int parse(Supplier<String> json) {
    return JsonMapper.shared().readTree(json.get()).get("a").intValue();
  }

  @Test
  @Tag("slow")
  void slow() {}
}
