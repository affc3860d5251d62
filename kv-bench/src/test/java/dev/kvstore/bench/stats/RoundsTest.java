package dev.kvstore.bench.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class RoundsTest {

  @Test
  void theMedianOfAnOddNumberIsTheMiddleOne() {
    assertEquals(3, new Rounds(List.of(9.0, 1.0, 3.0)).median());
  }

  @Test
  void theMedianOfAnEvenNumberIsTheMeanOfTheTwoInTheMiddle() {
    assertEquals(2.5, new Rounds(List.of(9.0, 1.0, 3.0, 2.0)).median());
  }

  @Test
  void minAndMaxAreTheEnds() {
    Rounds rounds = new Rounds(List.of(4.0, 7.0, 2.0));
    assertEquals(2, rounds.min());
    assertEquals(7, rounds.max());
  }

  @Test
  void spansThatShareAPointOverlap() {
    Rounds low = new Rounds(List.of(1.0, 3.0));
    assertTrue(low.overlaps(new Rounds(List.of(3.0, 5.0))));
    assertTrue(new Rounds(List.of(0.0, 9.0)).overlaps(low));
    assertTrue(low.overlaps(new Rounds(List.of(0.0, 9.0))));
  }

  @Test
  void spansApartDoNotOverlap() {
    Rounds low = new Rounds(List.of(1.0, 3.0));
    Rounds high = new Rounds(List.of(3.1, 5.0));
    assertFalse(low.overlaps(high));
    assertFalse(high.overlaps(low));
  }

  @Test
  void noRoundIsNoFigure() {
    assertThrows(IllegalArgumentException.class, () -> new Rounds(List.of()));
  }
}
