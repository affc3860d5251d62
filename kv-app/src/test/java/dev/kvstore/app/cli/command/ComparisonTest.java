package dev.kvstore.app.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kvstore.core.KeyValueStore;
import dev.kvstore.core.contract.InMemoryStorage;
import dev.kvstore.core.contract.SettableClock;
import dev.kvstore.core.error.CorruptStoreException;
import org.junit.jupiter.api.Test;

class ComparisonTest {

  private final SettableClock clock = new SettableClock(1_700_000_000_000L);
  private final KeyValueStore one = store();
  private final KeyValueStore other = store();

  private KeyValueStore store() {
    return new KeyValueStore(InMemoryStorage.open(new InMemoryStorage.Disk()), clock);
  }

  private void compare() {
    new Comparison(one, other, clock).run();
  }

  private void differAt(String key) {
    assertEquals(
        key, assertThrows(CorruptStoreException.class, this::compare).details().get("key"));
  }

  @Test
  void findsWhatIsMissingAddedOrChanged() {
    for (int i = 0; i < 250; i++) {
      String key = String.format("k%03d", i);
      one.create(key, "{}");
      other.create(key, "{}");
    }
    compare();
    other.delete("k100");
    differAt("k100");
    other.create("k100", "{\"a\":1}");
    differAt("k100");
    other.put("k100", "{}", 5);
    differAt("k100");
    other.put("k100", "{}");
    compare();
    other.create("z", "{}");
    differAt("z");
    one.create("y", "{}");
    differAt("y");
  }

  @Test
  void whatExpiresMeanwhileIsNoDifference() {
    one.create("a", "{}", 5);
    one.create("b", "{}");
    other.create("b", "{}");
    // Read while it lived; by the time of the comparison it has expired.
    Comparison comparison = new Comparison(one, other, () -> clock.instant().plusSeconds(5));
    comparison.run();
    differAt("a");
  }
}
