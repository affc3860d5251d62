package dev.kvstore.jsonfile.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.core.model.Key;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Sorting, merging and searching runs. */
class RunTest {

  private final Lines lines = new Lines();

  @Test
  void sortsWhereUtf16AndUtf8Differ() {
    assertSorted(
        List.of("\ufffd", "\ud83d\ude00", "z", "\ue000"), "z", "\ue000", "\ufffd", "\ud83d\ude00");
  }

  @Test
  void sortsPrefixesOfEachOther() {
    List<String> prefixes = new ArrayList<>();
    for (int length = Key.MAX_CODE_POINTS; length > 0; length--) {
      prefixes.add("a".repeat(length));
    }
    List<String> sorted = new ArrayList<>(prefixes);
    sorted.sort(null);
    assertSorted(prefixes, sorted.toArray(String[]::new));
  }

  @Test
  void sortsKeysThatEndWithTheChunkBeforeTheirNeighbours() {
    assertSorted(
        List.of("12345678 ", "12345678", "1234567 ", "1234567", "1234567  "),
        "1234567",
        "1234567 ",
        "1234567  ",
        "12345678",
        "12345678 ");
  }

  @Test
  void sortsTheLongestKeysByTheirLastByte() {
    String stem = "\ud83d\ude00".repeat(Key.MAX_CODE_POINTS - 1);
    assertSorted(
        List.of(stem + "\ud83d\ude02", stem + "\ud83d\ude01", stem),
        stem,
        stem + "\ud83d\ude01",
        stem + "\ud83d\ude02");
  }

  @Test
  void keepsOfEachKeyTheHighestOffset() {
    SplittableRandom random = new SplittableRandom(7);
    HostileKeys keys = new HostileKeys(random, 20);
    Map<Key, Integer> newest = new HashMap<>();
    List<Integer> offsets = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      Key key = keys.next();
      int offset = lines.append(key);
      newest.merge(key, offset, Math::max);
      offsets.add(random.nextInt(i + 1), offset);
    }
    SortedOffsets run = sort(offsets);
    assertTrue(run.size() < offsets.size(), "no key came twice");
    assertEquals(new ArrayList<>(new TreeSet<>(newest.keySet())), keys(run));
    for (int i = 0; i < run.size(); i++) {
      assertEquals(newest.get(keyAt(run.get(i))), run.get(i));
    }
  }

  @Test
  void mergesWithTheNewerOffsetOfAKeyInBoth() {
    for (int seed = 0; seed < 200; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      HostileKeys keys = new HostileKeys(random, 5);
      List<Integer> first = append(keys, random.nextInt(60));
      List<Integer> second = append(keys, random.nextInt(60));
      SortedOffsets merged = new RunMerge(lines).merge(sort(first), sort(second));
      List<Integer> both = new ArrayList<>(first);
      both.addAll(second);
      SortedOffsets expected = sort(both);
      assertEquals(offsets(expected), offsets(merged), "seed " + seed);
    }
  }

  @Test
  void findsTheFirstKeyThatIsNotLess() {
    SplittableRandom random = new SplittableRandom(9);
    HostileKeys keys = new HostileKeys(random, 300);
    SortedOffsets run = sort(append(keys, 1000));
    List<Key> sorted = keys(run);
    for (int i = 0; i < 2000; i++) {
      Key wanted = keys.next();
      int from = random.nextInt(run.size() + 1);
      int expected = from;
      while (expected < sorted.size() && sorted.get(expected).compareTo(wanted) < 0) {
        expected++;
      }
      byte[] utf8 = wanted.utf8();
      KeyChunk key = new KeyChunk();
      assertEquals(expected, run.search(lines, utf8, utf8.length, from, key), "from " + from);
      if (from == 0) {
        assertEquals(expected, run.searchAll(lines, utf8, utf8.length, key));
      }
    }
  }

  /** What is guessed may be wrong; what comes of it is right, or fails. */
  @Test
  void aDamagedKeyMakesNoWrongOrder() {
    int told = 0;
    int right = 0;
    for (int seed = 0; seed < 4_000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      HostileKeys keys = new HostileKeys(random, 30);
      List<Integer> first = append(keys, 1 + random.nextInt(20));
      List<Integer> second = append(keys, 1 + random.nextInt(8));
      SortedOffsets older = sort(first);
      SortedOffsets newer = sort(second);
      List<Integer> both = new ArrayList<>(first);
      both.addAll(second);
      List<Integer> expected = offsets(sort(both));
      Key wanted = keys.next();
      KeySource damaged = damaged(both.get(random.nextInt(both.size())), keys.next());
      try {
        SortedOffsets merged = new RunMerge(damaged).merge(older, newer);
        assertEquals(expected, offsets(merged), "merged, seed " + seed);
        right++;
      } catch (IllegalStateException e) {
        told++;
      }
      byte[] utf8 = wanted.utf8();
      int place = older.searchAll(lines, utf8, utf8.length, new KeyChunk());
      try {
        int found = older.searchAll(damaged, utf8, utf8.length, new KeyChunk());
        assertEquals(place, found, "searched, seed " + seed);
        right++;
      } catch (IllegalStateException e) {
        told++;
      }
    }
    assertTrue(told > 1_000 && right > 1_000, told + " told, " + right + " right");
  }

  /** The line at {@code offset} reads as another key, if nobody looks at its checksum. */
  private KeySource damaged(long offset, Key seeming) {
    return new KeySource() {
      @Override
      public int keyAt(long place, byte[] into) {
        if (place == offset) {
          throw new IllegalStateException("this line is damaged");
        }
        return lines.copyKey(place, into);
      }

      @Override
      public int guessAt(long place, byte[] into) {
        byte[] utf8 = seeming.utf8();
        if (place != offset) {
          return lines.copyKey(place, into);
        }
        System.arraycopy(utf8, 0, into, 0, utf8.length);
        return utf8.length;
      }
    };
  }

  private void assertSorted(List<String> texts, String... expected) {
    List<Integer> offsets = new ArrayList<>();
    for (String text : texts) {
      offsets.add(lines.append(Key.of(text)));
    }
    List<Key> sorted = keys(sort(offsets));
    assertEquals(List.of(expected), sorted.stream().map(Key::text).toList());
  }

  private List<Integer> append(HostileKeys keys, int count) {
    List<Integer> offsets = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      offsets.add(lines.append(keys.next()));
    }
    return offsets;
  }

  private SortedOffsets sort(List<Integer> offsets) {
    OffsetBuffer buffer = new OffsetBuffer(0);
    offsets.forEach(buffer::add);
    return buffer.sorted(lines);
  }

  private List<Key> keys(SortedOffsets run) {
    return offsets(run).stream().map(this::keyAt).toList();
  }

  private static List<Integer> offsets(SortedOffsets run) {
    List<Integer> offsets = new ArrayList<>();
    for (int i = 0; i < run.size(); i++) {
      offsets.add(run.get(i));
    }
    return offsets;
  }

  private Key keyAt(int offset) {
    byte[] into = new byte[Key.MAX_UTF8_BYTES];
    return Key.of(new String(into, 0, lines.keyAt(offset, into), StandardCharsets.UTF_8));
  }
}
