package dev.kvstore.jsonfile.recovery;

import dev.kvstore.jsonfile.file.ReadableFile;
import dev.kvstore.jsonfile.log.LineDecoder;
import dev.kvstore.jsonfile.log.LogFormat;
import dev.kvstore.jsonfile.log.LogLine;
import dev.kvstore.jsonfile.log.RawLine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * A valid line at the end of what is read as a line. Mostly that is all of it; but the line feed before the valid one may be what
 * was damaged.
 *
 * @param line what it says
 * @param offset of its first byte in the file
 * @param length in bytes, with its line feed
 */
record EmbeddedLine(LogLine line, long offset, int length) {

  private static final byte[] LINE_START = "{\"seq\":".getBytes(StandardCharsets.US_ASCII);

  /** The longest valid line that ends where {@code raw} does. */
  static Optional<EmbeddedLine> atEndOf(RawLine raw, ReadableFile file, LineDecoder decoder)
      throws IOException {
    byte[] text = textOf(raw, file);
    for (int start = 0; start + LINE_START.length <= text.length; start++) {
      if (Arrays.equals(text, start, start + LINE_START.length, LINE_START, 0, LINE_START.length)) {
        Optional<LogLine> line = decoder.decodeAndCheckValue(
            start == 0 ? text : Arrays.copyOfRange(text, start, text.length));
        if (line.isPresent()) {
          int length = text.length - start + 1;
          return Optional.of(new EmbeddedLine(line.get(), raw.end() - length, length));
        }
      }
    }
    return Optional.empty();
  }

  /** The text before the line feed, or so much of its end as a line may have; empty if there is no line feed. */
  private static byte[] textOf(RawLine raw, ReadableFile file) throws IOException {
    if (raw.terminated()) {
      return raw.text();
    }
    if (raw.length() < LogFormat.MAX_LINE_BYTES) {
      return new byte[0];
    }
    byte[] text = new byte[LogFormat.MAX_LINE_BYTES];
    file.read(raw.end() - text.length, text);
    int last = text.length - 1;
    return text[last] == '\n' ? Arrays.copyOf(text, last) : new byte[0];
  }
}
