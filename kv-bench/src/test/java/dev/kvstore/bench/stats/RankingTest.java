package dev.kvstore.bench.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RankingTest {

  private static Rounds rounds(double... values) {
    return new Rounds(Arrays.stream(values).boxed().toList());
  }

  @Test
  void moreOrLessIsBetterByTheUnit() {
    Map<String, Rounds> three =
        Map.of("a", rounds(10, 11, 12), "b", rounds(30, 31, 32), "c", rounds(20, 21, 22));
    assertEquals(List.of("b", "c", "a"), new Ranking(three, true).names());
    assertEquals(List.of("a", "c", "b"), new Ranking(three, false).names());
  }

  @Test
  void clearOrdersAreNoNoise() {
    Ranking ranking = new Ranking(
        Map.of(
            "a", rounds(10, 11, 12),
            "b", rounds(20, 21, 22),
            "c", rounds(30, 31, 32),
            "d", rounds(40, 41, 42)),
        true);
    assertFalse(ranking.isPodiumNoise());
    assertFalse(ranking.isNoise("c"));
    assertEquals(List.of("d", "c", "b"), ranking.firstThree());
  }

  @Test
  void overlapsOnThePodiumMakeItsOrderNoise() {
    Ranking ranking = new Ranking(
        Map.of("a", rounds(10, 11, 21), "b", rounds(20, 22, 23), "c", rounds(30, 31, 32)), true);
    assertTrue(ranking.isNoise("a"));
    assertTrue(ranking.isNoise("b"));
    assertFalse(ranking.isNoise("c"));
    assertTrue(ranking.isPodiumNoise());
  }

  @Test
  void theFourthCanMakeTheThirdPlaceNoise() {
    Ranking ranking = new Ranking(
        Map.of(
            "a", rounds(40, 41),
            "b", rounds(30, 31),
            "c", rounds(20, 25),
            "d", rounds(19, 22),
            "e", rounds(1, 2)),
        true);
    assertTrue(ranking.isPodiumNoise());
    assertFalse(ranking.isNoise("e"));
  }

  @Test
  void overlapsBehindThePodiumDoNotTouchIt() {
    Ranking ranking = new Ranking(
        Map.of(
            "a", rounds(40, 41),
            "b", rounds(30, 31),
            "c", rounds(20, 21),
            "d", rounds(5, 9),
            "e", rounds(4, 8)),
        true);
    assertFalse(ranking.isPodiumNoise());
    assertTrue(ranking.isNoise("d"));
  }

  @Test
  void whoIsNotRankedIsNoNoise() {
    assertFalse(new Ranking(Map.of("a", rounds(1)), true).isNoise("z"));
  }
}
