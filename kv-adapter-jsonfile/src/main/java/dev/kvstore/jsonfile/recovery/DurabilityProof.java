package dev.kvstore.jsonfile.recovery;

import dev.kvstore.jsonfile.file.ReadableFile;
import dev.kvstore.jsonfile.log.LineDecoder;
import dev.kvstore.jsonfile.log.LineReader;
import dev.kvstore.jsonfile.log.LogFormat;
import dev.kvstore.jsonfile.log.LogLine;
import dev.kvstore.jsonfile.log.RawLine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Rule 4 of FORMAT.md: looks for a line that was written when a missing one was known to be on the disk. Such a line may also
 * begin in the midst of what is read as a line, since the line feed before it may be what was damaged.
 */
final class DurabilityProof {

  private static final byte[] LINE_START = "{\"seq\":".getBytes(StandardCharsets.US_ASCII);

  private final ReadableFile file;
  private final LineDecoder decoder;

  DurabilityProof(ReadableFile file, LineDecoder decoder) {
    this.file = file;
    this.decoder = decoder;
  }

  /** Whether a line from {@code offset} on proves that the one numbered {@code seq} was on the disk. */
  boolean existsFor(long seq, long offset) throws IOException {
    LineReader reader = new LineReader(file, offset);
    for (Optional<RawLine> next = reader.next(); next.isPresent(); next = reader.next()) {
      Optional<LogLine> line = lineAtEndOf(textOf(next.get()));
      if (line.isPresent() && line.get().place().durable() >= seq) {
        return true;
      }
    }
    return false;
  }

  /** The text before the line feed, or so much of its end as a line may have; empty if there is no line feed. */
  private byte[] textOf(RawLine raw) throws IOException {
    if (raw.terminated() || raw.length() < LogFormat.MAX_LINE_BYTES) {
      return raw.text();
    }
    byte[] text = new byte[LogFormat.MAX_LINE_BYTES];
    file.read(raw.end() - text.length, text);
    int last = text.length - 1;
    return text[last] == '\n' ? Arrays.copyOf(text, last) : new byte[0];
  }

  private Optional<LogLine> lineAtEndOf(byte[] text) {
    for (int start = 0; start + LINE_START.length <= text.length; start++) {
      if (Arrays.equals(text, start, start + LINE_START.length, LINE_START, 0, LINE_START.length)) {
        Optional<LogLine> line =
            decoder.decodeAndCheckValue(Arrays.copyOfRange(text, start, text.length));
        if (line.isPresent()) {
          return line;
        }
      }
    }
    return Optional.empty();
  }
}
