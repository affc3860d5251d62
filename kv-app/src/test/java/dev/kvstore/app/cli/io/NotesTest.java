package dev.kvstore.app.cli.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NotesTest {

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final ErrorOutput output = new ErrorOutput(err, false);
  private final System.Logger logger = System.getLogger("dev.kvstore.some.Engine");

  @BeforeEach
  void listen() {
    Notes.sendTo(output);
  }

  private String written() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aWarningIsANoteOfOneLine() {
    logger.log(System.Logger.Level.WARNING, "cut {0} bytes of {1}", 12, "a\nb\u202e");
    assertEquals("kv: note: cut 12 bytes of a\\u000ab\\u202e\n", written());
  }

  @Test
  void bracesWithoutParametersStay() {
    logger.log(System.Logger.Level.ERROR, "it's {\"a\":1}");
    assertEquals("kv: note: it's {\"a\":1}\n", written());
  }

  @Test
  void aCauseIsNamedWithoutItsTrace() {
    logger.log(System.Logger.Level.WARNING, "late", new IllegalStateException("x\ny"));
    assertEquals("kv: note: late: java.lang.IllegalStateException: x\\u000ay\n", written());
  }

  @Test
  void lesserThingsAreNotShown() {
    logger.log(System.Logger.Level.INFO, "hello");
    assertFalse(logger.isLoggable(System.Logger.Level.INFO));
    assertFalse(logger.isLoggable(System.Logger.Level.OFF));
    assertEquals("", written());
  }

  @Test
  void quietLeavesNotesOutAndJsonMakesThemObjects() {
    output.configure(false, true);
    logger.log(System.Logger.Level.WARNING, "one");
    output.configure(true, false);
    logger.log(System.Logger.Level.WARNING, "two\u202e");
    assertEquals("{\"note\":{\"message\":\"two\\u202e\"}}\n", written());
  }
}
