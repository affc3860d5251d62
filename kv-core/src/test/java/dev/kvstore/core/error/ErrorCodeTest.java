package dev.kvstore.core.error;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ErrorCodeTest {

  /** Programs and scripts know the names: a new one is an addition to the product, a changed one breaks its users. */
  @Test
  void theListIsClosed() {
    assertEquals(
        List.of(
            "INVALID_KEY",
            "INVALID_VALUE",
            "INVALID_TTL",
            "KEY_EXISTS",
            "KEY_NOT_FOUND",
            "CONFLICT",
            "SESSION_TOO_LARGE",
            "STORE_FULL",
            "STORE_LOCKED",
            "STORE_CORRUPT",
            "UNSUPPORTED_FORMAT",
            "STORE_MISSING",
            "OUTCOME_UNKNOWN",
            "STORAGE_FAILED",
            "INVALID_LOCATION",
            "UNSUPPORTED",
            "STORE_CLOSED"),
        Arrays.stream(ErrorCode.values()).map(Enum::name).toList());
  }
}
