package dev.kvstore.core.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EntryTest {

  @ParameterizedTest
  @CsvSource({"999,true", "1000,false", "1001,false", "-1,true"})
  void isGoneTheInstantNowReachesItsExpiry(long now, boolean live) {
    assertEquals(live, Entry.isLive(1_000, now));
    Entry entry = new Entry(Key.of("k"), JsonValue.parse("{}"), 1_000, 1);
    assertEquals(live, entry.isLiveAt(now));
  }

  @ParameterizedTest
  @CsvSource({"0", "253402300799999", "9223372036854775806"})
  void withoutExpiryStays(long now) {
    assertTrue(Entry.isLive(Entry.NEVER, now));
    assertFalse(Entry.isLive(now, now));
  }
}
