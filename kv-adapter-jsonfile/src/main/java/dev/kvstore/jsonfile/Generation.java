package dev.kvstore.jsonfile;

import dev.kvstore.jsonfile.file.ReadableFile;
import dev.kvstore.jsonfile.index.KeyIndex;
import dev.kvstore.jsonfile.log.LogHeader;
import java.io.IOException;

/**
 * One open data file with its index: what readers need. A compaction puts another in its place. Whoever reads is counted, so that
 * neither is closed while somebody is inside.
 */
final class Generation {

  private final ReadableFile file;
  private final LogHeader header;
  private final KeyIndex index;
  private final int firstLine;
  private final InFlight readers = new InFlight();

  Generation(ReadableFile file, LogHeader header, KeyIndex index) {
    this.file = file;
    this.header = header;
    this.index = index;
    this.firstLine = header.line().length;
  }

  ReadableFile file() {
    return file;
  }

  LogHeader header() {
    return header;
  }

  /** Where the first line after the header stands, in bytes. */
  int firstLine() {
    return firstLine;
  }

  KeyIndex index() {
    return index;
  }

  /** Those who read. */
  InFlight readers() {
    return readers;
  }

  /** Lets no more readers in, waits for those inside, and closes the file and the index. */
  void close() throws IOException {
    readers.drain();
    try (file) {
      index.close();
    }
  }
}
