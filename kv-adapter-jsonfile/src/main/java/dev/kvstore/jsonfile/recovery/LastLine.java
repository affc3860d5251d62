package dev.kvstore.jsonfile.recovery;

import dev.kvstore.jsonfile.file.ReadableFile;
import dev.kvstore.jsonfile.log.LineDecoder;
import dev.kvstore.jsonfile.log.LogFormat;
import dev.kvstore.jsonfile.log.LogHeader;
import dev.kvstore.jsonfile.log.LogLine;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** Checks that a line ends where somebody remembers that one did. */
public final class LastLine {

  private LastLine() {}

  /**
   * The end of the log at {@code offset}, if the line numbered {@code seq} ends there, or the header if that is 0.
   *
   * @return an end that is on the disk, but for the mark of a clean close, of which nobody knows
   */
  public static Optional<LogEnd> endAt(ReadableFile file, LogHeader header, long offset, long seq)
      throws IOException {
    long first = header.line().length;
    if (seq == 0) {
      return offset == first ? Optional.of(LogEnd.durable(first, 0, false)) : Optional.empty();
    }
    if (offset <= first) {
      return Optional.empty();
    }
    byte[] text = new byte[(int) Math.min(LogFormat.MAX_LINE_BYTES, offset - first)];
    file.read(offset - text.length, text);
    int last = text.length - 1;
    if (text[last] != '\n') {
      return Optional.empty();
    }
    int from = last;
    while (from > 0 && text[from - 1] != '\n') {
      from--;
    }
    long start = offset - text.length + from;
    Optional<LogLine> line = new LineDecoder(header).decode(Arrays.copyOfRange(text, from, last));
    return line.isPresent() && line.get().place().seq() == seq
        ? Optional.of(endBehind(line.get(), start, offset))
        : Optional.empty();
  }

  private static LogEnd endBehind(LogLine line, long start, long offset) {
    long seq = line.place().seq();
    return line.step() == LogLine.Mark.CLOSED
        ? new LogEnd(offset, seq, start, line.place().prev(), true)
        : LogEnd.durable(offset, seq, false);
  }
}
