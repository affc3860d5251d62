package dev.kvstore.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.verifyNoMoreInteractions;
import static org.mockito.Mockito.when;

import dev.kvstore.core.contract.ForwardingStorage;
import dev.kvstore.core.error.ErrorCode;
import dev.kvstore.core.error.LimitExceededException;
import dev.kvstore.core.error.StoreException;
import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.JsonValue;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.model.TimeToLive;
import dev.kvstore.core.model.ValueTypes;
import dev.kvstore.core.port.CommitResult;
import dev.kvstore.core.port.Effect;
import dev.kvstore.core.port.Expectation;
import dev.kvstore.core.port.Mutation;
import dev.kvstore.core.port.SessionLimits;
import dev.kvstore.core.port.StoragePort;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What single operations ask of the port, and what they make of its answers. */
class KeyValueStoreTest {

  private static final long NOW = 1_700_000_000_123L;
  private static final Key KEY = Key.of("k");
  private static final JsonValue VALUE = JsonValue.parse("{\"a\":1}");
  private static final TimeToLive MINUTE = TimeToLive.ofSeconds(60);

  private final StoragePort port = mock(StoragePort.class);
  private final InstantSource fixed = InstantSource.fixed(Instant.ofEpochMilli(NOW));
  private final KeyValueStore store = new KeyValueStore(port, fixed);

  @BeforeEach
  void everythingIsApplied() {
    when(port.commit(any(), anyLong())).thenReturn(CommitResult.APPLIED);
  }

  @Test
  void createSetsWhereNothingIsLive() {
    store.create(KEY, VALUE, TimeToLive.unlimited());
    verifyOnly(new Mutation(KEY, Expectation.ABSENT, new Effect.SetEntry(VALUE, Entry.NEVER)));
  }

  @Test
  void createStoresTheExpiryAsAnInstant() {
    store.create(KEY, VALUE, MINUTE);
    verifyOnly(new Mutation(KEY, Expectation.ABSENT, new Effect.SetEntry(VALUE, NOW + 60_000)));
  }

  @Test
  void putSetsWhateverIsThere() {
    store.put(KEY, VALUE, MINUTE);
    verifyOnly(new Mutation(KEY, Expectation.ANY, new Effect.SetEntry(VALUE, NOW + 60_000)));
  }

  @Test
  void deleteRemovesWhatIsLive() {
    store.delete(KEY);
    verifyOnly(new Mutation(KEY, Expectation.LIVE, Effect.REMOVE));
  }

  @Test
  void aRefusedCreateIsKeyExists() {
    when(port.commit(any(), anyLong())).thenReturn(CommitResult.refused(KEY));
    StoreException refusal =
        refused(ErrorCode.KEY_EXISTS, () -> store.create(KEY, VALUE, TimeToLive.unlimited()));
    assertEquals(Map.of("key", "k"), refusal.details());
  }

  @Test
  void aRefusedDeleteIsKeyNotFound() {
    when(port.commit(any(), anyLong())).thenReturn(CommitResult.refused(KEY));
    StoreException refusal = refused(ErrorCode.KEY_NOT_FOUND, () -> store.delete(KEY));
    assertEquals(Map.of("key", "k"), refusal.details());
  }

  @Test
  void anEngineThatRefusesAPutIsBrokenAndNotBelieved() {
    when(port.commit(any(), anyLong())).thenReturn(CommitResult.refused(KEY));
    assertThrows(IllegalStateException.class, () -> store.put(KEY, VALUE, TimeToLive.unlimited()));
  }

  @Test
  void whatTheEngineThrowsIsPassedOn() {
    LimitExceededException full = LimitExceededException.storeFull("s", 1, 2, 3);
    doThrow(full).when(port).commit(any(), anyLong());
    assertSame(full, refused(ErrorCode.STORE_FULL, () -> store.create("k", "{}")));
    assertSame(full, refused(ErrorCode.STORE_FULL, () -> store.put("k", "{}")));
    assertSame(full, refused(ErrorCode.STORE_FULL, () -> store.delete("k")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "\"x\"", "1", "false", "null"})
  void onlyObjectsAreTakenUnlessAnyIsAskedFor(String json) {
    refused(ErrorCode.INVALID_VALUE, () -> store.create("k", json));
    refused(ErrorCode.INVALID_VALUE, () -> store.put("k", json));
    verifyNoInteractions(port);
    KeyValueStore any = new KeyValueStore(port, fixed, ValueTypes.ANY);
    any.create("k", json);
    verifyOnly(Mutation.create(KEY, JsonValue.parse(json), Entry.NEVER));
  }

  @Test
  void aTimeToLiveThatOverflowsNeverReachesTheEngine() {
    TimeToLive longest = TimeToLive.ofSeconds(TimeToLive.MAX_EXPIRY_MILLIS / 1_000);
    refused(ErrorCode.INVALID_TTL, () -> store.create(KEY, VALUE, longest));
    refused(ErrorCode.INVALID_TTL, () -> store.put(KEY, VALUE, longest));
    verifyNoInteractions(port);
  }

  @Test
  void textThatBreaksARuleNeverReachesTheEngine() {
    refused(ErrorCode.INVALID_KEY, () -> store.create("", "{}"));
    refused(ErrorCode.INVALID_KEY, () -> store.read("a\n"));
    refused(ErrorCode.INVALID_KEY, () -> store.delete("x".repeat(33)));
    refused(ErrorCode.INVALID_KEY, () -> store.exists("\ud800"));
    refused(ErrorCode.INVALID_VALUE, () -> store.create("k", "{"));
    refused(ErrorCode.INVALID_VALUE, () -> store.put("k", "{} {}", 1));
    refused(ErrorCode.INVALID_TTL, () -> store.create("k", "{}", 0));
    refused(ErrorCode.INVALID_TTL, () -> store.put("k", "{}", -1));
    verifyNoInteractions(port);
  }

  @Test
  void strippedOfObjectsTheOperationsAreTheSame() {
    store.create("k", " {\"a\" : 1} ");
    store.create("k", "{\"a\":1}", 60);
    store.put("k", "{\"a\":1}");
    store.put("k", "{\"a\":1}", 60);
    store.delete("k");
    verify(port).commit(List.of(Mutation.create(KEY, VALUE, Entry.NEVER)), NOW);
    verify(port).commit(List.of(Mutation.create(KEY, VALUE, NOW + 60_000)), NOW);
    verify(port).commit(List.of(Mutation.put(KEY, VALUE, Entry.NEVER)), NOW);
    verify(port).commit(List.of(Mutation.put(KEY, VALUE, NOW + 60_000)), NOW);
    verify(port).commit(List.of(Mutation.delete(KEY)), NOW);
  }

  @Test
  void readAndExistsAskForTheLiveEntry() {
    Entry entry = new Entry(KEY, VALUE, NOW + 1, 7);
    when(port.find(KEY, NOW)).thenReturn(Optional.of(entry));
    assertEquals(Optional.of(entry), store.find(KEY));
    assertEquals(VALUE, store.read(KEY));
    assertEquals("{\"a\":1}", store.read("k"));
    assertTrue(store.exists("k"));
    Key other = Key.of("other");
    when(port.find(other, NOW)).thenReturn(Optional.empty());
    assertEquals(Optional.empty(), store.find(other));
    refused(ErrorCode.KEY_NOT_FOUND, () -> store.read(other));
    refused(ErrorCode.KEY_NOT_FOUND, () -> store.timeToLive(other));
    assertFalse(store.exists("other"));
  }

  @Test
  void timeToLiveIsWhatIsLeftRoundedUp() {
    when(port.find(KEY, NOW)).thenReturn(Optional.of(new Entry(KEY, VALUE, NOW + 1_001, 7)));
    assertEquals(TimeToLive.ofSeconds(2), store.timeToLive(KEY));
    when(port.find(KEY, NOW)).thenReturn(Optional.of(new Entry(KEY, VALUE, Entry.NEVER, 7)));
    assertTrue(store.timeToLive(KEY).isUnlimited());
  }

  @Test
  void howMuchALoadMayHoldIsWhatTheEngineCommitsAtOnce() {
    SessionLimits limits = new SessionLimits(7, 700);
    when(port.sessionLimits()).thenReturn(limits);
    assertSame(limits, store.loadLimits());
  }

  @Test
  void anEngineThatCannotTellHowFarItIsCompactsAllTheSame() {
    List<Long> compacted = new ArrayList<>();
    KeyValueStore silent = new KeyValueStore(
        new ForwardingStorage(port) {
          @Override
          public void compact(long nowMillis) {
            compacted.add(nowMillis);
          }
        },
        fixed);
    silent.compact((done, total) -> {});
    assertEquals(List.of(NOW), compacted);
  }

  @Test
  void closeClosesTheEngine() {
    store.close();
    verify(port).close();
    verifyNoMoreInteractions(port);
  }

  private void verifyOnly(Mutation mutation) {
    verify(port).commit(List.of(mutation), NOW);
    verifyNoMoreInteractions(port);
  }

  private static StoreException refused(ErrorCode code, Executable call) {
    StoreException refusal = assertThrows(StoreException.class, call);
    assertEquals(code, refusal.code(), refusal.getMessage());
    return refusal;
  }
}
