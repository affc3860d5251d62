package dev.kvstore.jsonfile.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SlotFormatTest {

  private static final int LONGEST = 17_000;

  @Test
  void theLongestLinesOfTheClassesAreThoseOfTheFormat() {
    int[] expected = {
      64, 76, 91, 109, 130, 156, 187, 224, 268, 321, 385, 462, 554, 664, 796, 955, 1146, 1375, 1650,
      1980, 2376, 2851, 3421, 4105, 4926, 5911, 7093, 8511, 10213, 12255, 14706, 17000
    };
    assertEquals(
        IntStream.of(expected).boxed().toList(),
        IntStream.range(0, 32).map(SlotFormat::maxLengthOf).boxed().toList());
  }

  @Test
  void everyLengthLiesWithinItsClass() {
    for (int length = 1; length <= LONGEST; length++) {
      int lengthClass = SlotFormat.lengthClass(length);
      assertTrue(length >= SlotFormat.minLengthOf(lengthClass), "length " + length);
      assertTrue(length <= SlotFormat.maxLengthOf(lengthClass), "length " + length);
      long slot = SlotFormat.slot(-1, SlotFormat.MAX_OFFSET, length);
      assertEquals(SlotFormat.minLengthOf(lengthClass), SlotFormat.minLength(slot));
      assertEquals(SlotFormat.maxLengthOf(lengthClass), SlotFormat.maxLength(slot));
    }
  }

  @Test
  void aSlotKeepsItsThreeParts() {
    for (long hash : new long[] {0, -1, 0x123456789abcdef0L, Long.MIN_VALUE, 1L << 35}) {
      for (long offset : new long[] {1, 77, 1_000_000_000, SlotFormat.MAX_OFFSET}) {
        for (int length : new int[] {1, 64, 65, LONGEST}) {
          long slot = SlotFormat.slot(hash, offset, length);
          assertEquals(offset, SlotFormat.offset(slot));
          assertTrue(SlotFormat.matches(slot, hash));
          assertTrue(SlotFormat.matches(slot, hash ^ 1L << 34), "a bit that no slot keeps");
          assertFalse(SlotFormat.matches(slot, hash ^ 1L << 35));
          assertFalse(SlotFormat.matches(slot, hash ^ 1L << 63));
          assertEquals(SlotFormat.home(hash, 1_000), SlotFormat.home(slot, 1_000));
        }
      }
    }
  }

  @Test
  void homesCoverTheRingInTheOrderOfTheHashes() {
    int capacity = 768;
    assertEquals(0, SlotFormat.home(0, capacity));
    assertEquals(capacity - 1, SlotFormat.home(-1, capacity));
    assertEquals(capacity / 2, SlotFormat.home(Long.MIN_VALUE, capacity));
    int large = 1 << 28;
    assertEquals(large - 1, SlotFormat.home(-1, large));
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThrows(IllegalArgumentException.class, () -> SlotFormat.lengthClass(0));
    assertThrows(IllegalArgumentException.class, () -> SlotFormat.lengthClass(LONGEST + 1));
    assertThrows(IllegalArgumentException.class, () -> SlotFormat.slot(0, 0, 100));
    assertThrows(
        IllegalArgumentException.class, () -> SlotFormat.slot(0, SlotFormat.MAX_OFFSET + 1, 100));
  }
}
