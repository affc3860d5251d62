package dev.kvstore.jsonfile.compaction;

import dev.kvstore.jsonfile.file.StoreFile;
import dev.kvstore.jsonfile.file.StoreFileSystem;
import dev.kvstore.jsonfile.index.Slot;
import dev.kvstore.jsonfile.log.LineEncoder;
import dev.kvstore.jsonfile.log.LogHeader;
import dev.kvstore.jsonfile.log.LogLine;
import dev.kvstore.jsonfile.log.LogLine.Place;
import dev.kvstore.jsonfile.recovery.LogScanner;
import dev.kvstore.jsonfile.recovery.Recovered;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.stream.Stream;

/** Writes the next generation of a file: the live lines and a mark, forced and read back, under a temporary name. */
public final class Compactor {

  private static final int CHUNK_BYTES = 1 << 16;

  /** Gives the line that stands in a slot of the old generation, verified. */
  public interface LineSource {

    /** Throws what reading the store throws, if the line cannot be read or is damaged. */
    LogLine read(Slot slot) throws IOException;
  }

  /**
   * A new generation, durable under its temporary name.
   *
   * @param file open
   * @param contents what it holds, read back
   */
  public record Compacted(StoreFile file, LogHeader header, Recovered contents) {}

  private final StoreFileSystem fileSystem;
  private final Path target;
  private final LogHeader header;
  private final LineEncoder encoder;
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream(2 * CHUNK_BYTES);
  private long written;

  /**
   * A compactor for one run.
   *
   * @param target the temporary name; nothing has it
   * @param header of the new generation
   */
  public Compactor(StoreFileSystem fileSystem, Path target, LogHeader header) {
    this.fileSystem = fileSystem;
    this.target = target;
    this.header = header;
    this.encoder = new LineEncoder(header);
  }

  /**
   * Writes the next generation of a store.
   *
   * @param live the slots to copy, in the order of their sequence numbers
   * @param source reads their lines
   * @param markSeq the sequence number of the mark that ends it, higher than every other
   * @param nowMillis the time of the mark
   * @throws IOException if it cannot be written or does not read back; what is then left under the temporary name is for the
   *     caller to delete
   */
  public Compacted write(Stream<Slot> live, LineSource source, long markSeq, long nowMillis)
      throws IOException {
    StoreFile file = fileSystem.create(target);
    try {
      add(file, header.line());
      long last = 0;
      long copied = 0;
      for (Iterator<Slot> slots = live.iterator(); slots.hasNext(); copied++) {
        LogLine line = source.read(slots.next());
        long seq = line.place().seq();
        add(
            file,
            encoder.encode(
                new LogLine(new Place(seq, last, 0, 1, 1), line.atMillis(), line.step())));
        last = seq;
      }
      Place markPlace = new Place(markSeq, last, 0, 1, 1);
      add(file, encoder.encode(new LogLine(markPlace, nowMillis, LogLine.Mark.COMPACTED)));
      flush(file);
      file.force();
      return new Compacted(file, header, readBack(file, copied, markSeq));
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private Recovered readBack(StoreFile file, long copied, long markSeq) throws IOException {
    Recovered contents = new LogScanner(file, target.toString(), header).scan();
    boolean whole = contents.end().offset() == written
        && contents.end().offset() == file.size()
        && contents.end().seq() == markSeq
        && contents.index().size() == copied;
    if (!whole) {
      throw new IOException("the compacted file does not read back as it was written");
    }
    return contents;
  }

  private void add(StoreFile file, byte[] line) throws IOException {
    pending.write(line, 0, line.length);
    if (pending.size() >= CHUNK_BYTES) {
      flush(file);
    }
  }

  private void flush(StoreFile file) throws IOException {
    file.write(written, pending.toByteArray(), pending.size());
    written += pending.size();
    pending.reset();
  }
}
