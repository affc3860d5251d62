package dev.kvstore.jsonfile.compaction;

import dev.kvstore.jsonfile.file.StoreFile;
import dev.kvstore.jsonfile.index.KeyIndex;
import dev.kvstore.jsonfile.index.Slot;
import dev.kvstore.jsonfile.log.LineBuffer;
import dev.kvstore.jsonfile.log.LineEncoder;
import dev.kvstore.jsonfile.log.LogHeader;
import dev.kvstore.jsonfile.log.LogLine;
import dev.kvstore.jsonfile.log.LogLine.Delete;
import dev.kvstore.jsonfile.log.LogLine.Mark;
import dev.kvstore.jsonfile.log.LogLine.Place;
import dev.kvstore.jsonfile.log.LogLine.Put;
import dev.kvstore.jsonfile.recovery.LogEnd;
import dev.kvstore.jsonfile.recovery.WrittenLines;
import java.io.Closeable;
import java.io.IOException;

/** The file that a compaction writes, with its index, until it takes the place of the old one. For one thread at a time. */
public final class NextGeneration implements Closeable {

  private static final int CHUNK_BYTES = 1 << 16;

  private final StoreFile file;
  private final LogHeader header;
  private final LineEncoder encoder;
  private final long cap;
  private final KeyIndex index;
  private final LineBuffer pending = new LineBuffer();
  private long written;
  private long lastSeq;
  private long verified;
  private long verifiedSeq;

  /**
   * Begins a file.
   *
   * @param file empty
   * @param header of the new generation
   * @param index empty
   * @param cap what the file never exceeds, in bytes
   */
  public NextGeneration(StoreFile file, LogHeader header, KeyIndex index, long cap)
      throws IOException {
    this.file = file;
    this.header = header;
    this.encoder = new LineEncoder(header);
    this.index = index;
    this.cap = cap;
    byte[] first = header.line();
    file.write(0, first, first.length);
    this.written = first.length;
    this.verified = first.length;
  }

  /** Copies a line that still counts. */
  public void put(LogLine line, Put put) throws IOException {
    long offset = written + pending.length();
    int length = append(line);
    index.put(put.key(), new Slot(offset, length, line.place().seq(), put.expiresAtMillis()));
  }

  /** Copies a removal, if what it removes was copied. */
  public void delete(LogLine line, Delete delete) throws IOException {
    if (index.get(delete.key()) != null) {
      append(line);
      index.remove(delete.key());
    }
  }

  /** Ends the copy with its mark. */
  public void mark(long seq, long nowMillis) throws IOException {
    append(new LogLine(new Place(seq, lastSeq, 0, 1, 1), nowMillis, Mark.COMPACTED));
  }

  /**
   * Returns when everything so far is on the disk, and was read back.
   *
   * @throws IOException also if it does not read back as it was written
   */
  public void forceAndVerify() throws IOException {
    flush();
    file.force();
    if (!WrittenLines.areSound(file, header, verified, written, verifiedSeq, lastSeq)) {
      throw new IOException("the compacted file does not read back as it was written");
    }
    verified = written;
    verifiedSeq = lastSeq;
  }

  /** The file, which is then no longer this object's to close. */
  public StoreFile file() {
    return file;
  }

  /** Its header. */
  public LogHeader header() {
    return header;
  }

  /** Where its entries stand. */
  public KeyIndex index() {
    return index;
  }

  /** Its end, once it was forced. */
  public LogEnd end() {
    return LogEnd.durable(written, lastSeq, false);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private int append(LogLine line) throws IOException {
    int start = pending.length();
    long seq = line.place().seq();
    encoder.encode(
        new LogLine(new Place(seq, lastSeq, 0, 1, 1), line.atMillis(), line.step()), pending);
    int length = pending.length() - start;
    if (written + pending.length() > cap) {
      throw new IOException("the copy would pass the cap of " + cap + " bytes");
    }
    lastSeq = seq;
    if (pending.length() >= CHUNK_BYTES) {
      flush();
    }
    return length;
  }

  private void flush() throws IOException {
    file.write(written, pending.bytes(), pending.length());
    written += pending.length();
    pending.clear();
  }
}
