package dev.kvstore.app.cli.io;

import java.io.Serial;

/** Whoever read the standard output has stopped; there is no use in going on, and nothing to report. */
public final class ClosedPipeException extends RuntimeException {

  @Serial
  private static final long serialVersionUID = 1L;

  ClosedPipeException(Throwable cause) {
    super("the standard output is closed", cause);
  }
}
