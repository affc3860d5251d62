package dev.kvstore.app.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kvstore.app.cli.io.Console;
import dev.kvstore.app.cli.io.Progress;
import dev.kvstore.app.cli.io.Surroundings;
import dev.kvstore.core.KeyValueStore;
import dev.kvstore.core.contract.InMemoryStorage;
import dev.kvstore.core.contract.SettableClock;
import dev.kvstore.core.error.CorruptStoreException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComparisonTest {

  private final SettableClock clock = new SettableClock(1_700_000_000_000L);
  private final KeyValueStore one = store();
  private final KeyValueStore other = store();

  private KeyValueStore store() {
    return new KeyValueStore(InMemoryStorage.open(new InMemoryStorage.Disk()), clock);
  }

  private void compare() {
    compare(new Comparison(one, other, clock));
  }

  private static void compare(Comparison comparison) {
    Surroundings nowhere = new Surroundings(
        Map.of(),
        "Linux",
        InstantSource.system(),
        InputStream.nullInputStream(),
        OutputStream.nullOutputStream(),
        OutputStream.nullOutputStream(),
        "");
    try (Progress progress = Progress.ofEntries(Console.of(nowhere).err(), "compared", 0)) {
      comparison.run(progress);
    }
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
    compare(comparison);
    differAt("a");
  }
}
