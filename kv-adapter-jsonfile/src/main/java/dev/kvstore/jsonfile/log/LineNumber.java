package dev.kvstore.jsonfile.log;

import dev.kvstore.jsonfile.file.ReadableFile;
import java.io.IOException;
import java.util.Optional;

/** Finds the number of a line for an error report; reads the file up to there. */
public final class LineNumber {

  private LineNumber() {}

  /** The number, from 1, of the line that holds the byte at {@code offset}. */
  public static long of(ReadableFile file, long offset) throws IOException {
    LineReader reader = new LineReader(file, 0);
    long number = 1;
    Optional<RawLine> line = reader.next();
    while (line.isPresent() && line.get().end() <= offset) {
      number++;
      line = reader.next();
    }
    return number;
  }
}
