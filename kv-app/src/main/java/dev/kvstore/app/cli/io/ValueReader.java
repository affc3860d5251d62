package dev.kvstore.app.cli.io;

import dev.kvstore.core.error.InvalidInputException;
import dev.kvstore.core.model.JsonValue;
import java.util.Arrays;
import java.util.Map;

/**
 * Reads one JSON value from a stream and stops as soon as it is certain to be too long, however much would follow and however
 * slowly: when more than {@value JsonValue#MAX_BYTES} bytes outside insignificant white space, or more than {@value
 * #MAX_RAW_BYTES} bytes in all, have come. What was read before is judged by {@link JsonValue#parse(byte[])}. Takes memory in
 * proportion to what was read. An instance reads one value.
 */
public final class ValueReader {

  /** The most bytes that are read for one value, white space included: 1 MiB. */
  public static final int MAX_RAW_BYTES = 1 << 20;

  private static final int FIRST_BUFFER_BYTES = 8_192;

  private byte[] text = new byte[FIRST_BUFFER_BYTES];
  private int length;
  private int significant;
  private boolean inString;
  private boolean escaped;

  private ValueReader() {}

  /**
   * Reads a value up to the end of the input.
   *
   * @throws InvalidInputException INVALID_VALUE if it is too long or no JSON
   * @throws dev.kvstore.core.error.StorageFailedException STORAGE_FAILED if the input cannot be read
   */
  public static JsonValue read(Input input) {
    return new ValueReader().run(input);
  }

  private JsonValue run(Input input) {
    int count = input.read(text, 0, text.length);
    while (count >= 0) {
      count(length, length + count);
      length += count;
      if (significant > JsonValue.MAX_BYTES) {
        throw tooLong("in compact form", significant, JsonValue.MAX_BYTES);
      }
      if (length > MAX_RAW_BYTES) {
        throw tooLong("with its white space", length, MAX_RAW_BYTES);
      }
      if (length == text.length) {
        text = Arrays.copyOf(text, 2 * length);
      }
      count = input.read(text, length, text.length - length);
    }
    return JsonValue.parse(Arrays.copyOf(text, length));
  }

  /** Counts the bytes from {@code from} to {@code to} that the compact form will keep. */
  private void count(int from, int to) {
    for (int i = from; i < to; i++) {
      byte b = text[i];
      boolean whiteSpace = b == ' ' || b == '\n' || b == '\r' || b == '\t';
      if (inString || !whiteSpace) {
        significant++;
      }
      if (escaped) {
        escaped = false;
      } else if (b == '"') {
        inString = !inString;
      } else if (b == '\\') {
        escaped = inString;
      }
    }
  }

  private static InvalidInputException tooLong(String how, int actual, int limit) {
    return InvalidInputException.value(
        "the value has at least "
            + actual
            + " bytes "
            + how
            + "; the limit is "
            + limit
            + ". Reading stopped there; split the value over several keys",
        Map.of("limit", (long) limit, "actual", (long) actual));
  }
}
