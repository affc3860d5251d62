package dev.kvstore.app.cli.io;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressTest {

  @Test
  void tellsRateShareAndTimeLeft() {
    assertEquals("imported 12,000, 4,000/s", Progress.line("imported", 12_000, 0, 3));
    assertEquals(
        "[#####               ]  25% exported 1,000, 10/s, 5:00 left",
        Progress.line("exported", 1_000, 4_000, 100));
    assertEquals(
        "[####################] 100% exported 5, 5/s, 0:00 left",
        Progress.line("exported", 5, 4, 1));
  }

  @Test
  void whatIsQuickOrNoTerminalSaysNothing() {
    for (boolean terminal : new boolean[] {true, false}) {
      ByteArrayOutputStream stream = new ByteArrayOutputStream();
      try (Progress progress = new Progress(new ErrorOutput(stream, terminal), "exported", 1_000)) {
        for (int i = 0; i < 1_000; i++) {
          progress.step();
        }
      }
      assertEquals("", stream.toString(StandardCharsets.UTF_8));
    }
  }

  @Test
  void aMessageTakesThePlaceOfTheLine() {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    ErrorOutput err = new ErrorOutput(stream, true);
    err.overwrite("half");
    err.overwrite("done");
    err.note("n");
    err.overwrite("");
    assertEquals(
        "\r\033[Khalf\r\033[Kdone\r\033[Kkv: note: n\n", stream.toString(StandardCharsets.UTF_8));
  }
}
