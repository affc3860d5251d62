package dev.kvstore.app.cli.io;

import dev.kvstore.core.error.Printable;
import dev.kvstore.core.error.StorageFailedException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;

/**
 * The standard output: data in UTF-8, buffered. On a terminal what it would obey or hide is shown as an escape; in a pipe or a
 * file everything is to the letter. For one thread.
 *
 * <p>Every method that writes throws {@link ClosedPipeException} if nobody reads any more, and {@link StorageFailedException}
 * STORAGE_FAILED for any other failure; after either, nothing more is written.
 */
public final class Output {

  private final OutputStream stream;
  private final boolean terminal;
  private final String name;
  private Style style = Style.PLAIN;
  private boolean failed;

  Output(OutputStream stream, boolean terminal) {
    this(stream, terminal, "the standard output");
  }

  /**
   * Output to somewhere else.
   *
   * @param name what it is, for messages
   */
  Output(OutputStream stream, boolean terminal, String name) {
    this.name = name;
    this.stream = new BufferedOutputStream(stream);
    this.terminal = terminal;
  }

  /** Whether a person looks at it. */
  public boolean isTerminal() {
    return terminal;
  }

  /** Whether something could not be written; then nothing is any more. */
  public boolean hasFailed() {
    return failed;
  }

  /** Sets how headings stand out. */
  public void paint(Style newStyle) {
    this.style = newStyle;
  }

  /** Writes a heading of the program's own, and ends the line. */
  public void heading(String text) {
    write(style.heading(text) + '\n');
  }

  /** Writes text that comes from outside, such as a key, and ends the line. */
  public void line(String text) {
    write((terminal ? Printable.escape(text) : text) + '\n');
  }

  /** Writes one JSON text or several lines of it, and ends the line; escapes keep it the same JSON. */
  public void json(String text) {
    write((terminal ? JsonText.harmless(text) : text) + '\n');
  }

  /** Writes a part of a JSON text and does not end the line. */
  public void fragment(String text) {
    write(terminal ? JsonText.harmless(text) : text);
  }

  /** Writes the program's own text, which needs no escapes, and ends the line. */
  public void text(String text) {
    write(text + '\n');
  }

  /** Hands over what is buffered. */
  public void flush() {
    if (failed) {
      return;
    }
    try {
      stream.flush();
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private void write(String text) {
    if (failed) {
      return;
    }
    try {
      stream.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private RuntimeException failure(IOException cause) {
    failed = true;
    String reason = Objects.requireNonNullElse(cause.getMessage(), "unknown reason");
    // The only trace of EPIPE in Java is the system's text; the launcher asks for the English one.
    if (reason.contains("Broken pipe") || reason.contains("pipe is being closed")) {
      return new ClosedPipeException(cause);
    }
    return StorageFailedException.failed(
        "cannot write to " + name + ": " + Printable.escape(reason), Map.of(), cause);
  }
}
