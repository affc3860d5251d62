package dev.kvstore.app.cli.io;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressTest {

  private static final String CLEAR = "\r\033[K";

  private final ByteArrayOutputStream stream = new ByteArrayOutputStream();
  private long nanos;

  private Progress progress(String what, LongFunction<String> unit, boolean terminal) {
    return new Progress(new ErrorOutput(stream, terminal), what, unit, 0, () -> nanos);
  }

  private String shown() {
    String shown = stream.toString(StandardCharsets.UTF_8);
    stream.reset();
    return shown;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "12000 | 0 | 3 | did 12000, 4000/s",
        "1000 | 4000 | 100 | [#####               ]  25% did 1000, 10/s, 5:00 left",
        "5 | 4 | 1 | [####################] 100% did 5, 5/s, 0:00 left",
        "1 | 7201 | 2 | [                    ]   0% did 1, 1/s, 4:00:00 left",
        "0 | 10 | 2 | [                    ]   0% did 0, 0/s",
      })
  void tellsRateShareAndTimeLeft(long done, long total, long seconds, String line) {
    Progress progress = progress("did", Long::toString, true);
    nanos = TimeUnit.SECONDS.toNanos(seconds);
    progress.reached(done, total);
    assertEquals(CLEAR + line, shown());
  }

  @Test
  void bytesComeInUnitsThatPeopleRead() {
    Progress progress = progress("verified", ByteCount::of, true);
    nanos = TimeUnit.SECONDS.toNanos(2);
    progress.reached(300_000_000, 900_000_000);
    assertEquals(
        CLEAR + "[######              ]  33% verified 300.0 MB, 150.0 MB/s, 0:04 left", shown());
  }

  @Test
  void beginsAfterASecondGoesOnTenTimesASecondAndGoesAway() {
    try (Progress progress = progress("did", Long::toString, true)) {
      nanos = TimeUnit.MILLISECONDS.toNanos(999);
      progress.step();
      assertEquals("", shown());
      nanos = TimeUnit.MILLISECONDS.toNanos(1_000);
      progress.step();
      assertEquals(CLEAR + "did 2, 2/s", shown());
      nanos = TimeUnit.MILLISECONDS.toNanos(1_099);
      progress.step();
      assertEquals("", shown());
      nanos = TimeUnit.MILLISECONDS.toNanos(1_100);
      progress.step();
      assertEquals(CLEAR + "did 4, 4/s", shown());
    }
    assertEquals(CLEAR, shown());
  }

  @Test
  void whatIsQuickOrNoTerminalSaysNothing() {
    for (boolean terminal : new boolean[] {true, false}) {
      nanos = 0;
      try (Progress progress = progress("exported", Long::toString, terminal)) {
        nanos = TimeUnit.SECONDS.toNanos(terminal ? 0 : 5);
        progress.reached(1_000, 1_000);
      }
      assertEquals("", shown());
    }
  }

  @Test
  void aMessageTakesThePlaceOfTheLine() {
    ErrorOutput err = new ErrorOutput(stream, true);
    err.overwrite("half");
    err.overwrite("done");
    err.note("n");
    err.overwrite("");
    assertEquals(CLEAR + "half" + CLEAR + "done" + CLEAR + "kv: note: n\n", shown());
  }
}
