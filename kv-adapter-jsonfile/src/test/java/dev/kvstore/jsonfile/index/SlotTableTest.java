package dev.kvstore.jsonfile.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SlotTableTest {

  private static final int SLOT_BYTES = 8;

  /** How well the hashes of the keys 1, 2, 3... spread. */
  enum Spread {
    GOOD,
    ALL_EQUAL,
    ALL_AT_THE_END,
    FEW,
    HIGH_BITS_EMPTY;

    long of(long key) {
      return switch (this) {
        case GOOD -> key * 0x9e3779b97f4a7c15L;
        case ALL_EQUAL -> 0x123456789abcdef0L;
        case ALL_AT_THE_END -> -1L << 42 | key << 37;
        case FEW -> (key % 7) * 0x2492492492492492L;
        case HIGH_BITS_EMPTY -> key;
      };
    }
  }

  /** A table beside a map that says what must be in it; the file is a map from offsets to keys. */
  private static final class Model {

    private final Spread spread;
    private final Map<Long, Long> slots = new HashMap<>();
    private final Map<Long, Long> keysAtOffsets = new HashMap<>();
    private final SlotTable table;
    private long nextOffset = 1;

    Model(Spread spread) throws IOException {
      this.spread = spread;
      this.table = SlotTable.withRoomFor(0);
    }

    SlotTable.Match match(long key) {
      return slot -> keysAtOffsets.get(SlotFormat.offset(slot)) == key;
    }

    long find(long key) {
      return table.find(spread.of(key), match(key));
    }

    void put(long key, int length) {
      long offset = nextOffset++;
      keysAtOffsets.put(offset, key);
      long old = table.put(spread.of(key), offset, length, match(key));
      Long expected = slots.put(key, SlotFormat.slot(spread.of(key), offset, length));
      assertEquals(expected == null ? 0 : expected, old);
    }

    void remove(long key) {
      Long expected = slots.remove(key);
      assertEquals(expected == null ? 0 : expected, table.remove(spread.of(key), match(key)));
    }

    void move(long key) {
      long old = slots.getOrDefault(key, SlotFormat.slot(spread.of(key), nextOffset + 1, 1));
      long moved = SlotFormat.slot(spread.of(key), nextOffset, 200);
      keysAtOffsets.put(nextOffset++, key);
      assertEquals(slots.containsKey(key), table.replace(spread.of(key), old, moved));
      slots.computeIfPresent(key, (same, slot) -> moved);
    }

    void check(long keys) {
      for (long key = 0; key <= keys; key++) {
        assertEquals(slots.getOrDefault(key, 0L), find(key), "key " + key);
      }
      Set<Long> seen = new HashSet<>();
      table.forEach(slot -> assertTrue(seen.add(slot)));
      assertEquals(new HashSet<>(slots.values()), seen);
      assertEquals(slots.size(), table.size());
    }
  }

  @ParameterizedTest
  @EnumSource
  void holdsWhatAMapHolds(Spread spread) throws IOException {
    long seed = new Random().nextInt(1_000_000);
    try {
      Random random = new Random(seed);
      Model model = new Model(spread);
      int keys = 1 + random.nextInt(1_500);
      for (int i = 0; i < 12_000; i++) {
        long key = random.nextInt(keys) + 1L;
        // By turns it grows and shrinks.
        int putsOfTen = i / 3_000 % 2 == 0 ? 6 : 2;
        int choice = random.nextInt(10);
        if (choice < putsOfTen) {
          model.put(key, 1 + random.nextInt(17_000));
        } else if (choice < 9) {
          model.remove(key);
        } else {
          model.move(key);
        }
        assertEquals(model.slots.getOrDefault(key, 0L), model.find(key));
        if (i % 1_000 == 999) {
          model.check(keys);
        }
      }
    } catch (AssertionError e) {
      throw new AssertionError("seed " + seed + ", " + spread, e);
    }
  }

  @ParameterizedTest
  @EnumSource
  void isEmptyAfterEverythingWasRemoved(Spread spread) throws IOException {
    Model model = new Model(spread);
    for (long key = 1; key <= 600; key++) {
      model.put(key, 100);
    }
    for (long key = 600; key >= 1; key--) {
      model.remove(key);
    }
    model.check(600);
    Slots slots = model.table.slots();
    for (int i = 0; i < slots.capacity(); i++) {
      assertEquals(0, slots.at(i));
    }
  }

  @Test
  void takesAtMostSixteenBytesAKey() throws IOException {
    SlotTable table = SlotTable.withRoomFor(0);
    assertEquals(SlotTable.MIN_CAPACITY, table.capacity());
    for (int key = 1; key <= 200_000; key++) {
      table.put(Spread.GOOD.of(key), key, 100, slot -> false);
      if (table.capacity() > SlotTable.MIN_CAPACITY) {
        assertTrue((long) table.capacity() * SLOT_BYTES <= 16L * key, "at " + key);
      }
      assertTrue(key <= table.capacity() * 0.75);
    }
    assertTrue(table.capacity() > 200_000);
    assertEquals(77, SlotFormat.offset(table.find(Spread.GOOD.of(77), slot -> true)));
  }

  @Test
  void roomThatWasReservedIsRoomForThatManyKeys() throws IOException {
    SlotTable table = SlotTable.withRoomFor(1_000);
    Slots before = table.slots();
    for (int key = 1; key <= 1_000; key++) {
      table.put(Spread.GOOD.of(key), key, 100, slot -> false);
    }
    assertSame(before, table.slots());
    table.reserve(5_000);
    Slots reserved = table.slots();
    for (int key = 1_001; key <= 6_000; key++) {
      table.put(Spread.GOOD.of(key), key, 100, slot -> false);
    }
    assertSame(reserved, table.slots());
    for (int key = 1; key <= 6_000; key++) {
      int offset = key;
      assertEquals(
          SlotFormat.slot(Spread.GOOD.of(key), key, 100),
          table.find(Spread.GOOD.of(key), slot -> SlotFormat.offset(slot) == offset));
    }
  }

  @Test
  void aTableThatWasKeptGoesOnWhereItStopped() throws IOException {
    Model model = new Model(Spread.GOOD);
    for (long key = 1; key <= 300; key++) {
      model.put(key, 100);
    }
    SlotTable same = SlotTable.of(new Slots(model.table.slots().memory()), 300);
    same.remove(Spread.GOOD.of(5), model.match(5));
    assertEquals(0, same.find(Spread.GOOD.of(5), model.match(5)));
    assertEquals(299, same.size());
    assertThrows(
        IllegalArgumentException.class,
        () -> SlotTable.of(model.table.slots(), SlotTable.MIN_CAPACITY));
  }

  @Test
  void aSlotIsReplacedOnlyByOneOfTheSameHash() throws IOException {
    SlotTable table = SlotTable.withRoomFor(0);
    long slot = SlotFormat.slot(0, 5, 100);
    assertFalse(table.replace(0, slot, SlotFormat.slot(0, 6, 100)));
    assertThrows(
        IllegalArgumentException.class,
        () -> table.replace(0, slot, SlotFormat.slot(1L << 63, 6, 100)));
    assertThrows(IllegalArgumentException.class, () -> table.replace(0, 0, slot));
  }

  @Test
  @Tag("slow")
  void threeMillionKeys() throws IOException {
    int keys = 3_000_000;
    SlotTable table = SlotTable.withRoomFor(0);
    for (int key = 1; key <= keys; key++) {
      table.put(Spread.GOOD.of(key), key, 100 + key % 1_000, at(key));
    }
    for (int key = 1; key <= keys; key += 2) {
      assertEquals(key, SlotFormat.offset(table.remove(Spread.GOOD.of(key), at(key))));
    }
    assertEquals(keys / 2, table.size());
    for (int key = 1; key <= keys; key++) {
      int expected = key % 2 == 0 ? key : 0;
      assertEquals(expected, SlotFormat.offset(table.find(Spread.GOOD.of(key), at(key))));
    }
  }

  private static SlotTable.Match at(int offset) {
    return slot -> SlotFormat.offset(slot) == offset;
  }
}
