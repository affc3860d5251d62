package dev.kvstore.jsonfile.order;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kvstore.core.model.Key;
import dev.kvstore.core.model.KeyPrefix;
import dev.kvstore.core.model.KeyRange;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Random operations: the view lists what a plain sorted map lists. */
class OrderedViewModelTest {

  @ParameterizedTest(name = "seed {0}, {1} stems, {2} steps")
  @CsvSource({"1, 1, 3000", "2, 10, 3000", "3, 1000, 20000", "4, 100000, 60000", "5, 3, 3000"})
  void listsAsAModelDoes(long seed, int stems, int steps) {
    SplittableRandom random = new SplittableRandom(seed);
    HostileKeys keys = new HostileKeys(random, stems);
    ModelStore store = new ModelStore();
    int lists = 0;
    for (int step = 0; step < steps; step++) {
      int choice = random.nextInt(1000);
      if (choice < 600) {
        store.put(keys.next());
      } else if (choice < 900) {
        store.remove(keys.next());
      } else if (choice < 903) {
        store.drop();
      } else if (choice < 920 || steps <= 3000) {
        compare(
            store, range(random, keys), random.nextInt(1, 200), "seed " + seed + ", step " + step);
        lists++;
      }
    }
    compare(
        store,
        ModelStore.all(),
        Integer.MAX_VALUE,
        "seed " + seed + ", at the end, after " + lists);
  }

  /** Every refresh is overtaken by changes, now and then by a drop. */
  @ParameterizedTest(name = "seed {0}")
  @CsvSource({"11", "12", "13"})
  void noteWhatComesWhileItIsBuilt(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    HostileKeys keys = new HostileKeys(random, 50_000);
    ModelStore store = new ModelStore();
    store.duringSnapshot(() -> {
      for (int i = random.nextInt(3000); i > 0; i--) {
        if (random.nextInt(3) > 0) {
          store.put(keys.next());
        } else {
          store.remove(keys.next());
        }
      }
      if (random.nextInt(4) == 0) {
        store.drop();
      }
    });
    for (int round = 0; round < 30; round++) {
      store.drop();
      for (int i = 0; i < 4; i++) {
        store.put(keys.next());
        store.remove(keys.next());
        compare(store, ModelStore.all(), Integer.MAX_VALUE, "seed " + seed + ", round " + round);
        compare(store, range(random, keys), 100, "seed " + seed + ", round " + round);
      }
    }
  }

  private static void compare(ModelStore store, KeyRange range, int limit, String where) {
    List<Key> listed = store.list(
        range, limit); // First: a list may change the store, in the test of what comes meanwhile.
    List<Key> expected = store.expected(range, limit);
    for (int i = 0; i < Math.min(listed.size(), expected.size()); i++) {
      int place = i;
      assertEquals(expected.get(i), listed.get(i), () -> where + ", " + range + ", place " + place);
    }
    assertEquals(expected.size(), listed.size(), () -> where + ", " + range + ", how many");
  }

  private static KeyRange range(SplittableRandom random, HostileKeys keys) {
    String text = keys.next().text();
    int length = random.nextInt(text.codePointCount(0, text.length()) + 1);
    KeyPrefix prefix = KeyPrefix.of(text.substring(0, text.offsetByCodePoints(0, length)));
    KeyRange range = KeyRange.of(random.nextInt(3) == 0 ? KeyPrefix.all() : prefix);
    return switch (random.nextInt(4)) {
      case 0 -> range;
      case 1 -> range.startingAfter(Key.of(text));
      case 2 -> range.startingAfter(keys.next());
      default ->
        range.prefix().text().isEmpty()
            ? range
            : range.startingAfter(Key.of(range.prefix().text()));
    };
  }
}
