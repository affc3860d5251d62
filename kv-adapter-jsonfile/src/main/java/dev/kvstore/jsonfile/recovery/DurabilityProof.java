package dev.kvstore.jsonfile.recovery;

import dev.kvstore.jsonfile.file.ReadableFile;
import dev.kvstore.jsonfile.log.LineDecoder;
import dev.kvstore.jsonfile.log.LineReader;
import dev.kvstore.jsonfile.log.RawLine;
import java.io.IOException;
import java.util.Optional;

/**
 * Rule 4 of FORMAT.md: looks for a line that was written when a missing one was known to be on the disk. Such a line may also
 * begin in the midst of what is read as a line, since the line feed before it may be what was damaged.
 */
final class DurabilityProof {

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
      Optional<EmbeddedLine> found = EmbeddedLine.atEndOf(next.get(), file, decoder);
      if (found.isPresent() && found.get().line().place().durable() >= seq) {
        return true;
      }
    }
    return false;
  }
}
