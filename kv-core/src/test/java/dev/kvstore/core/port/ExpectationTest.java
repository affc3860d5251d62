package dev.kvstore.core.port;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpectationTest {

  @ParameterizedTest
  @CsvSource({
    // live, version | any, absent, live, version 7
    "false, 0, true, true, false, false",
    "false, 7, true, true, false, false",
    "true, 7, true, false, true, true",
    "true, 8, true, false, true, false",
    "true, 0, true, false, true, false"
  })
  void isMet(boolean live, long version, boolean any, boolean absent, boolean alive, boolean same) {
    assertEquals(any, Expectation.ANY.isMet(live, version));
    assertEquals(absent, Expectation.ABSENT.isMet(live, version));
    assertEquals(alive, Expectation.LIVE.isMet(live, version));
    assertEquals(same, Expectation.version(7).isMet(live, version));
  }
}
