package dev.kvstore.app.cli.io;

import dev.kvstore.core.error.InvalidInputException;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads lines of bytes, each of at most {@value #MAX_LINE_BYTES}; holds one at a time. For one thread. */
public final class LineReader {

  /** The most bytes of a line, without its line feed: 1 MiB. */
  public static final int MAX_LINE_BYTES = 1 << 20;

  private final Input input;
  private final byte[] buffer = new byte[1 << 16];
  private int position;
  private int end;
  private long number;

  /** Reads {@code input}, which stays the caller's to close. */
  public LineReader(Input input) {
    this.input = input;
  }

  /** The number of the line read last, from 1; of the one that could not be read, if that failed. */
  public long number() {
    return number;
  }

  /**
   * The next line without its line feed; null at the end of the input.
   *
   * @throws InvalidInputException INVALID_VALUE if it is too long
   * @throws dev.kvstore.core.error.StorageFailedException STORAGE_FAILED if the input cannot be read
   */
  public byte @Nullable [] next() {
    // Counted first, so that it is right if the line cannot be read.
    number++;
    if (position == end && !fill()) {
      number--;
      return null;
    }
    byte[] line = {};
    do {
      int stop = position;
      while (stop < end && buffer[stop] != '\n') {
        stop++;
      }
      line = append(line, stop);
      boolean complete = stop < end;
      position = complete ? stop + 1 : stop;
      if (complete) {
        return line;
      }
    } while (fill());
    return line;
  }

  /** Whether a line holds white space alone. */
  public static boolean isBlank(byte[] line) {
    for (byte b : line) {
      if (b != ' ' && b != '\t' && b != '\r') {
        return false;
      }
    }
    return true;
  }

  private byte[] append(byte[] line, int stop) {
    int length = line.length + stop - position;
    if (length > MAX_LINE_BYTES) {
      throw InvalidInputException.value(
          "the line has at least " + length + " bytes; the limit is " + MAX_LINE_BYTES
              + ". Leave out white space or split it",
          Map.of("limit", (long) MAX_LINE_BYTES, "actual", (long) length));
    }
    byte[] longer = Arrays.copyOf(line, length);
    System.arraycopy(buffer, position, longer, line.length, stop - position);
    return longer;
  }

  private boolean fill() {
    position = 0;
    end = Math.max(0, input.read(buffer, 0, buffer.length));
    return end > 0;
  }
}
