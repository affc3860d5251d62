package dev.kvstore.jsonfile.order;

import java.io.Serial;

/**
 * No intact line of an entry stands at a place on which the order of the keys rests. Whether it still counts, and which line of the
 * file it is, is found out where nobody has to wait for it.
 */
public final class DamagedLineException extends RuntimeException {

  @Serial
  private static final long serialVersionUID = 1L;

  private final long offset;

  /** The line that should begin at {@code offset}, in bytes. */
  public DamagedLineException(long offset) {
    super("no intact line at " + offset, null, false, false);
    this.offset = offset;
  }

  /** Where it should begin, in bytes. */
  public long offset() {
    return offset;
  }
}
