package dev.kvstore.jsonfile.recovery;

import dev.kvstore.jsonfile.file.ReadableFile;
import dev.kvstore.jsonfile.log.LineDecoder;
import dev.kvstore.jsonfile.log.LineReader;
import dev.kvstore.jsonfile.log.LogHeader;
import dev.kvstore.jsonfile.log.LogLine;
import dev.kvstore.jsonfile.log.RawLine;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/** Walks over the lines of a part of a file, for one who knows which of them count. */
public final class LineWalk {

  /** Takes the lines one by one. */
  public interface Visitor {

    /**
     * Takes a line.
     *
     * @param offset of its first byte
     */
    void visit(LogLine line, long offset) throws IOException;
  }

  private LineWalk() {}

  /**
   * Shows the lines from {@code from} to {@code to} whose checksums are right, in their order.
   *
   * @return the offset of the first damaged one, which was left out like all damaged ones
   */
  public static OptionalLong over(
      ReadableFile file, LogHeader header, long from, long to, Visitor visitor) throws IOException {
    LineDecoder decoder = new LineDecoder(header);
    LineReader reader = new LineReader(file, from);
    OptionalLong damaged = OptionalLong.empty();
    for (long at = from; at < to; ) {
      Optional<RawLine> raw = reader.next();
      if (raw.isEmpty()) {
        return damaged.isPresent() ? damaged : OptionalLong.of(at);
      }
      Optional<LogLine> line =
          raw.get().terminated() ? decoder.decode(raw.get().text()) : Optional.empty();
      if (line.isPresent()) {
        visitor.visit(line.get(), at);
      } else if (damaged.isEmpty()) {
        damaged = OptionalLong.of(at);
      }
      at = raw.get().end();
    }
    return damaged;
  }
}
