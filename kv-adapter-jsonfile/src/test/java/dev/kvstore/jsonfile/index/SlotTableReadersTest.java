package dev.kvstore.jsonfile.index;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.StampedLock;
import org.junit.jupiter.api.Test;

/** Readers beside a writer, with a stamp as the engine has it. The offset of key k is k or k + KEYS. */
class SlotTableReadersTest {

  private static final int KEYS = 4_000;
  private static final int ROUNDS = 150_000;

  private final SlotTable table;
  private final StampedLock lock = new StampedLock();
  private final AtomicBoolean done = new AtomicBoolean();

  SlotTableReadersTest() throws IOException {
    table = SlotTable.withRoomFor(0);
  }

  /** Keys below 100 always stay, at one of two places; the others come and go, and the table grows meanwhile. */
  @Test
  void neverMissAKeyThatStays() throws Exception {
    long seed = new Random().nextInt(1_000_000);
    for (int key = 1; key < 100; key++) {
      write(key, true, key);
    }
    ExecutorService pool = Executors.newFixedThreadPool(3);
    try {
      List<Future<Long>> readers = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        readers.add(pool.submit(reader(new Random(seed + i))));
      }
      Random random = new Random(seed + 9);
      for (int i = 0; i < ROUNDS; i++) {
        int key = 1 + random.nextInt(1 + (int) ((long) KEYS * i / ROUNDS));
        write(key, key < 100 || random.nextInt(3) > 0, key + KEYS * random.nextInt(2));
      }
      done.set(true);
      for (Future<Long> reader : readers) {
        assertEquals(0L, reader.get(), "wrong answers, seed " + seed);
      }
    } finally {
      done.set(true);
      pool.shutdownNow();
    }
  }

  private void write(int key, boolean put, int offset) {
    long stamp = lock.writeLock();
    try {
      if (put) {
        table.put(hash(key), offset, 100, slot -> isOf(slot, key));
      } else {
        table.remove(hash(key), slot -> isOf(slot, key));
      }
    } finally {
      lock.unlockWrite(stamp);
    }
  }

  /** Counts the answers that the stamp vouches for and that are wrong. */
  private Callable<Long> reader(Random random) {
    return () -> {
      long wrong = 0;
      while (!done.get()) {
        int key = 1 + random.nextInt(99);
        boolean plain = random.nextBoolean();
        long stamp = lock.tryOptimisticRead();
        long slot = stamp == 0 ? 0 : plain ? loop(key) : table.find(hash(key), s -> isOf(s, key));
        if (stamp != 0 && lock.validate(stamp) && !isOf(slot, key)) {
          wrong++;
        }
      }
      return wrong;
    };
  }

  private long loop(int key) {
    Slots slots = table.slots();
    for (int i = slots.first(hash(key)); ; i = slots.next(i)) {
      long slot = slots.at(i);
      if (slot == 0 || (SlotFormat.matches(slot, hash(key)) && isOf(slot, key))) {
        return slot;
      }
    }
  }

  private static boolean isOf(long slot, int key) {
    return SlotFormat.offset(slot) == key || SlotFormat.offset(slot) == key + KEYS;
  }

  /** Many keys to one hash, and homes next to one another, so that each removal moves others. */
  private static long hash(int key) {
    return (key % 1_000) * 0x0000_4000_0000_0000L;
  }
}
