package dev.kvstore.app.cli.io;

import dev.kvstore.core.error.Printable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The standard error: one line a message, nothing in it that a terminal would obey. Safe for any number of threads; a line is
 * written at once.
 */
public final class ErrorOutput {

  /** Goes to the begin of the line and clears it. */
  private static final String CLEAR = "\r\033[K";

  private final OutputStream stream;
  private boolean overwritten;
  private final boolean terminal;
  private boolean json;
  private boolean quiet;
  private Style style = Style.PLAIN;

  ErrorOutput(OutputStream stream, boolean terminal) {
    this.stream = stream;
    this.terminal = terminal;
  }

  /** Sets whether errors and notes are JSON, and whether notes and confirmations are left out. */
  public synchronized void configure(boolean asJson, boolean withoutNotes) {
    this.json = asJson;
    this.quiet = withoutNotes;
  }

  /** Sets how errors and notes stand out. */
  public synchronized void paint(Style newStyle) {
    this.style = newStyle;
  }

  /** Whether a person looks at it. */
  public boolean isTerminal() {
    return terminal;
  }

  /**
   * Reports an error.
   *
   * @param code one of {@link dev.kvstore.core.error.ErrorCode}, or USAGE or INTERNAL
   * @param details its figures, of type String, Long, Integer or Boolean
   */
  public synchronized void error(String code, String message, Map<String, Object> details) {
    if (!json) {
      write(style.error("kv: " + code + ":") + " " + Printable.escape(message));
      return;
    }
    StringBuilder object = new StringBuilder("{\"error\":{\"code\":")
        .append(JsonText.quote(code))
        .append(",\"message\":")
        .append(JsonText.quote(message));
    for (Map.Entry<String, Object> detail : details.entrySet()) {
      object.append(',').append(JsonText.quote(detail.getKey())).append(':');
      Object value = detail.getValue();
      object.append(value instanceof String text ? JsonText.quote(text) : value);
    }
    write(JsonText.harmless(object.append("}}").toString()));
  }

  /** Tells what a person should know though the command goes on. */
  public synchronized void note(String message) {
    if (quiet) {
      return;
    }
    write(
        json
            ? JsonText.harmless("{\"note\":{\"message\":" + JsonText.quote(message) + "}}")
            : style.note("kv: note:") + " " + Printable.escape(message));
  }

  /** Tells a person at a terminal that it is done; programs have the exit code. */
  public synchronized void confirm(String message) {
    if (terminal && !quiet && !json) {
      write("kv: " + Printable.escape(message));
    }
  }

  /** Shows a question of the program's own, made of printable text, and leaves the line open for the answer. */
  synchronized void prompt(String text) {
    print(text);
  }

  /** Whether somebody looks at it who wants more than errors. */
  synchronized boolean showsProgress() {
    return terminal && !quiet && !json;
  }

  /** Shows a line in place of the one shown so before; the next message takes its place. Empty to take it away. */
  synchronized void overwrite(String line) {
    String shown = CLEAR + line;
    if (!line.isEmpty() || overwritten) {
      overwritten = false;
      print(shown);
      overwritten = !line.isEmpty();
    }
  }

  /** Writes the trace of an error in the program itself, for those who asked to see it. */
  public synchronized void trace(Throwable error) {
    StringWriter trace = new StringWriter();
    error.printStackTrace(new PrintWriter(trace));
    write(trace.toString());
  }

  private void write(String line) {
    print((overwritten ? CLEAR : "") + line + '\n');
    overwritten = false;
  }

  private void print(String text) {
    try {
      stream.write(text.getBytes(StandardCharsets.UTF_8));
      stream.flush();
    } catch (IOException e) {
      // There is no place left to report it; the exit code still tells.
    }
  }
}
