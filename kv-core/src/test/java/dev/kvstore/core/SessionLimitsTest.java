package dev.kvstore.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.kvstore.core.error.ErrorCode;
import dev.kvstore.core.error.LimitExceededException;
import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.JsonValue;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.model.TimeToLive;
import dev.kvstore.core.port.CommitResult;
import dev.kvstore.core.port.Effect;
import dev.kvstore.core.port.Expectation;
import dev.kvstore.core.port.Mutation;
import dev.kvstore.core.port.SessionLimits;
import dev.kvstore.core.port.StoragePort;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** The engine's bounds of a session: exactly at them and one over. */
class SessionLimitsTest {

  private static final long NOW = 1_700_000_000_000L;
  private static final TimeToLive NO_END = TimeToLive.unlimited();
  private static final JsonValue TWO_BYTES = JsonValue.parse("{}");

  private final StoragePort port = mock(StoragePort.class);

  @BeforeEach
  void anEmptyMaster() {
    when(port.find(any(), anyLong())).thenReturn(Optional.empty());
    when(port.commit(any(), anyLong())).thenReturn(CommitResult.APPLIED);
  }

  @Test
  void everyOperationCountsAlsoOnTheSameKey() {
    try (Session session = session(4, 1_000)) {
      session.create("k", "{}");
      session.put("k", "{}");
      session.delete("k");
      session.put("k", "{}");
      assertTooLarge("operations", 5, 4, () -> session.put("k", "{}"));
      assertTooLarge("operations", 5, 4, () -> session.delete("k"));
      assertEquals(4, session.stagedOperations());
    }
  }

  @Test
  void refusedOperationsDoNotCount() {
    try (Session session = session(1, 1_000)) {
      for (int i = 0; i < 5; i++) {
        assertThrows(RuntimeException.class, () -> session.delete("k"));
      }
      session.create("k", "{}");
      assertEquals(1, session.stagedOperations());
    }
  }

  @Test
  void keysThatAreLookedAtAreBounded() {
    try (Session session = session(2, 1_000)) {
      session.exists("a");
      session.exists("b");
      assertTooLarge("keys", 3, 2, () -> session.exists("c"));
      assertTooLarge("keys", 3, 2, () -> session.create("c", "{}"));
      assertFalse(session.exists("a"));
      session.create("b", "{}");
      session.commit();
    }
    verify(port)
        .commit(
            List.of(
                new Mutation(Key.of("a"), Expectation.ABSENT, Effect.NONE),
                Mutation.create(Key.of("b"), TWO_BYTES, Entry.NEVER)),
            NOW);
  }

  @Test
  void bytesAreThoseOfKeysAndValuesInUtf8() {
    try (Session session = session(100, 10)) {
      session.create(Key.of("\u20ac"), TWO_BYTES, NO_END);
      session.create(Key.of("abc"), TWO_BYTES, NO_END);
      assertTooLarge("bytes", 13, 10, () -> session.create("x", "{}"));
      assertEquals(2, session.stagedOperations());
    }
    try (Session session = session(100, 10)) {
      session.create("k", "{\"a\":123}");
      assertTooLarge("bytes", 11, 10, () -> session.put("k", "{\"a\":1234}"));
    }
  }

  @Test
  void aReplacementCountsInPlaceOfWhatItReplaces() {
    try (Session session = session(100, 10)) {
      session.put("k", "{\"a\":123}");
      session.delete("k");
      session.put("l", "{\"a\":1}");
      assertTooLarge("bytes", 11, 10, () -> session.put("k", "{}"));
      session.delete("l");
      session.put("k", "{}");
      assertTrue(session.exists("k"));
    }
  }

  @Test
  void anOperationThatIsTooLargeIsNotStagedAndTheSessionGoesOn() {
    try (Session session = session(100, 10)) {
      session.put("k", "{\"a\":12}");
      assertTooLarge("bytes", 12, 10, () -> session.put("x", "{}"));
      assertFalse(session.exists("x"));
      session.put("k", "{}");
      session.commit();
    }
    verify(port)
        .commit(
            List.of(
                Mutation.create(Key.of("k"), TWO_BYTES, Entry.NEVER),
                new Mutation(Key.of("x"), Expectation.ABSENT, Effect.NONE)),
            NOW);
  }

  @Test
  void fileEnginesTakeTenThousandOperations() {
    try (Session session = session(10_000, 64L << 20)) {
      for (int i = 0; i < 10_000; i++) {
        session.create("k" + i, "{}");
      }
      assertTooLarge("operations", 10_001, 10_000, () -> session.put("k0", "{}"));
      assertTooLarge("keys", 10_001, 10_000, () -> session.put("k10000", "{}"));
      session.commit();
    }
  }

  @Test
  void fileEnginesTake64Mebibytes() {
    String full = "{\"a\":\"" + "x".repeat(16_384 - 8) + "\"}";
    JsonValue value = JsonValue.parse(full);
    long limit = 64L << 20;
    int fits = (int) (limit / (16_384 + 8));
    try (Session session = session(10_000, limit)) {
      for (int i = 0; i < fits; i++) {
        session.create(Key.of(String.format("%08d", i)), value, NO_END);
      }
      long actual = (fits + 1L) * (16_384 + 8);
      assertTooLarge("bytes", actual, limit, () -> session.create("99999999", full));
      session.commit();
    }
  }

  private Session session(int maxOperations, long maxBytes) {
    when(port.sessionLimits()).thenReturn(new SessionLimits(maxOperations, maxBytes));
    return new KeyValueStore(port, InstantSource.fixed(Instant.ofEpochMilli(NOW))).session();
  }

  private static void assertTooLarge(String what, long actual, long limit, Executable call) {
    LimitExceededException refusal = assertThrows(LimitExceededException.class, call);
    assertEquals(ErrorCode.SESSION_TOO_LARGE, refusal.code());
    assertEquals(Map.of("unit", what, "actual", actual, "limit", limit), refusal.details());
  }
}
