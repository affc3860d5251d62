package dev.kvstore.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.kvstore.core.error.ErrorCode;
import dev.kvstore.core.error.LimitExceededException;
import dev.kvstore.core.error.StorageFailedException;
import dev.kvstore.core.error.StoreException;
import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.JsonValue;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.model.KeyPrefix;
import dev.kvstore.core.model.KeyRange;
import dev.kvstore.core.model.Page;
import dev.kvstore.core.model.TimeToLive;
import dev.kvstore.core.port.CommitResult;
import dev.kvstore.core.port.Effect;
import dev.kvstore.core.port.Expectation;
import dev.kvstore.core.port.Mutation;
import dev.kvstore.core.port.SessionLimits;
import dev.kvstore.core.port.StoragePort;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What a session asks of the port at its commit, and how it takes the answer. */
class SessionCommitTest {

  private static final long START = 1_700_000_000_000L;
  private static final Key A = Key.of("a");
  private static final Key B = Key.of("b");
  private static final Key C = Key.of("c");
  private static final JsonValue V1 = JsonValue.parse("{\"v\":1}");
  private static final JsonValue V2 = JsonValue.parse("{\"v\":2}");
  private static final TimeToLive NO_END = TimeToLive.unlimited();

  private final AtomicLong now = new AtomicLong(START);
  private final StoragePort port = mock(StoragePort.class);
  private Session session;

  @BeforeEach
  void anEmptyMaster() {
    when(port.sessionLimits()).thenReturn(SessionLimits.FILE_ENGINE);
    when(port.find(any(), anyLong())).thenReturn(Optional.empty());
    when(port.commit(any(), anyLong())).thenReturn(CommitResult.APPLIED);
    session = new KeyValueStore(port, () -> Instant.ofEpochMilli(now.get())).session();
  }

  @AfterEach
  void end() {
    session.close();
  }

  @Test
  void eachKeyIsOneMutationInOrderOfTheFirstTouch() {
    masterHolds(C, 7);
    session.put(B, V1, NO_END);
    session.find(C);
    session.create(A, V1, NO_END);
    session.put(B, V2, NO_END);
    session.delete(C);
    session.put(A, V2, NO_END);
    session.commit();
    verifyCommitted(
        new Mutation(B, Expectation.ABSENT, set(V2)),
        new Mutation(C, Expectation.version(7), Effect.REMOVE),
        new Mutation(A, Expectation.ABSENT, set(V2)));
  }

  @Test
  void whatWasOnlyReadIsChecked() {
    masterHolds(A, 7);
    session.exists(A);
    session.exists(B);
    session.commit();
    verifyCommitted(
        new Mutation(A, Expectation.version(7), Effect.NONE),
        new Mutation(B, Expectation.ABSENT, Effect.NONE));
  }

  @Test
  void whatARefusedOperationSawIsCheckedToo() {
    masterHolds(A, 7);
    refused(ErrorCode.KEY_EXISTS, () -> session.create(A, V1, NO_END));
    refused(ErrorCode.KEY_NOT_FOUND, () -> session.delete(B));
    refused(ErrorCode.KEY_NOT_FOUND, () -> session.timeToLive(C));
    session.commit();
    verifyCommitted(
        new Mutation(A, Expectation.version(7), Effect.NONE),
        new Mutation(B, Expectation.ABSENT, Effect.NONE),
        new Mutation(C, Expectation.ABSENT, Effect.NONE));
  }

  @Test
  void putExpectsWhatItSaw() {
    masterHolds(A, 7);
    session.put(A, V1, NO_END);
    session.put(B, V1, NO_END);
    session.commit();
    verifyCommitted(
        new Mutation(A, Expectation.version(7), set(V1)),
        new Mutation(B, Expectation.ABSENT, set(V1)));
  }

  @Test
  void whatCameAndWentIsOnlyChecked() {
    session.create(A, V1, NO_END);
    session.delete(A);
    session.put(B, V1, NO_END);
    session.delete(B);
    session.commit();
    verifyCommitted(
        new Mutation(A, Expectation.ABSENT, Effect.NONE),
        new Mutation(B, Expectation.ABSENT, Effect.NONE));
  }

  @Test
  void deleteAndCreateIsAReplacementOfTheVersionSeen() {
    masterHolds(A, 7);
    session.delete(A);
    session.create(A, V2, NO_END);
    session.commit();
    verifyCommitted(new Mutation(A, Expectation.version(7), set(V2)));
  }

  @Test
  void replacedAndDeletedIsDeleted() {
    masterHolds(A, 7);
    session.put(A, V2, NO_END);
    session.delete(A);
    session.commit();
    verifyCommitted(new Mutation(A, Expectation.version(7), Effect.REMOVE));
  }

  @Test
  void listsAreNotRemembered() {
    when(port.scanKeys(any(), eq(10), anyLong())).thenReturn(new Page<>(List.of(A, B), false));
    session.listKeys(KeyRange.of(KeyPrefix.all()), 10);
    session.commit();
    verifyCommitted();
  }

  @Test
  void timesToLiveBeginWithTheCommit() {
    session.create(A, V1, TimeToLive.ofSeconds(5));
    now.addAndGet(60_000);
    session.put(B, V1, TimeToLive.ofSeconds(7));
    now.addAndGet(1);
    session.commit();
    verify(port)
        .commit(
            List.of(
                Mutation.create(A, V1, START + 60_001 + 5_000),
                Mutation.create(B, V1, START + 60_001 + 7_000)),
            START + 60_001);
  }

  @Test
  void aTimeToLiveThatOverflowsByTheCommitStopsItWhole() {
    long room = TimeToLive.MAX_EXPIRY_MILLIS - START;
    session.create(A, V1, NO_END);
    session.create(B, V1, TimeToLive.ofSeconds(room / 1_000));
    now.addAndGet(1_000);
    refused(ErrorCode.INVALID_TTL, session::commit);
    verify(port, never()).commit(any(), anyLong());
    session.put(B, V1, NO_END);
    session.commit();
    verify(port).commit(any(), eq(START + 1_000));
  }

  @Test
  void aRefusedCommitIsAConflictOnTheKeyTheEngineNames() {
    session.create(A, V1, NO_END);
    session.create(B, V1, NO_END);
    when(port.commit(any(), anyLong())).thenReturn(CommitResult.refused(B));
    StoreException conflict = refused(ErrorCode.CONFLICT, session::commit);
    assertEquals(Map.of("key", "b"), conflict.details());
    assertEquals(V1, session.read(A));
  }

  @Test
  void aSecondLookAtAChangedKeyIsAConflictAtOnce() {
    masterHolds(A, 7);
    session.find(A);
    assertEquals(7, session.find(A).orElseThrow().version());
    masterHolds(A, 8);
    assertConflict(A, () -> session.find(A));
    assertConflict(A, () -> session.put(A, V1, NO_END));
    assertConflict(A, () -> session.create(A, V1, NO_END));
    assertConflict(A, () -> session.delete(A));
    when(port.find(eq(A), anyLong())).thenReturn(Optional.empty());
    assertConflict(A, () -> session.exists(A));
    session.find(B);
    masterHolds(B, 9);
    assertConflict(B, () -> session.timeToLive(B));
    assertEquals(0, session.stagedOperations());
  }

  @Test
  void anEntryThatExpiresMeanwhileIsAConflict() {
    when(port.find(A, START)).thenReturn(Optional.of(new Entry(A, V1, START + 1, 7)));
    session.find(A);
    now.addAndGet(1);
    assertConflict(A, () -> session.find(A));
  }

  @Test
  void aFullStoreLeavesTheSessionAsItWas() {
    LimitExceededException full = LimitExceededException.storeFull("s", 1, 2, 3);
    when(port.commit(any(), anyLong())).thenThrow(full);
    session.create(A, V1, NO_END);
    session.create(B, V1, NO_END);
    assertSame(full, refused(ErrorCode.STORE_FULL, session::commit));
    assertEquals(V1, session.read(A));
    session.delete(B);
    doReturn(CommitResult.APPLIED).when(port).commit(any(), anyLong());
    session.commit();
    verify(port)
        .commit(
            List.of(
                Mutation.create(A, V1, Entry.NEVER),
                new Mutation(B, Expectation.ABSENT, Effect.NONE)),
            START);
  }

  @Test
  void aFailureBelowIsPassedOn() {
    StorageFailedException unknown =
        StorageFailedException.outcomeUnknown("the force failed", Map.of(), null);
    when(port.commit(any(), anyLong())).thenThrow(unknown);
    session.create(A, V1, NO_END);
    assertSame(unknown, refused(ErrorCode.OUTCOME_UNKNOWN, session::commit));
  }

  /** A second commit would be refused for what the first may have done. */
  @Test
  void aSessionOfWhichNobodyKnowsWhetherItWasAppliedHasEnded() {
    when(port.commit(any(), anyLong()))
        .thenThrow(StorageFailedException.outcomeUnknown("the force failed", Map.of(), null));
    session.create(A, V1, NO_END);
    refused(ErrorCode.OUTCOME_UNKNOWN, session::commit);
    refused(ErrorCode.STORE_CLOSED, session::commit);
    refused(ErrorCode.STORE_CLOSED, () -> session.read(A));
    verify(port, times(1)).commit(any(), anyLong());
  }

  @Test
  void aSessionThatCertainlyFailedGoesOn() {
    when(port.commit(any(), anyLong()))
        .thenThrow(StorageFailedException.failed("the disk is full", Map.of(), null));
    session.create(A, V1, NO_END);
    refused(ErrorCode.STORAGE_FAILED, session::commit);
    assertEquals(V1, session.read(A));
  }

  @Test
  void anUntouchedSessionCommitsNothing() {
    session.commit();
    verifyCommitted();
  }

  private void masterHolds(Key key, long version) {
    when(port.find(eq(key), anyLong()))
        .thenReturn(Optional.of(new Entry(key, V1, Entry.NEVER, version)));
  }

  private void verifyCommitted(Mutation... mutations) {
    verify(port, times(1)).commit(List.of(mutations), START);
    verify(port, times(1)).commit(any(), anyLong());
  }

  private static Effect set(JsonValue value) {
    return new Effect.SetEntry(value, Entry.NEVER);
  }

  private static void assertConflict(Key key, Executable call) {
    assertEquals(Map.of("key", key.text()), refused(ErrorCode.CONFLICT, call).details());
  }

  private static StoreException refused(ErrorCode code, Executable call) {
    StoreException refusal = assertThrows(StoreException.class, call);
    assertEquals(code, refusal.code(), refusal.getMessage());
    return refusal;
  }
}
