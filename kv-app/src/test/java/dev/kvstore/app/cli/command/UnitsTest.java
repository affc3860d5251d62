package dev.kvstore.app.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kvstore.app.cli.io.ByteCount;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sizes and times as a person reads them. */
class UnitsTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "999, 999 B",
    "1000, 1.0 kB",
    "999949, 999.9 kB",
    "999950, 1.0 MB",
    "1000000, 1.0 MB",
    "999999999, 1.0 GB",
    "1000000000, 1.0 GB"
  })
  void bytes(long bytes, String shown) {
    assertEquals(shown, ByteCount.of(bytes));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1 s",
    "119, 119 s",
    "120, 2 min",
    "7199, 119 min",
    "7200, 2 h",
    "172799, 47 h",
    "172800, 2 d",
    "253402300799, 2932896 d"
  })
  void spans(long seconds, String shown) {
    assertEquals(shown, TimeSpan.of(seconds));
  }
}
