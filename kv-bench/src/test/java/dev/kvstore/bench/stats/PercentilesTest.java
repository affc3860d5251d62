package dev.kvstore.bench.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PercentilesTest {

  @Test
  void aPercentileIsTheValueAtItsNearestRank() {
    Percentiles percentiles =
        new Percentiles(LongStream.rangeClosed(1, 1_000).map(i -> 1_001 - i).toArray());
    assertEquals(500, percentiles.at(50));
    assertEquals(990, percentiles.at(99));
    assertEquals(999, percentiles.at(99.9));
    assertEquals(1_000, percentiles.at(100));
  }

  @Test
  void ofFewValuesTheHighPercentilesAreTheLargest() {
    Percentiles percentiles = new Percentiles(new long[] {7, 5, 6});
    assertEquals(6, percentiles.at(50));
    assertEquals(7, percentiles.at(99));
    assertEquals(5, percentiles.at(0.1));
  }

  @Test
  void ofNoValuesThereIsZero() {
    assertEquals(0, new Percentiles(new long[0]).at(50));
  }
}
