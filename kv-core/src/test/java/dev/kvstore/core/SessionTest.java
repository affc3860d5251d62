package dev.kvstore.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.clearInvocations;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import dev.kvstore.core.error.ErrorCode;
import dev.kvstore.core.error.StoreException;
import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.JsonValue;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.model.KeyPrefix;
import dev.kvstore.core.model.KeyRange;
import dev.kvstore.core.model.Page;
import dev.kvstore.core.model.TimeToLive;
import dev.kvstore.core.model.ValueTypes;
import dev.kvstore.core.port.CommitResult;
import dev.kvstore.core.port.SessionLimits;
import dev.kvstore.core.port.StoragePort;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What a session shows before its commit: the master with what is staged over it, and nothing of it in the master. */
class SessionTest {

  private static final long START = 1_700_000_000_000L;
  private static final Key THERE = Key.of("there");
  private static final Key ABSENT = Key.of("absent");
  private static final JsonValue OLD = JsonValue.parse("{\"v\":\"old\"}");
  private static final JsonValue NEW = JsonValue.parse("{\"v\":\"new\"}");
  private static final Entry MASTER = new Entry(THERE, OLD, START + 90_000, 7);

  private final AtomicLong now = new AtomicLong(START);
  private final InstantSource clock = () -> Instant.ofEpochMilli(now.get());
  private final StoragePort port = mock(StoragePort.class);
  private Session session;

  @BeforeEach
  void aMasterWithOneEntry() {
    when(port.sessionLimits()).thenReturn(SessionLimits.FILE_ENGINE);
    when(port.find(any(), anyLong())).thenReturn(Optional.empty());
    when(port.find(THERE, START)).thenReturn(Optional.of(MASTER));
    when(port.commit(any(), anyLong())).thenReturn(CommitResult.APPLIED);
    session = new KeyValueStore(port, clock).session();
  }

  @AfterEach
  void end() {
    session.close();
  }

  @Test
  void readsItsOwnWrites() {
    session.create(ABSENT, NEW, TimeToLive.unlimited());
    assertEquals(NEW, session.read(ABSENT));
    session.put(THERE, NEW, TimeToLive.unlimited());
    assertEquals(NEW, session.read(THERE));
    session.put(THERE, OLD, TimeToLive.unlimited());
    assertEquals(OLD, session.read(THERE));
    session.delete(THERE);
    assertFalse(session.exists(THERE));
    verify(port, never()).commit(any(), anyLong());
  }

  @Test
  void readsTheMasterWhereNothingIsStaged() {
    assertEquals(Optional.of(MASTER), session.find(THERE));
    assertEquals(TimeToLive.ofSeconds(90), session.timeToLive(THERE));
    assertEquals(Optional.empty(), session.find(ABSENT));
    refused(ErrorCode.KEY_NOT_FOUND, () -> session.read(ABSENT));
    refused(ErrorCode.KEY_NOT_FOUND, () -> session.timeToLive(ABSENT));
  }

  @Test
  void whatIsStagedGoesWithTheStore() {
    KeyValueStore store = new KeyValueStore(port, clock);
    Session open = store.session();
    open.create(ABSENT, NEW, TimeToLive.unlimited());
    store.close();
    refused(ErrorCode.STORE_CLOSED, () -> open.read(ABSENT));
    refused(ErrorCode.STORE_CLOSED, open::changes);
    refused(ErrorCode.STORE_CLOSED, open::commit);
    verify(port, never()).commit(any(), anyLong());
    open.close();
  }

  @Test
  void tellsAtOnceThatAKeyExists() {
    refused(ErrorCode.KEY_EXISTS, () -> session.create(THERE, NEW, TimeToLive.unlimited()));
    assertEquals(OLD, session.read(THERE));
    session.create(ABSENT, OLD, TimeToLive.unlimited());
    refused(ErrorCode.KEY_EXISTS, () -> session.create(ABSENT, NEW, TimeToLive.unlimited()));
    assertEquals(OLD, session.read(ABSENT));
    assertEquals(1, session.stagedOperations());
  }

  @Test
  void tellsAtOnceThatAKeyIsNotThere() {
    refused(ErrorCode.KEY_NOT_FOUND, () -> session.delete(ABSENT));
    session.delete(THERE);
    refused(ErrorCode.KEY_NOT_FOUND, () -> session.delete(THERE));
    refused(ErrorCode.KEY_NOT_FOUND, () -> session.read(THERE));
    assertEquals(1, session.stagedOperations());
  }

  @Test
  void createsAgainWhatItDeleted() {
    session.delete(THERE);
    session.create(THERE, NEW, TimeToLive.unlimited());
    assertEquals(NEW, session.read(THERE));
    session.delete(THERE);
    assertFalse(session.exists(THERE));
    assertEquals(3, session.stagedOperations());
  }

  @Test
  void aStagedEntryHasVersion0AndExpiresAsIfCommittedNow() {
    session.put(THERE, NEW, TimeToLive.ofSeconds(5));
    assertEquals(Optional.of(new Entry(THERE, NEW, START + 5_000, 0)), session.find(THERE));
    now.addAndGet(60_000);
    assertEquals(Optional.of(new Entry(THERE, NEW, START + 65_000, 0)), session.find(THERE));
    assertEquals(TimeToLive.ofSeconds(5), session.timeToLive(THERE));
  }

  @Test
  void aStagedKeyIsNotSoughtInTheMasterAgain() {
    session.put(THERE, NEW, TimeToLive.unlimited());
    clearInvocations(port);
    session.read(THERE);
    session.put(THERE, OLD, TimeToLive.unlimited());
    session.delete(THERE);
    session.create(THERE, NEW, TimeToLive.unlimited());
    verifyNoInteractions(port);
  }

  @Test
  void valuesAndTimesToLiveObeyTheRulesOfTheStore() {
    clearInvocations(port);
    JsonValue number = JsonValue.parse("7");
    TimeToLive longest = TimeToLive.ofSeconds(TimeToLive.MAX_EXPIRY_MILLIS / 1_000);
    refused(ErrorCode.INVALID_VALUE, () -> session.create(ABSENT, number, TimeToLive.unlimited()));
    refused(ErrorCode.INVALID_VALUE, () -> session.put(ABSENT, number, TimeToLive.unlimited()));
    refused(ErrorCode.INVALID_TTL, () -> session.create(ABSENT, NEW, longest));
    refused(ErrorCode.INVALID_TTL, () -> session.put(ABSENT, NEW, longest));
    refused(ErrorCode.INVALID_KEY, () -> session.put("", "{}"));
    verifyNoInteractions(port);
    assertEquals(0, session.stagedOperations());
    try (Session any = new KeyValueStore(port, clock, ValueTypes.ANY).session()) {
      any.create(ABSENT, number, TimeToLive.unlimited());
      assertEquals(number, any.read(ABSENT));
    }
  }

  @Test
  void sessionsDoNotSeeEachOther() {
    try (Session other = new KeyValueStore(port, clock).session()) {
      session.create(ABSENT, NEW, TimeToLive.unlimited());
      session.delete(THERE);
      assertFalse(other.exists(ABSENT));
      assertTrue(other.exists(THERE));
    }
  }

  @Test
  void closeDiscardsWhatIsStaged() {
    session.create(ABSENT, NEW, TimeToLive.unlimited());
    session.close();
    session.close();
    verify(port, never()).commit(any(), anyLong());
    verify(port, never()).close();
    assertEveryCallIsRefused();
  }

  @Test
  void commitEndsTheSession() {
    session.create(ABSENT, NEW, TimeToLive.unlimited());
    session.commit();
    assertEquals(1, session.stagedOperations());
    assertEveryCallIsRefused();
    session.close();
  }

  private void assertEveryCallIsRefused() {
    clearInvocations(port);
    KeyRange all = KeyRange.of(KeyPrefix.all());
    List<Executable> calls = List.of(
        () -> session.create(ABSENT, NEW, TimeToLive.unlimited()),
        () -> session.put(ABSENT, NEW, TimeToLive.unlimited()),
        () -> session.delete(THERE),
        () -> session.find(THERE),
        () -> session.read(THERE),
        () -> session.exists(THERE),
        () -> session.timeToLive(THERE),
        () -> session.list(all, 10),
        () -> session.listKeys(all, 10),
        () -> session.commit());
    for (Executable call : calls) {
      String message = refused(ErrorCode.STORE_CLOSED, call).getMessage();
      assertTrue(message.contains("the session is closed"), message);
    }
    verifyNoInteractions(port);
  }

  @Test
  void aListShowsWhatIsStaged() {
    when(port.scanKeys(any(), anyInt(), anyLong()))
        .thenReturn(new Page<>(List.of(Key.of("a"), Key.of("c")), false));
    session.create(Key.of("b"), NEW, TimeToLive.unlimited());
    when(port.find(Key.of("c"), START))
        .thenReturn(Optional.of(new Entry(Key.of("c"), OLD, Entry.NEVER, 3)));
    session.delete(Key.of("c"));
    assertEquals(
        new Page<>(List.of(Key.of("a"), Key.of("b")), false),
        session.listKeys(KeyRange.of(KeyPrefix.all()), 10));
  }

  private static StoreException refused(ErrorCode code, Executable call) {
    StoreException refusal = assertThrows(StoreException.class, call);
    assertEquals(code, refusal.code(), refusal.getMessage());
    return refusal;
  }
}
