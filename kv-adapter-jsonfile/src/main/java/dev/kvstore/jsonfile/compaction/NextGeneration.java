package dev.kvstore.jsonfile.compaction;

import dev.kvstore.core.port.ProgressListener;
import dev.kvstore.jsonfile.file.StoreFile;
import dev.kvstore.jsonfile.index.Hash;
import dev.kvstore.jsonfile.index.KeyIndex;
import dev.kvstore.jsonfile.index.LineReads;
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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The file that a compaction writes, with its index, until it takes the place of the old one. For one thread at a time. */
public final class NextGeneration implements Closeable {

  private static final int CHUNK_BYTES = 1 << 16;

  /** Forced so often, in bytes, the copy never holds the disk up for long while commits wait for it. */
  private static final int FORCE_BYTES = 1 << 22;

  private final StoreFile file;
  private final LogHeader header;
  private final LineEncoder encoder;
  private final long cap;
  private final KeyIndex index;
  private final LineBuffer pending = new LineBuffer();

  /** What the pending lines change in the index. */
  private final List<Runnable> changes = new ArrayList<>();

  private long written;
  private long forced;
  private long lastSeq;
  private long verified;
  private long verifiedSeq;

  private NextGeneration(StoreFile file, LogHeader header, KeyIndex index, long cap) {
    this.file = file;
    this.header = header;
    this.encoder = new LineEncoder(header);
    this.index = index;
    this.cap = cap;
  }

  /**
   * Begins a file.
   *
   * @param file empty; closed again if this throws
   * @param name of the store, for messages
   * @param header of the new generation
   * @param hash of the keys
   * @param cap what the file never exceeds, in bytes
   */
  public static NextGeneration begin(
      StoreFile file, Path name, LogHeader header, Hash hash, long cap) throws IOException {
    try {
      KeyIndex index = KeyIndex.empty(new LineReads(file, name, header), hash);
      NextGeneration next = new NextGeneration(file, header, index, cap);
      byte[] first = header.line();
      file.write(0, first, first.length);
      next.written = first.length;
      next.verified = first.length;
      return next;
    } catch (IOException | RuntimeException e) {
      try (file) {
        throw e;
      }
    }
  }

  /** Copies a line that still counts. */
  public void put(LogLine line, Put put) throws IOException {
    long offset = written + pending.length();
    int length = append(line);
    Slot slot = new Slot(offset, length, line.place().seq(), put.expiresAtMillis());
    changes.add(() -> index.put(put.key(), slot));
    flushIfLong();
  }

  /** Copies a removal, if what it removes was copied. */
  public void delete(LogLine line, Delete delete) throws IOException {
    flush();
    if (index.get(delete.key()) != null) {
      append(line);
      changes.add(() -> index.remove(delete.key()));
    }
  }

  /** How many entries were copied. */
  public long size() throws IOException {
    flush();
    return index.size();
  }

  /** Ends the copy with its mark. */
  public void mark(long seq, long nowMillis) throws IOException {
    flush();
    append(new LogLine(new Place(seq, lastSeq, 0, 1, 1), nowMillis, Mark.COMPACTED));
  }

  /**
   * Returns when everything so far is on the disk, and was read back.
   *
   * @param progress told up to which offset it was read back, and how far it goes
   * @throws IOException also if it does not read back as it was written
   */
  public void forceAndVerify(ProgressListener progress) throws IOException {
    flush();
    file.force();
    forced = written;
    if (!WrittenLines.areSound(file, header, verified, written, verifiedSeq, lastSeq, progress)) {
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
    index.close();
    file.close();
  }

  private int append(LogLine line) throws IOException {
    int start = pending.length();
    long seq = line.place().seq();
    encoder.encode(
        new LogLine(new Place(seq, lastSeq, 0, 1, 1), line.atMillis(), line.step()), pending);
    int length = pending.length() - start;
    if (written + pending.length() > cap) {
      throw new IOException("what it holds takes at least " + (written + pending.length())
          + " bytes without any garbage, and " + cap
          + " of them fit under the cap; open the store with a larger maximum size");
    }
    lastSeq = seq;
    return length;
  }

  private void flushIfLong() throws IOException {
    if (pending.length() >= CHUNK_BYTES) {
      flush();
    }
  }

  /** Writes the pending lines, and then takes them into the index, which reads them. */
  private void flush() throws IOException {
    if (pending.length() > 0) {
      file.write(written, pending.bytes(), pending.length());
      written += pending.length();
      pending.clear();
    }
    if (written - forced >= FORCE_BYTES) {
      file.force();
      forced = written;
    }
    index.reserve(changes.size());
    changes.forEach(Runnable::run);
    changes.clear();
  }
}
