package dev.kvstore.jsonfile.index;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.model.KeyPrefix;
import dev.kvstore.core.model.KeyRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class KeyIndexTest {

  private static final long NOW = 1_000;

  @Test
  void everyRangeHoldsTheLiveKeysThatItContains() {
    long seed = new Random().nextInt(1_000_000);
    Random random = new Random(seed);
    KeyIndex index = new KeyIndex();
    TreeSet<Key> live = new TreeSet<>();
    for (int i = 0; i < 200; i++) {
      Key key = Key.of(text(random, 1));
      boolean expired = random.nextInt(4) == 0;
      index.put(key, new Slot(i, 1, i, expired ? NOW : Entry.NEVER));
      if (expired) {
        live.remove(key);
      } else {
        live.add(key);
      }
    }
    for (int i = 0; i < 2_000; i++) {
      Key after = random.nextBoolean() ? null : Key.of(text(random, 1));
      KeyRange range = new KeyRange(KeyPrefix.of(text(random, 0)), after);
      int limit = 1 + random.nextInt(20);
      List<Key> expected = live.stream().filter(range::contains).limit(limit).toList();
      List<Key> found = new ArrayList<>();
      index.range(range, limit, NOW).forEach(entry -> found.add(entry.getKey()));
      assertEquals(expected, found, "seed " + seed + ", " + range);
    }
  }

  @Test
  void countsLiveAndExpiredEntries() {
    KeyIndex index = new KeyIndex();
    index.put(Key.of("a"), new Slot(0, 10, 1, Entry.NEVER));
    index.put(Key.of("b"), new Slot(10, 20, 2, NOW));
    index.put(Key.of("a"), new Slot(30, 5, 3, NOW + 1));
    assertEquals(new KeyIndex.Count(1, 1, 5), index.count(NOW));
    index.remove(Key.of("a"));
    index.remove(Key.of("c"));
    assertEquals(1, index.size());
  }

  /** Few letters, so that prefixes meet; one beyond the plane of surrogates, which sorts last. */
  private static String text(Random random, int least) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(4) + least; i > 0; i--) {
      text.appendCodePoint(new int[] {'a', 'b', 0xffee, 0x1f600}[random.nextInt(4)]);
    }
    return text.toString();
  }
}
