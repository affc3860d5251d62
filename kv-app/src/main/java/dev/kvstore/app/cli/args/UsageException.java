package dev.kvstore.app.cli.args;

import java.io.Serial;

/** The command line is wrong. The message is one line that says what is wrong and what would be right. */
public final class UsageException extends RuntimeException {

  @Serial
  private static final long serialVersionUID = 1L;

  /** A wrong command line; {@code message} holds text from outside only through {@code Printable}. */
  public UsageException(String message) {
    super(message);
  }
}
