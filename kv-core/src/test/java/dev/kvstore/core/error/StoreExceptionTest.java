package dev.kvstore.core.error;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StoreExceptionTest {

  private static final String NASTY = "a\u001b[2J\n\u202e\ud800b";
  private static final Map<String, Object> PLACE = Map.of("file", "f", "offset", 7L);

  static Stream<Arguments> everyFactory() {
    IOException cause = new IOException("cause");
    return Stream.of(
        arguments(ErrorCode.INVALID_KEY, InvalidInputException.key("m " + NASTY, PLACE)),
        arguments(ErrorCode.INVALID_VALUE, InvalidInputException.value("m " + NASTY, PLACE)),
        arguments(ErrorCode.INVALID_TTL, InvalidInputException.timeToLive("m " + NASTY, PLACE)),
        arguments(ErrorCode.INVALID_LOCATION, InvalidInputException.location("m " + NASTY, PLACE)),
        arguments(ErrorCode.KEY_EXISTS, PreconditionFailedException.exists(NASTY)),
        arguments(ErrorCode.KEY_EXISTS, PreconditionFailedException.occupied(NASTY, NASTY)),
        arguments(ErrorCode.KEY_NOT_FOUND, PreconditionFailedException.notFound(NASTY)),
        arguments(ErrorCode.CONFLICT, PreconditionFailedException.conflict(NASTY)),
        arguments(ErrorCode.STORE_FULL, LimitExceededException.storeFull(NASTY, 1, 2, 3)),
        arguments(ErrorCode.STORE_FULL, LimitExceededException.clusterFull(NASTY, 1, 2, 3)),
        arguments(
            ErrorCode.SESSION_TOO_LARGE, LimitExceededException.sessionTooLarge("bytes", 2, 1)),
        arguments(
            ErrorCode.STORE_LOCKED,
            StoreUnavailableException.locked(NASTY, "process " + NASTY, PLACE)),
        arguments(ErrorCode.STORE_MISSING, StoreUnavailableException.missing(NASTY)),
        arguments(ErrorCode.STORE_CLOSED, StoreUnavailableException.closed("session")),
        arguments(ErrorCode.STORE_CORRUPT, CorruptStoreException.damaged("m " + NASTY, PLACE)),
        arguments(
            ErrorCode.STORE_CORRUPT, CorruptStoreException.damaged("m " + NASTY, PLACE, cause)),
        arguments(
            ErrorCode.UNSUPPORTED_FORMAT,
            CorruptStoreException.unsupportedFormat("m " + NASTY, PLACE)),
        arguments(
            ErrorCode.STORAGE_FAILED, StorageFailedException.failed("m " + NASTY, PLACE, cause)),
        arguments(
            ErrorCode.OUTCOME_UNKNOWN,
            StorageFailedException.outcomeUnknown("m " + NASTY, PLACE, null)),
        arguments(
            ErrorCode.UNSUPPORTED, new UnsupportedByEngineException("h2", "verify " + NASTY)));
  }

  @ParameterizedTest
  @MethodSource("everyFactory")
  void carriesItsCodeAndAMessageThatATerminalMayShow(ErrorCode code, StoreException exception) {
    assertEquals(code, exception.code());
    String message = exception.getMessage();
    assertFalse(message.isBlank());
    assertFalse(message.codePoints().anyMatch(Printable::isHarmful), Printable.escape(message));
  }

  @Test
  void everyCodeHasAFactory() {
    Set<ErrorCode> made =
        everyFactory().map(each -> (ErrorCode) each.get()[0]).collect(Collectors.toSet());
    assertEquals(EnumSet.allOf(ErrorCode.class), made);
  }

  @Test
  void messagesAboutKeysNameTheKeyAndTellWhatToDo() {
    assertEquals(
        "key \"k\" already exists; delete it first, or put to replace it",
        PreconditionFailedException.exists("k").getMessage());
    assertEquals(
        "key \"k\" does not exist or has expired",
        PreconditionFailedException.notFound("k").getMessage());
    String conflict = PreconditionFailedException.conflict("k").getMessage();
    assertTrue(
        conflict.startsWith("key \"k\" has changed") && conflict.contains("nothing was applied"),
        conflict);
    assertEquals(Map.of("key", NASTY), PreconditionFailedException.exists(NASTY).details());
    String occupied = PreconditionFailedException.occupied("/s", "k").getMessage();
    assertTrue(occupied.startsWith("store \"/s\" must be empty, and holds key \"k\";"), occupied);
  }

  @Test
  void messagesAboutLimitsHoldTheLimitAndTheFigure() {
    StoreException full = LimitExceededException.storeFull("/s/x.jsonl", 1_234, 64_999, 65_536);
    assertEquals(Map.of("needed", 1_234L, "actual", 64_999L, "limit", 65_536L), full.details());
    for (String part : List.of("\"/s/x.jsonl\"", "1234 bytes", "64999 of at most 65536")) {
      assertTrue(full.getMessage().contains(part), full.getMessage());
    }
    assertTrue(full.getMessage().contains("delete entries"), full.getMessage());
    String larger = LimitExceededException.storeFull("s", 1_234, 70_000, 65_536).getMessage();
    assertTrue(larger.contains("larger than the cap, open with at least 71234 bytes"), larger);
    assertFalse(larger.contains("delete"), larger);
    StoreException cluster = LimitExceededException.clusterFull("a:1", 1_234, 64_999, 65_536);
    assertEquals(Map.of("needed", 1_234L, "actual", 64_999L, "limit", 65_536L), cluster.details());
    assertTrue(
        cluster.getMessage().contains("1234 bytes, 64999 bytes are in use and the quota is 65536;"),
        cluster.getMessage());
    assertTrue(LimitExceededException.clusterFull("a:1", 5, 9, 0)
        .getMessage()
        .contains("5 bytes, 9 bytes are in use;"));
    assertTrue(LimitExceededException.clusterFull("a:1", 5, 0, 0)
        .getMessage()
        .contains("5 bytes; delete"));
    StoreException large = LimitExceededException.sessionTooLarge("operations", 10_001, 10_000);
    assertEquals(
        Map.of("unit", "operations", "actual", 10_001L, "limit", 10_000L), large.details());
    for (String part : List.of("10001 operations", "the limit is 10000", "commit")) {
      assertTrue(large.getMessage().contains(part), large.getMessage());
    }
  }

  @Test
  void messagesAboutTheStoreTellWhoHasItAndWhere() {
    StoreException locked =
        StoreUnavailableException.locked("/s", "process 4711", Map.of("pid", 4711L));
    assertTrue(
        locked.getMessage().startsWith("store \"/s\" is in use by process 4711;"),
        locked.getMessage());
    assertEquals(Map.of("pid", 4711L), locked.details());
    StoreException missing = StoreUnavailableException.missing("/s");
    assertTrue(missing.getMessage().contains("\"/s\""), missing.getMessage());
    assertEquals(Map.of("location", "/s"), missing.details());
    assertEquals(
        "the session is closed; open a new one",
        StoreUnavailableException.closed("session").getMessage());
    StoreException unsupported = new UnsupportedByEngineException("h2", "repair");
    assertEquals(Map.of("engine", "h2", "ability", "repair"), unsupported.details());
    assertTrue(unsupported.getMessage().contains("h2 cannot repair"), unsupported.getMessage());
    StoreException readOnly = UnsupportedByEngineException.readOnly("/s");
    assertEquals(Map.of("location", "/s"), readOnly.details());
    assertTrue(
        readOnly.getMessage().startsWith("store \"/s\" was opened for reading only;"),
        readOnly.getMessage());
  }

  @Test
  void theCauseIsKept() {
    IOException cause = new IOException("cause");
    assertSame(cause, StorageFailedException.failed("m", PLACE, cause).getCause());
    assertSame(cause, CorruptStoreException.damaged("m", PLACE, cause).getCause());
    assertNull(CorruptStoreException.damaged("m", PLACE).getCause());
  }

  @Test
  void detailsAreACopyInAlphabeticalOrderThatNobodyChanges() {
    Map<String, Object> given =
        new HashMap<>(Map.of("offset", 7L, "file", "f", "line", 2, "key", "k"));
    StoreException exception = CorruptStoreException.damaged("m", given);
    given.clear();
    assertEquals(
        List.of("file", "key", "line", "offset"),
        List.copyOf(exception.details().keySet()));
    assertThrows(UnsupportedOperationException.class, () -> exception.details().put("x", 1L));
  }

  @Test
  void survivesSerializationWithoutDetails() throws Exception {
    StoreException before = PreconditionFailedException.conflict("k");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(before);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      StoreException after = (StoreException) in.readObject();
      assertEquals(ErrorCode.CONFLICT, after.code());
      assertEquals(before.getMessage(), after.getMessage());
      assertEquals(Map.of(), after.details());
    }
  }
}
