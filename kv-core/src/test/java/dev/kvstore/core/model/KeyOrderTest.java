package dev.kvstore.core.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** The order of keys is that of their code points, and so that of their unsigned UTF-8 bytes. */
class KeyOrderTest {

  /** Few, close together, and at the edges where UTF-16 order and code point order part. */
  private static final int[] CODE_POINTS = {
    ' ', 'a', 'b', 0xa0, 0xff, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xe001, 0xfffd, 0xffff, 0x10000,
    0x10001, 0x103ff, 0x10400, 0x1f600, 0x10ffff
  };

  @Test
  void supplementaryCharactersComeLast() {
    List<String> inOrder = List.of(
        " ",
        "a",
        "a ",
        "aa",
        "a\ue000",
        "a\uffff",
        "a\ud800\udc00",
        "a\udbff\udfff",
        "b",
        "\u00e9",
        "\ud7ff",
        "\ue000",
        "\uffff",
        "\ud800\udc00",
        "\ud800\udc00a",
        "\ud800\udc01",
        "\ud801\udc00",
        "\udbff\udfff");
    List<Key> keys = inOrder.stream().map(Key::of).toList();
    for (int i = 0; i < keys.size(); i++) {
      for (int j = 0; j < keys.size(); j++) {
        assertEquals(
            Integer.compare(i, j),
            Integer.signum(keys.get(i).compareTo(keys.get(j))),
            i + " and " + j);
      }
    }
  }

  @RepeatedTest(5)
  void isTheOrderOfCodePointsAndOfUtf8Bytes(RepetitionInfo repetition) {
    long seed = repetition.getCurrentRepetition();
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      Key left = key(random);
      Key right = random.nextInt(8) == 0 ? Key.of(left.text()) : key(random);
      String where = "seed " + seed + ", pair " + i;
      int order = Integer.signum(left.compareTo(right));
      assertEquals(
          Integer.signum(Arrays.compare(
              left.text().codePoints().toArray(), right.text().codePoints().toArray())),
          order,
          where);
      assertEquals(Integer.signum(Arrays.compareUnsigned(left.utf8(), right.utf8())), order, where);
      assertEquals(-order, Integer.signum(right.compareTo(left)), where);
      assertEquals(order == 0, left.equals(right), where);
    }
  }

  @RepeatedTest(5)
  void keysOfAPrefixStandTogetherAfterIt(RepetitionInfo repetition) {
    long seed = repetition.getCurrentRepetition();
    Random random = new Random(seed);
    for (int i = 0; i < 500; i++) {
      KeyPrefix prefix = KeyPrefix.of(key(random).text());
      List<Boolean> matches = Stream.generate(
              () -> random.nextBoolean() ? key(random) : extension(prefix, random))
          .limit(50)
          .sorted()
          .filter(key -> key.compareTo(Key.of(prefix.text())) >= 0)
          .map(prefix::matches)
          .toList();
      int last = matches.lastIndexOf(true);
      assertTrue(!matches.subList(0, last + 1).contains(false), "seed " + seed + ", prefix " + i);
    }
  }

  private static Key key(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      text.appendCodePoint(CODE_POINTS[random.nextInt(CODE_POINTS.length)]);
    }
    return Key.of(text.toString());
  }

  private static Key extension(KeyPrefix prefix, Random random) {
    return Key.of(prefix.text() + key(random).text());
  }
}
