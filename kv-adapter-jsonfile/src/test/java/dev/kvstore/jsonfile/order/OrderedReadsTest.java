package dev.kvstore.jsonfile.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.core.model.Key;
import dev.kvstore.core.model.KeyRange;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When the view is built and refreshed, and what it does beside writers. */
@Timeout(120)
class OrderedReadsTest {

  private final AtomicInteger snapshots = new AtomicInteger();
  private final ModelStore store = new ModelStore();

  OrderedReadsTest() {
    store.duringSnapshot(snapshots::incrementAndGet);
  }

  @Test
  void anEmptyStoreHasAnEmptyList() {
    assertEquals(List.of(), store.list(ModelStore.all(), 10));
    store.put(key(1));
    assertEquals(List.of(key(1)), store.list(ModelStore.all(), 10));
  }

  @Test
  void isBuiltOnceAndThenKept() {
    for (int i = 0; i < 3000; i++) {
      store.put(key(i));
      if (i % 10 == 0) {
        assertEquals(i + 1, store.list(ModelStore.all(), Integer.MAX_VALUE).size());
      }
    }
    assertEquals(1, snapshots.get());
  }

  @Test
  void aLongDeltaIsMergedWithoutASnapshot() {
    fill(0, 10);
    store.list(ModelStore.all(), 1);
    for (int round = 0; round < 5; round++) {
      fill(10 + 5000 * round, 5010 + 5000 * round);
      assertEquals(
          5010 + 5000 * round, store.list(ModelStore.all(), Integer.MAX_VALUE).size());
      assertEquals(OrderedView.Need.NONE, store.shared(store.view::need));
    }
    assertEquals(1, snapshots.get());
  }

  @Test
  void dropsItselfWhenNobodyLists() {
    store.list(ModelStore.all(), 1);
    fill(0, 8192);
    assertEquals(OrderedView.Need.MERGE, store.shared(store.view::need));
    fill(8192, 8193);
    assertEquals(OrderedView.Need.BUILD, store.shared(store.view::need));
    assertEquals(8193, store.list(ModelStore.all(), Integer.MAX_VALUE).size());
    assertEquals(2, snapshots.get());
  }

  /** As where the first key is listed and removed, again and again. */
  @Test
  void isBuiltAnewWhenListsHaveSteppedOverAsManyKeysAsThereAre() {
    fill(0, 6_000);
    store.list(ModelStore.all(), 1);
    store.view.noteSteppedOver(6_000);
    assertEquals(OrderedView.Need.NONE, store.shared(store.view::need));
    store.view.noteSteppedOver(1);
    assertEquals(OrderedView.Need.REBUILD, store.shared(store.view::need));
    store.list(ModelStore.all(), 1);
    assertEquals(2, snapshots.get());
    assertEquals(OrderedView.Need.NONE, store.shared(store.view::need));
  }

  @Test
  void isBuiltAnewWhenManyKeysAreGone() {
    fill(0, 20_000);
    store.list(ModelStore.all(), 1);
    for (int i = 0; i < 5001; i++) {
      store.remove(key(i));
    }
    assertEquals(List.of(key(5001)), store.list(ModelStore.all(), 1));
    assertEquals(2, snapshots.get());
    assertEquals(OrderedView.Need.NONE, store.shared(store.view::need));
  }

  /** What a list sorts meanwhile must not be mixed with the runs that will be replaced. */
  @Test
  void listsWhileItIsBuiltAnew() {
    fill(0, 20_000);
    store.list(ModelStore.all(), 1);
    fill(20_000, 20_100);
    store.list(ModelStore.all(), 1);
    for (int i = 0; i < 5001; i++) {
      store.remove(key(i));
    }
    store.duringSnapshot(() -> {
      snapshots.incrementAndGet();
      fill(20_100, 20_200);
      assertEquals(15_199, store.list(ModelStore.all(), Integer.MAX_VALUE).size());
    });
    assertEquals(15_199, store.list(ModelStore.all(), Integer.MAX_VALUE).size());
    assertEquals(2, snapshots.get());
  }

  @Test
  void aFailedBuildLeavesNothingBehind() {
    fill(0, 100);
    store.duringSnapshot(() -> {
      throw new IllegalStateException("no snapshot today");
    });
    assertThrows(IllegalStateException.class, () -> store.list(ModelStore.all(), 1));
    store.duringSnapshot(() -> {});
    fill(100, 200);
    assertEquals(200, store.list(ModelStore.all(), Integer.MAX_VALUE).size());
  }

  @Test
  void whatCannotBeReadOnceIsThereTheNextTime() {
    fill(0, 1000);
    store.list(ModelStore.all(), 1);
    fill(1000, 1100);
    store.lines.failNextRead();
    assertThrows(IllegalStateException.class, () -> store.list(ModelStore.all(), 1));
    assertEquals(1100, store.list(ModelStore.all(), Integer.MAX_VALUE).size());
  }

  @Test
  void aPageReadsFewKeysOfMany() {
    fill(0, 50_000);
    store.list(ModelStore.all(), 1);
    int before = store.lines.keysRead();
    KeyRange range = ModelStore.all().startingAfter(key(25_000));
    assertEquals(key(25_001), store.list(range, 100).get(0));
    int read = store.lines.keysRead() - before;
    assertTrue(read < 150, read + " keys read for a page of 100");
  }

  /** Others wait for the one that builds the view, and no writer does. */
  @Test
  void oneThreadBuildsAndTheWriterGoesOn() throws Exception {
    fill(0, 1000);
    CountDownLatch building = new CountDownLatch(1);
    CountDownLatch written = new CountDownLatch(1);
    store.duringSnapshot(() -> {
      snapshots.incrementAndGet();
      building.countDown();
      await(written);
    });
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<List<Key>>> lists = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        lists.add(threads.submit(() -> store.list(ModelStore.all(), Integer.MAX_VALUE)));
      }
      await(building);
      fill(1000, 1100);
      store.remove(key(5));
      written.countDown();
      for (Future<List<Key>> list : lists) {
        assertEquals(1099, list.get().size());
      }
      assertEquals(1, snapshots.get());
    } finally {
      threads.shutdownNow();
    }
  }

  /** Even keys are always there; odd ones come and go. Every walk by pages sees each even key once, in order. */
  @Test
  void pagesWalkOverEveryKeyOnceWhileOthersChange() throws Exception {
    for (int i = 0; i < 20_000; i += 2) {
      store.put(key(i));
    }
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      Future<?> writer = threads.submit(() -> {
        for (int i = 0; !done.get(); i++) {
          int odd = Math.floorMod(i * 7919, 10_000) * 2 + 1;
          if (i / 10_000 % 2 == 0) {
            store.put(key(odd));
            store.put(key(odd - 1)); // replaces
          } else {
            store.remove(key(odd));
          }
          if (i % 30_000 == 0) {
            store.drop();
          }
        }
      });
      List<Future<Integer>> readers = new ArrayList<>();
      for (int reader = 0; reader < 3; reader++) {
        readers.add(threads.submit(this::walkTenTimes));
      }
      for (Future<Integer> reader : readers) {
        assertEquals(10 * 10_000, reader.get());
      }
      done.set(true);
      writer.get();
    } finally {
      done.set(true);
      threads.shutdownNow();
    }
    assertEquals(
        store.expected(ModelStore.all(), Integer.MAX_VALUE),
        store.list(ModelStore.all(), Integer.MAX_VALUE));
  }

  private int walkTenTimes() {
    int even = 0;
    for (int walk = 0; walk < 10; walk++) {
      KeyRange range = ModelStore.all();
      int last = -1;
      for (List<Key> page = store.list(range, 500);
          !page.isEmpty();
          page = store.list(range, 500)) {
        for (Key key : page) {
          int number = Integer.parseInt(key.text().substring(2));
          assertTrue(number > last, () -> key + " comes late");
          last = number;
          even += 1 - number % 2;
        }
        range = range.startingAfter(page.get(page.size() - 1));
      }
    }
    return even;
  }

  private void fill(int from, int to) {
    for (int i = from; i < to; i++) {
      store.put(key(i));
    }
  }

  private static Key key(int i) {
    return Key.of(String.format("k:%07d", i));
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(60, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
