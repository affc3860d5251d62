package dev.kvstore.jsonfile.recovery;

import dev.kvstore.core.port.ProgressListener;
import dev.kvstore.jsonfile.file.ReadableFile;
import dev.kvstore.jsonfile.log.LineDecoder;
import dev.kvstore.jsonfile.log.LineReader;
import dev.kvstore.jsonfile.log.LogHeader;
import dev.kvstore.jsonfile.log.LogLine;
import dev.kvstore.jsonfile.log.RawLine;
import java.io.IOException;
import java.util.Optional;

/** Reads lines back that were just written. */
public final class WrittenLines {

  private WrittenLines() {}

  /**
   * Whether the lines from {@code from} to {@code to} are whole and follow each other.
   *
   * @param before the sequence number of the line before them
   * @param last that of the last of them
   * @param progress told up to which offset they were read, and how far it goes
   */
  public static boolean areSound(
      ReadableFile file,
      LogHeader header,
      long from,
      long to,
      long before,
      long last,
      ProgressListener progress)
      throws IOException {
    LineDecoder decoder = new LineDecoder(header);
    LineReader reader = new LineReader(file, from);
    long at = from;
    long seq = before;
    while (at < to) {
      RawLine raw = reader.next().orElse(null);
      if (raw == null || !raw.terminated()) {
        return false;
      }
      Optional<LogLine> line = decoder.decode(raw.text());
      if (line.isEmpty() || line.get().place().prev() != seq) {
        return false;
      }
      seq = line.get().place().seq();
      at = raw.end();
      progress.reached(at, to);
    }
    return at == to && seq == last;
  }
}
