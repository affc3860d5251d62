package dev.kvstore.bench.work;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.core.model.JsonValue;
import dev.kvstore.core.model.Key;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeysTest {

  @Test
  void keysAreDistinctAndTwentyCharactersLong() {
    Set<String> keys = new HashSet<>();
    for (long n = 0; n < 100_000; n++) {
      String key = Keys.key(n);
      assertEquals(Keys.BYTES, Key.of(key).text().length());
      assertTrue(keys.add(key), key);
    }
  }

  @Test
  void thereIsNoKeyOutsideTheRange() {
    assertThrows(IllegalArgumentException.class, () -> Keys.key(-1));
    assertThrows(IllegalArgumentException.class, () -> Keys.key(Long.MAX_VALUE / 1_000));
  }

  @Test
  void everyPrefixHasItsEvenShare() {
    long entries = 10_000;
    for (long n = 0; n < entries; n += 997) {
      String prefix = Keys.prefix(entries, 100, n);
      long matches = 0;
      for (long i = 0; i < entries; i++) {
        matches += Keys.key(i).startsWith(prefix) ? 1 : 0;
      }
      assertTrue(matches >= 90 && matches <= 110, prefix + " has " + matches);
    }
  }

  @Test
  void valuesAreJsonOfTheExactLength() {
    for (int bytes : new int[] {64, 128, 1_024, 15_360}) {
      Values values = new Values(bytes);
      for (long n = 0; n < 100; n++) {
        assertEquals(bytes, JsonValue.parse(values.value(n)).sizeInBytes());
      }
    }
  }

  @Test
  void figuresSurviveTheWayThroughAPipe() {
    Measure measure = new Measure("create-p99.9", Unit.MICROSECONDS, 12.5);
    assertEquals(measure, Measure.ofLine(measure.line()).orElseThrow());
    assertTrue(Measure.ofLine("WARNING: something else").isEmpty());
  }
}
