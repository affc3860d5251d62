package dev.kvstore.core.contract;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kvstore.core.error.ErrorCode;
import dev.kvstore.core.error.StoreException;
import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.JsonValue;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.model.KeyPrefix;
import dev.kvstore.core.model.KeyRange;
import dev.kvstore.core.model.Page;
import dev.kvstore.core.model.StoreStatus;
import dev.kvstore.core.port.CommitResult;
import dev.kvstore.core.port.Effect;
import dev.kvstore.core.port.Expectation;
import dev.kvstore.core.port.Mutation;
import dev.kvstore.core.port.StoragePort;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/**
 * What every engine behind the {@link StoragePort} must do, as tests. An engine's own test class extends this one, says how
 * to open the engine, and overrides no test. What concerns many threads is in {@link StorageConcurrencyContract}, which this
 * class extends.
 */
public abstract class StoragePortContract extends StorageConcurrencyContract {

  private static final String AWKWARD =
      "{\"n\":1e400,\"z\":-0.0,\"big\":12345678901234567890123456789012345678901,\"s\":\"\\u00e9\u00e9\ud83d\ude00\\ud800\","
          + "\"s\":\"\",\"\":{\"a\":[[],{},null,true]}}";

  private static final Key A = Key.of("a");
  private static final Key B = Key.of("b");
  private static final Key C = Key.of("c");

  private StoragePort port;

  @BeforeEach
  final void openStore() {
    port = open();
  }

  @AfterEach
  final void closeStore() {
    port.close();
  }

  @Override
  protected final StoragePort port() {
    return port;
  }

  @Test
  void findsWhatWasStoredToTheLetter() {
    apply(Mutation.create(A, JsonValue.parse(AWKWARD), Entry.NEVER));
    Entry entry = port.find(A, NOW).orElseThrow();
    assertAll(
        () -> assertEquals(A, entry.key()),
        () -> assertEquals(AWKWARD, entry.value().text()),
        () -> assertEquals(Entry.NEVER, entry.expiresAtMillis()),
        () -> assertTrue(port.find(B, NOW).isEmpty()));
  }

  @Test
  void holdsTheLargestKeyAndValueAndEveryJsonType() {
    Key longest = Key.of("\ud83d\ude00".repeat(Key.MAX_CODE_POINTS));
    JsonValue largest = JsonValue.parse("{\"v\":\"" + "x".repeat(JsonValue.MAX_BYTES - 8) + "\"}");
    apply(Mutation.create(longest, largest, NOW + 1));
    assertEquals(largest, port.find(longest, NOW).orElseThrow().value());
    List<String> scalars = List.of("\"\"", "1e-7", "true", "null", "[1, \"]\"]", "\"a\\\",\\\"b\"");
    for (String scalar : scalars) {
      JsonValue value = JsonValue.parse(scalar);
      apply(Mutation.put(A, value, Entry.NEVER));
      assertEquals(value, port.find(A, NOW).orElseThrow().value());
    }
  }

  @Test
  void keepsKeysApartThatOnlyLookAlike() {
    List<Key> keys = keys(
        "\u00e9", "e\u0301", "a", "A", "a ", " a", "%", "_", "'", "\\", "\"", "a;b", "../x", "{}");
    for (int i = 0; i < keys.size(); i++) {
      apply(Mutation.create(keys.get(i), value(i), Entry.NEVER));
    }
    for (int i = 0; i < keys.size(); i++) {
      assertEquals(value(i), port.find(keys.get(i), NOW).orElseThrow().value());
    }
    assertEquals(keys.stream().sorted().toList(), port.scanKeys(ALL, 100, NOW).items());
  }

  @Test
  void checksEachExpectationAgainstEachState() {
    long version = store(A, 1, Entry.NEVER).version();
    store(B, 2, NOW);
    assertAll(
        expectation(Expectation.ANY, A, true),
        expectation(Expectation.ANY, B, true),
        expectation(Expectation.ANY, C, true),
        expectation(Expectation.ABSENT, A, false),
        expectation(Expectation.ABSENT, B, true),
        expectation(Expectation.ABSENT, C, true),
        expectation(Expectation.LIVE, A, true),
        expectation(Expectation.LIVE, B, false),
        expectation(Expectation.LIVE, C, false),
        expectation(Expectation.version(version), A, true),
        expectation(Expectation.version(version + 1), A, false),
        expectation(Expectation.version(0), C, false));
  }

  @Test
  void anExpiredVersionDoesNotMatch() {
    long version = store(A, 1, NOW + 5).version();
    Mutation check = new Mutation(A, Expectation.version(version), Effect.NONE);
    assertEquals(CommitResult.APPLIED, port.commit(List.of(check), NOW + 4));
    assertEquals(CommitResult.refused(A), port.commit(List.of(check), NOW + 5));
  }

  @Test
  void createMeetsALiveEntryAndLeavesIt() {
    Entry first = store(A, 1, Entry.NEVER);
    assertEquals(
        CommitResult.refused(A),
        port.commit(List.of(Mutation.create(A, value(2), Entry.NEVER)), NOW));
    assertEquals(first, port.find(A, NOW).orElseThrow());
  }

  @Test
  void putReplacesValueAndExpiry() {
    Entry first = store(A, 1, NOW + 9);
    apply(Mutation.put(A, value(2), Entry.NEVER));
    Entry second = port.find(A, NOW).orElseThrow();
    assertEquals(new Entry(A, value(2), Entry.NEVER, second.version()), second);
    assertNotEquals(first.version(), second.version());
  }

  @Test
  void deleteRemovesALiveEntryAlone() {
    store(A, 1, Entry.NEVER);
    store(B, 1, NOW);
    assertEquals(CommitResult.APPLIED, port.commit(List.of(Mutation.delete(A)), NOW));
    assertTrue(port.find(A, NOW).isEmpty());
    assertEquals(CommitResult.refused(A), port.commit(List.of(Mutation.delete(A)), NOW));
    assertEquals(CommitResult.refused(B), port.commit(List.of(Mutation.delete(B)), NOW));
  }

  @Test
  void removeWithoutExpectationTakesWhateverIsThere() {
    store(A, 1, NOW);
    apply(
        new Mutation(A, Expectation.ANY, Effect.REMOVE),
        new Mutation(B, Expectation.ANY, Effect.REMOVE));
    assertTrue(port.find(A, NOW - 1).isEmpty());
    assertEquals(0, port.status(NOW - 1).liveEntries());
  }

  @Test
  void anEntryIsGoneTheInstantItsTimeIsReached() {
    Entry entry = store(A, 1, NOW + 1_000);
    long last = NOW + 999;
    long gone = NOW + 1_000;
    assertAll(
        () -> assertEquals(entry, port.find(A, last).orElseThrow()),
        () -> assertTrue(port.find(A, gone).isEmpty()),
        () -> assertEquals(List.of(entry), port.scan(ALL, 9, last).items()),
        () -> assertEquals(List.of(), port.scan(ALL, 9, gone).items()),
        () -> assertEquals(List.of(A), port.scanKeys(ALL, 9, last).items()),
        () -> assertEquals(List.of(), port.scanKeys(ALL, 9, gone).items()),
        () -> assertEquals(1, port.status(last).liveEntries()),
        () -> assertEquals(0, port.status(gone).liveEntries()),
        () -> assertEquals(CommitResult.refused(A), port.commit(List.of(Mutation.delete(A)), gone)),
        () -> assertEquals(CommitResult.refused(A), port.commit(List.of(createOf(A, 2)), last)),
        () -> assertEquals(CommitResult.APPLIED, port.commit(List.of(createOf(A, 2)), gone)),
        () -> assertEquals(value(2), port.find(A, gone).orElseThrow().value()));
  }

  @Test
  void aCommitWithAFailingExpectationInItsMiddleChangesNothing() {
    Entry a = store(A, 1, Entry.NEVER);
    Entry c = store(C, 3, Entry.NEVER);
    List<Mutation> mutations = List.of(
        Mutation.put(A, value(9), Entry.NEVER),
        Mutation.delete(C),
        Mutation.delete(B),
        Mutation.create(Key.of("d"), value(9), Entry.NEVER),
        Mutation.create(Key.of("c2"), value(9), Entry.NEVER));
    assertEquals(CommitResult.refused(B), port.commit(mutations, NOW));
    assertEquals(List.of(a, c), port.scan(ALL, 9, NOW).items());
  }

  @Test
  void theFirstFailingExpectationIsNamedInTheOrderOfTheCommit() {
    store(A, 1, Entry.NEVER);
    assertEquals(
        CommitResult.refused(C), port.commit(List.of(Mutation.delete(C), createOf(A, 2)), NOW));
    assertEquals(
        CommitResult.refused(A), port.commit(List.of(createOf(A, 2), Mutation.delete(C)), NOW));
  }

  @Test
  void aCommitOfManyKeysIsAppliedWhole() {
    int count = port.sessionLimits().maxOperations();
    List<Mutation> mutations =
        IntStream.range(0, count).mapToObj(i -> createOf(Key.of("k" + i), i)).toList();
    assertEquals(CommitResult.APPLIED, port.commit(mutations, NOW));
    assertEquals(count, port.status(NOW).liveEntries());
    port = reopen(port);
    assertEquals(count, port.status(NOW).liveEntries());
    assertEquals(
        value(count - 1),
        port.find(Key.of("k" + (count - 1)), NOW).orElseThrow().value());
  }

  @Test
  void anEmptyCommitIsAppliedAndAKeyTwiceIsABrokenCall() {
    assertEquals(CommitResult.APPLIED, port.commit(List.of(), NOW));
    List<Mutation> twice = List.of(createOf(A, 1), Mutation.delete(A));
    assertThrows(IllegalArgumentException.class, () -> port.commit(twice, NOW));
    assertTrue(port.find(A, NOW).isEmpty());
  }

  @Test
  void aVersionIsNeverUsedAgainForItsKey() {
    List<Long> versions = new ArrayList<>();
    for (int round = 0; round < 5; round++) {
      versions.add(store(A, 1, Entry.NEVER).version());
      apply(Mutation.delete(A));
      versions.add(store(A, 1, Entry.NEVER).version());
      if (round == 2) {
        port.compact(NOW);
      }
    }
    assertEquals(
        versions.size(), versions.stream().distinct().count(), () -> "versions " + versions);
  }

  @Test
  void aCompactionThatTellsHowFarItIsNeverGoesBackOrPassesItsEnd() {
    for (int i = 0; i < 50; i++) {
      apply(Mutation.create(Key.of("k" + i), JsonValue.parse("{\"n\":" + i + "}"), Entry.NEVER));
      apply(Mutation.put(Key.of("k" + i / 2), JsonValue.parse("{}"), Entry.NEVER));
    }
    long[] last = {0};
    port.compact(NOW, (done, total) -> {
      assertTrue(done >= last[0], () -> done + " after " + last[0]);
      assertTrue(total == 0 || done <= total, () -> done + " of " + total);
      last[0] = done;
    });
    assertEquals(50, port.status(NOW).liveEntries());
  }

  @Test
  void aListenerOfACompactionMayUseTheStore() {
    for (int i = 0; i < 50; i++) {
      apply(Mutation.create(Key.of("k" + i), JsonValue.parse("{\"n\":" + i + "}"), Entry.NEVER));
    }
    List<Key> made = new ArrayList<>();
    port.compact(NOW, (done, total) -> {
      if (made.size() < 20) {
        Key key = Key.of("a" + made.size());
        store(key, 1, Entry.NEVER);
        made.add(key);
      }
    });
    port = reopen(port);
    for (Key key : made) {
      assertTrue(port.find(key, NOW).isPresent(), () -> key + " was acknowledged");
    }
    assertEquals(50 + made.size(), port.status(NOW).liveEntries());
  }

  @Test
  void aListenerOfACompactionThatFailsHarmsNothing() {
    store(A, 1, Entry.NEVER);
    IllegalStateException failure = new IllegalStateException("enough");
    try {
      port.compact(NOW, (done, total) -> {
        throw failure;
      });
    } catch (IllegalStateException e) {
      assertSame(failure, e);
    }
    store(B, 2, Entry.NEVER);
    port.compact(NOW);
    port = reopen(port);
    assertEquals(List.of(A, B), port.scanKeys(ALL, 9, NOW).items());
  }

  @Test
  void compactionKeepsEntriesAndTheirVersions() {
    Entry a = store(A, 1, NOW + 10);
    store(B, 1, NOW + 5);
    store(C, 1, Entry.NEVER);
    apply(Mutation.delete(C));
    Entry c = store(C, 2, Entry.NEVER);
    port.compact(NOW + 5);
    assertEquals(List.of(a, c), port.scan(ALL, 9, NOW + 5).items());
    assertEquals(0, port.status(NOW + 5).expiredEntries());
    port = reopen(port);
    assertEquals(value(1), port.find(A, NOW + 9).orElseThrow().value());
    assertTrue(port.find(A, NOW + 10).isEmpty());
  }

  @Test
  void listsInOrderOfCodePointsByPrefixAndPage() {
    List<Key> keys = keys(
        "a",
        "aa",
        "ab",
        "b",
        "\u00e9",
        "\uffee",
        "\ue000",
        "\ud83d\ude00",
        "\ud83d\ude01x",
        "a\ud83d\ude00");
    List<Key> shuffled = new ArrayList<>(keys);
    Collections.reverse(shuffled);
    shuffled.forEach(key -> store(key, 1, Entry.NEVER));
    List<Key> sorted = keys.stream().sorted().toList();
    for (int limit = 1; limit <= keys.size() + 1; limit++) {
      assertEquals(sorted, walk(KeyPrefix.all(), limit), "by pages of " + limit);
    }
    for (String prefix : List.of("a", "aa", "b", "c", "\ud83d\ude00", "\uffee", "\ue000")) {
      List<Key> expected =
          sorted.stream().filter(key -> key.text().startsWith(prefix)).toList();
      assertEquals(expected, walk(KeyPrefix.of(prefix), 2), "with prefix " + prefix);
    }
  }

  @Test
  void pagesSkipExpiredEntriesWithoutLosingTheNext() {
    for (int i = 0; i < 30; i++) {
      store(Key.of(String.format("k%02d", i)), i, i % 3 == 0 ? Entry.NEVER : NOW);
    }
    assertEquals(10, walk(KeyPrefix.of("k"), 3).size());
    Page<Entry> page = port.scan(ALL, 3, NOW);
    assertEquals(
        keys("k00", "k03", "k06"), page.items().stream().map(Entry::key).toList());
    assertTrue(page.hasMore());
  }

  @Test
  void aPageStartsAfterAKeyThatNeedNotExist() {
    store(A, 1, Entry.NEVER);
    store(C, 3, Entry.NEVER);
    assertEquals(List.of(C), port.scanKeys(ALL.startingAfter(B), 9, NOW).items());
    assertEquals(List.of(), port.scanKeys(ALL.startingAfter(C), 9, NOW).items());
    assertEquals(
        List.of(A),
        port.scanKeys(new KeyRange(KeyPrefix.of("a"), Key.of("A")), 9, NOW).items());
  }

  @Test
  void everythingIsThereAfterReopening() {
    store(A, 1, NOW + 1_000);
    store(B, 2, Entry.NEVER);
    store(C, 3, Entry.NEVER);
    apply(Mutation.delete(C), Mutation.put(B, JsonValue.parse(AWKWARD), Entry.NEVER));
    List<Entry> before = port.scan(ALL, 9, NOW).items();
    port = reopen(port);
    assertEquals(before, port.scan(ALL, 9, NOW).items());
    assertTrue(port.find(A, NOW + 1_000).isEmpty());
    assertNotEquals(before.get(1).version(), store(B, 4, Entry.NEVER).version());
  }

  @Test
  void statusCountsWhatIsLiveAndWhatHasExpired() {
    store(A, 1, NOW + 1);
    store(B, 2, NOW + 2);
    store(C, 3, Entry.NEVER);
    StoreStatus status = port.status(NOW + 1);
    assertAll(
        () -> assertEquals(2, status.liveEntries()),
        () -> assertEquals(1, status.expiredEntries()),
        () -> assertTrue(status.liveBytes() > 0, status::toString),
        () -> assertTrue(
            status.fileBytes() >= 0 && status.fileBytes() <= status.maxFileBytes(),
            status::toString),
        () -> assertFalse(status.engine().isBlank()),
        () -> assertFalse(status.location().isBlank()));
  }

  @Test
  void aPageHasRoomForOneAtLeast() {
    store(A, 1, Entry.NEVER);
    for (int limit : new int[] {0, -1, Integer.MIN_VALUE}) {
      assertThrows(IllegalArgumentException.class, () -> port.scan(ALL, limit, NOW));
      assertThrows(IllegalArgumentException.class, () -> port.scanKeys(ALL, limit, NOW));
    }
  }

  @Test
  void afterCloseEveryCallSaysSo() {
    store(A, 1, Entry.NEVER);
    port.close();
    port.close();
    List<Executable> calls = List.of(
        () -> port.find(A, NOW),
        () -> port.scan(ALL, 1, NOW),
        () -> port.scanKeys(ALL, 1, NOW),
        () -> port.commit(List.of(createOf(B, 1)), NOW),
        () -> port.status(NOW),
        () -> port.compact(NOW));
    for (Executable call : calls) {
      assertEquals(
          ErrorCode.STORE_CLOSED, assertThrows(StoreException.class, call).code());
    }
  }

  @Test
  void aSecondOpeningIsRefusedAndHarmsNothing() {
    assumeTrue(isExclusive(), "an engine for several writers at once");
    store(A, 1, Entry.NEVER);
    StoreException refusal = assertThrows(StoreException.class, this::open);
    assertEquals(ErrorCode.STORE_LOCKED, refusal.code());
    store(B, 2, Entry.NEVER);
    port = reopen(port);
    assertEquals(List.of(A, B), port.scanKeys(ALL, 9, NOW).items());
  }

  @Test
  void anInterruptedCallerIsServedAndStaysInterrupted() {
    Thread.currentThread().interrupt();
    try {
      store(A, 1, Entry.NEVER);
      assertEquals(List.of(A), port.scanKeys(ALL, 9, NOW).items());
      assertTrue(Thread.currentThread().isInterrupted());
    } finally {
      Thread.interrupted();
    }
    store(B, 2, Entry.NEVER);
    assertEquals(value(1), port.find(A, NOW).orElseThrow().value());
  }

  private Executable expectation(Expectation expectation, Key key, boolean met) {
    List<Mutation> check = List.of(new Mutation(key, expectation, Effect.NONE));
    CommitResult expected = met ? CommitResult.APPLIED : CommitResult.refused(key);
    return () -> assertEquals(expected, port.commit(check, NOW), () -> expectation + " of " + key);
  }

  private Entry store(Key key, int number, long expiresAtMillis) {
    apply(Mutation.put(key, value(number), expiresAtMillis));
    return port.find(key, Long.MIN_VALUE).orElseThrow();
  }

  private void apply(Mutation... mutations) {
    assertEquals(CommitResult.APPLIED, port.commit(List.of(mutations), NOW));
  }

  private List<Key> walk(KeyPrefix prefix, int limit) {
    List<Key> seen = new ArrayList<>();
    KeyRange range = KeyRange.of(prefix);
    while (true) {
      Page<Key> page = port.scanKeys(range, limit, NOW);
      Page<Entry> entries = port.scan(range, limit, NOW);
      assertEquals(page.items(), entries.items().stream().map(Entry::key).toList());
      assertTrue(page.items().size() <= limit && (page.items().size() == limit || !page.hasMore()));
      seen.addAll(page.items());
      if (!page.hasMore()) {
        return seen;
      }
      range = range.startingAfter(seen.get(seen.size() - 1));
    }
  }

  private static List<Key> keys(String... texts) {
    return Stream.of(texts).map(Key::of).toList();
  }
}
