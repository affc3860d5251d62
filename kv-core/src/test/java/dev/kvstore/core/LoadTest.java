package dev.kvstore.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.kvstore.core.contract.InMemoryStorage;
import dev.kvstore.core.error.ErrorCode;
import dev.kvstore.core.error.StoreException;
import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.JsonValue;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.model.KeyPrefix;
import dev.kvstore.core.model.TimeToLive;
import dev.kvstore.core.model.ValueTypes;
import dev.kvstore.core.port.CommitResult;
import dev.kvstore.core.port.Mutation;
import dev.kvstore.core.port.SessionLimits;
import dev.kvstore.core.port.StoragePort;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Entries that come with an expiry of their own, in groups. */
class LoadTest {

  private static final long NOW = 1_700_000_000_000L;

  private final InstantSource clock = InstantSource.fixed(Instant.ofEpochMilli(NOW));
  private final KeyValueStore store =
      new KeyValueStore(InMemoryStorage.open(new InMemoryStorage.Disk()), clock);

  @BeforeEach
  void anOldEntry() {
    store.create("old", "{\"v\":1}");
  }

  private static Entry entry(String key, String json, long expiresAtMillis) {
    return new Entry(Key.of(key), JsonValue.parse(json), expiresAtMillis, 0);
  }

  private static final List<Entry> MIXED = List.of(
      entry("a", "{}", NOW + 1),
      entry("gone", "{}", NOW),
      entry("old", "{\"v\":2}", Entry.NEVER),
      entry("last", "{}", TimeToLive.MAX_EXPIRY_MILLIS));

  private String value(String key) {
    return store.find(Key.of(key)).map(entry -> entry.value().text()).orElse("none");
  }

  private long expiry(String key) {
    return store.find(Key.of(key)).orElseThrow().expiresAtMillis();
  }

  @Test
  void replacingKeepsExpiriesAndLeavesOutWhatHasExpired() {
    assertEquals(new LoadResult(3, 0, 1), store.load(MIXED, OnExisting.REPLACE));
    assertEquals(NOW + 1, expiry("a"));
    assertEquals(TimeToLive.MAX_EXPIRY_MILLIS, expiry("last"));
    assertEquals(Entry.NEVER, expiry("old"));
    assertEquals("{\"v\":2}", value("old"));
    assertEquals("none", value("gone"));
  }

  @Test
  void skippingLeavesWhatIsThere() {
    assertEquals(new LoadResult(2, 1, 1), store.load(MIXED, OnExisting.SKIP));
    assertEquals("{\"v\":1}", value("old"));
    assertEquals(NOW + 1, expiry("a"));
  }

  @Test
  void failingNamesTheKeyAndStoresNothing() {
    StoreException refusal =
        assertThrows(StoreException.class, () -> store.load(MIXED, OnExisting.FAIL));
    assertEquals(ErrorCode.KEY_EXISTS, refusal.code());
    assertEquals("old", refusal.details().get("key"));
    assertEquals(1, store.count(KeyPrefix.of("")));
  }

  @ParameterizedTest
  @EnumSource(OnExisting.class)
  void aCheckTellsTheSameAndChangesNothing(OnExisting rule) {
    Object told = outcome(() -> store.checkLoad(MIXED, rule));
    assertEquals(1, store.count(KeyPrefix.of("")));
    assertEquals("{\"v\":1}", value("old"));
    assertEquals(outcome(() -> store.load(MIXED, rule)), told);
  }

  private static Object outcome(Supplier<LoadResult> load) {
    try {
      return load.get();
    } catch (StoreException e) {
      return e.getMessage();
    }
  }

  @Test
  void rulesHoldForWholeGroups() {
    for (Entry wrong : List.of(
        entry("b", "[]", Entry.NEVER), entry("b", "{}", TimeToLive.MAX_EXPIRY_MILLIS + 1))) {
      List<Entry> group = List.of(entry("a", "{}", Entry.NEVER), wrong);
      ErrorCode code =
          wrong.value().text().equals("[]") ? ErrorCode.INVALID_VALUE : ErrorCode.INVALID_TTL;
      assertEquals(
          code,
          assertThrows(StoreException.class, () -> store.load(group, OnExisting.REPLACE))
              .code());
      assertEquals(
          code,
          assertThrows(StoreException.class, () -> store.checkLoad(group, OnExisting.REPLACE))
              .code());
      assertEquals("none", value("a"));
    }
    List<Entry> twice = List.of(entry("a", "{}", Entry.NEVER), entry("a", "{}", Entry.NEVER));
    for (OnExisting rule : OnExisting.values()) {
      assertThrows(IllegalArgumentException.class, () -> store.load(twice, rule));
      assertThrows(IllegalArgumentException.class, () -> store.checkLoad(twice, rule));
    }
  }

  @Test
  void aStoreThatTakesAnyValueTakesThemHereToo() {
    try (KeyValueStore any = new KeyValueStore(
        InMemoryStorage.open(new InMemoryStorage.Disk()), clock, ValueTypes.ANY)) {
      any.load(List.of(entry("a", "[1]", Entry.NEVER)), OnExisting.FAIL);
      assertEquals("[1]", any.read("a"));
    }
  }

  @Test
  void aKeyThatAppearsMeanwhileIsSkippedToo() {
    StoragePort port = mock(StoragePort.class);
    when(port.sessionLimits()).thenReturn(SessionLimits.FILE_ENGINE);
    KeyValueStore raced = new KeyValueStore(port, clock);
    Entry a = entry("a", "{}", Entry.NEVER);
    Entry b = entry("b", "{}", Entry.NEVER);
    when(port.find(any(), anyLong())).thenReturn(Optional.empty());
    when(port.find(a.key(), NOW)).thenReturn(Optional.empty()).thenReturn(Optional.of(a));
    List<Mutation> both = List.of(
        Mutation.create(a.key(), a.value(), Entry.NEVER),
        Mutation.create(b.key(), b.value(), Entry.NEVER));
    when(port.commit(both, NOW)).thenReturn(CommitResult.refused(a.key()));
    when(port.commit(both.subList(1, 2), NOW)).thenReturn(CommitResult.APPLIED);
    assertEquals(new LoadResult(1, 1, 0), raced.load(List.of(a, b), OnExisting.SKIP));
    verify(port).commit(both.subList(1, 2), NOW);
  }

  /** What is left out counts too, so that it does not depend on what is stored whether a load fits. */
  @ParameterizedTest
  @EnumSource(OnExisting.class)
  void aLoadBeyondTheLimitsIsRefusedAndNothingIsStored(OnExisting rule) {
    StoragePort port = mock(StoragePort.class);
    when(port.commit(any(), anyLong())).thenReturn(CommitResult.APPLIED);
    when(port.find(any(), anyLong())).thenReturn(Optional.empty());
    KeyValueStore limited = new KeyValueStore(port, clock);
    List<Entry> two = List.of(entry("a", "{}", Entry.NEVER), entry("\u00e9", "{\"v\":1}", NOW));
    when(port.sessionLimits()).thenReturn(new SessionLimits(1, 1_000));
    for (Executable load :
        List.<Executable>of(() -> limited.load(two, rule), () -> limited.checkLoad(two, rule))) {
      StoreException many = assertThrows(StoreException.class, load);
      assertEquals(ErrorCode.SESSION_TOO_LARGE, many.code());
      assertEquals(Map.of("unit", "entries", "actual", 2L, "limit", 1L), many.details());
    }
    when(port.sessionLimits()).thenReturn(new SessionLimits(2, 11));
    StoreException large = assertThrows(StoreException.class, () -> limited.load(two, rule));
    assertEquals(Map.of("unit", "bytes", "actual", 12L, "limit", 11L), large.details());
    verify(port, never()).commit(any(), anyLong());
    when(port.sessionLimits()).thenReturn(new SessionLimits(2, 12));
    assertEquals(new LoadResult(1, 0, 1), limited.load(two, rule));
  }

  @Test
  void aCheckCommitsNothing() {
    StoragePort port = mock(StoragePort.class);
    when(port.sessionLimits()).thenReturn(SessionLimits.FILE_ENGINE);
    when(port.find(any(), anyLong())).thenReturn(Optional.empty());
    new KeyValueStore(port, clock).checkLoad(MIXED, OnExisting.FAIL);
    verify(port, never()).commit(any(), anyLong());
    assertTrue(LoadResult.NONE.plus(new LoadResult(1, 2, 3)).equals(new LoadResult(1, 2, 3)));
  }
}
