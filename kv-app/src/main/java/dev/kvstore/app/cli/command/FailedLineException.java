package dev.kvstore.app.cli.command;

import dev.kvstore.core.error.StoreException;
import java.io.Serial;

/** A line of an input was refused; names the line. */
public final class FailedLineException extends RuntimeException {

  @Serial
  private static final long serialVersionUID = 1L;

  private final long line;
  private final StoreException failure;

  FailedLineException(long line, StoreException failure) {
    super("line " + line + ": " + failure.getMessage(), failure);
    this.line = line;
    this.failure = failure;
  }

  /** The number of the line, from 1. */
  public long line() {
    return line;
  }

  /** Why it was refused. */
  public StoreException failure() {
    return failure;
  }
}
