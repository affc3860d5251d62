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
 *
 * <p>Who asks for one missing line after the other has the file read once: what has been found, and what has been looked through in
 * vain, is remembered.
 */
final class DurabilityProof {

  private final ReadableFile file;
  private final LineDecoder decoder;
  private final long end;

  /** The line found last: where it stands, and up to which number it proves lines to have been on the disk. */
  private long foundAt = -1;

  private long proven = -1;

  /** From here up to that line none proves a line of this number, or a higher one. */
  private long searchedFrom = Long.MAX_VALUE;

  private long searchedFor = Long.MAX_VALUE;

  /** Proofs in {@code file} as if it ended at {@code end}. */
  DurabilityProof(ReadableFile file, LineDecoder decoder, long end) {
    this.file = file;
    this.decoder = decoder;
    this.end = end;
  }

  /** Whether a line from {@code offset} on proves that the one numbered {@code seq} was on the disk. */
  boolean existsFor(long seq, long offset) throws IOException {
    if (offset <= foundAt && seq <= proven) {
      return true;
    }
    boolean goesOn = offset >= searchedFrom && offset <= foundAt && seq >= searchedFor;
    LineReader reader = new LineReader(file, goesOn ? foundAt : offset, end);
    for (Optional<RawLine> next = reader.next(); next.isPresent(); next = reader.next()) {
      Optional<EmbeddedLine> found = EmbeddedLine.atEndOf(next.get(), file, decoder);
      if (found.isPresent() && found.get().line().place().durable() >= seq) {
        searchedFrom = goesOn ? searchedFrom : offset;
        searchedFor = seq;
        foundAt = next.get().offset();
        proven = found.get().line().place().durable();
        return true;
      }
    }
    return false;
  }
}
