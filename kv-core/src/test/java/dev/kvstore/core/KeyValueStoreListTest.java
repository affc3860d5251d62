package dev.kvstore.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoMoreInteractions;
import static org.mockito.Mockito.when;

import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.JsonValue;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.model.KeyPrefix;
import dev.kvstore.core.model.KeyRange;
import dev.kvstore.core.model.Page;
import dev.kvstore.core.model.StoreStatus;
import dev.kvstore.core.port.ProgressListener;
import dev.kvstore.core.port.StoragePort;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists, counts and what else looks at the whole store. */
class KeyValueStoreListTest {

  private static final long NOW = 1_700_000_000_123L;
  private static final KeyRange ALL = KeyRange.of(KeyPrefix.all());

  private final StoragePort port = mock(StoragePort.class);
  private final KeyValueStore store =
      new KeyValueStore(port, InstantSource.fixed(Instant.ofEpochMilli(NOW)));

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 999, 1_000})
  void aPageIsWhatTheEngineGives(int limit) {
    KeyRange range = KeyRange.of(KeyPrefix.of("p")).startingAfter(Key.of("p1"));
    Page<Key> keys = new Page<>(List.of(Key.of("p2")), true);
    Page<Entry> entries =
        new Page<>(List.of(new Entry(Key.of("p2"), JsonValue.parse("{}"), Entry.NEVER, 1)), true);
    when(port.scanKeys(range, limit, NOW)).thenReturn(keys);
    when(port.scan(range, limit, NOW)).thenReturn(entries);
    assertSame(keys, store.listKeys(range, limit));
    assertSame(entries, store.list(range, limit));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 1_001, Integer.MIN_VALUE, Integer.MAX_VALUE})
  void pageLimitsAre1To1000(int limit) {
    try (Session session = store.session()) {
      verify(port).sessionLimits();
      for (KeyValueOperations operations : List.of(store, session)) {
        IllegalArgumentException refusal =
            assertThrows(IllegalArgumentException.class, () -> operations.list(ALL, limit));
        assertTrue(
            refusal.getMessage().contains(limit + "; it must be 1 to 1000"), refusal.getMessage());
        assertThrows(IllegalArgumentException.class, () -> operations.listKeys(ALL, limit));
      }
      verifyNoMoreInteractions(port);
    }
  }

  @Test
  void theWholeCountIsOneFigureOfTheEngine() {
    when(port.status(NOW)).thenReturn(new StoreStatus("mock", "nowhere", 42, 1, 2, 3, 4));
    assertEquals(42, store.count(KeyPrefix.all()));
    assertEquals(42, store.count(KeyPrefix.of("")));
    assertEquals(42, store.status().liveEntries());
  }

  @Test
  void theCountOfAPrefixWalksThePages() {
    KeyRange range = KeyRange.of(KeyPrefix.of("p"));
    Key first = Key.of("p1");
    Key second = Key.of("p2");
    when(port.scanKeys(range, 1_000, NOW))
        .thenReturn(new Page<>(List.of(Key.of("p"), first), true));
    when(port.scanKeys(range.startingAfter(first), 1_000, NOW))
        .thenReturn(new Page<>(List.of(second), true));
    when(port.scanKeys(range.startingAfter(second), 1_000, NOW))
        .thenReturn(new Page<>(List.of(), false));
    assertEquals(3, store.count(KeyPrefix.of("p")));
  }

  @Test
  void compactionIsToldTheTime() {
    store.compact();
    verify(port).compact(NOW);
    store.compact(ProgressListener.NONE);
    verify(port).compact(NOW, ProgressListener.NONE);
  }
}
