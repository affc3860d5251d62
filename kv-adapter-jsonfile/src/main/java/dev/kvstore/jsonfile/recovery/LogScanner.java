package dev.kvstore.jsonfile.recovery;

import dev.kvstore.core.error.CorruptStoreException;
import dev.kvstore.core.model.Key;
import dev.kvstore.jsonfile.file.ReadableFile;
import dev.kvstore.jsonfile.index.KeyIndex;
import dev.kvstore.jsonfile.index.Slot;
import dev.kvstore.jsonfile.log.Damage;
import dev.kvstore.jsonfile.log.LineDecoder;
import dev.kvstore.jsonfile.log.LineNumber;
import dev.kvstore.jsonfile.log.LineReader;
import dev.kvstore.jsonfile.log.LogHeader;
import dev.kvstore.jsonfile.log.LogLine;
import dev.kvstore.jsonfile.log.RawLine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file from its header to its end by the rules that FORMAT.md gives under "Opening a file", and changes nothing. Time
 * and reading are linear in the length of the file.
 */
public final class LogScanner {

  /**
   * A line of a commit. Its value is not kept, since a commit may have tens of megabytes of them.
   *
   * @param key none for a mark
   * @param slot that the key gets, or none
   */
  private record Part(
      LogLine.Place place,
      long offset,
      @Nullable Key key,
      @Nullable Slot slot) {}

  private final ReadableFile file;
  private final String name;
  private final LineDecoder decoder;
  private final long start;

  private final KeyIndex index;
  private final List<Part> commit = new ArrayList<>();
  private Optional<RawLine> fault = Optional.empty();
  private long seq;
  private LogEnd end;
  private boolean endsLines;

  /**
   * A scanner for one scan.
   *
   * @param file open for reading
   * @param name its path, for messages
   * @param header its header
   * @param index where what the file holds is noted; knows what stands before {@code from}
   * @param from where to begin: behind the header, or an end of the log that is on the disk
   */
  public LogScanner(ReadableFile file, String name, LogHeader header, KeyIndex index, LogEnd from) {
    this.index = index;
    this.file = file;
    this.name = name;
    this.decoder = new LineDecoder(header);
    this.start = from.offset();
    this.seq = from.seq();
    this.end = from;
  }

  /** Tells the index up to where lines are known, commit by commit, for a file that others write. */
  LogScanner endingLines() {
    endsLines = true;
    return this;
  }

  /**
   * Reads the file and judges what it reads.
   *
   * @throws CorruptStoreException STORE_CORRUPT with byte offset and line if the file is damaged
   * @throws IOException if it cannot be read
   */
  public Recovered scan() throws IOException {
    read();
    long tornBytes = 0;
    if (fault.isPresent() || !commit.isEmpty()) {
      tornBytes = BlankTail.startOf(file, end.offset()) - end.offset();
      if (tornBytes > 0 && lacksALine()) {
        throw damage();
      }
    }
    boolean closedCleanly = end.closed() && end.offset() == file.size();
    return new Recovered(index, end, closedCleanly, tornBytes, start);
  }

  /** Takes the commits that are whole, up to the first line that is not a valid next one. Judges nothing. */
  void read() throws IOException {
    LineReader reader = new LineReader(file, start);
    fault = reader.next();
    while (fault.isPresent() && take(fault.get())) {
      fault = reader.next();
    }
  }

  /** The end of what was taken so far. */
  LogEnd end() {
    return end;
  }

  /** Rule 4 of FORMAT.md: whether a later line knew the first one that was not taken to be durable. */
  boolean lacksALine() throws IOException {
    return new DurabilityProof(file, decoder, file.size()).existsFor(end.seq() + 1, end.offset());
  }

  /** The report of that. */
  CorruptStoreException damage() throws IOException {
    // An unfinished commit at the end of the file is missing as a whole.
    long offset = fault.map(RawLine::offset).orElse(end.offset());
    return Damage.at(
        name,
        offset,
        LineNumber.of(file, offset),
        "the line is damaged or missing, and a later one proves it was there");
  }

  /** Takes a line into account; false if it is not a valid next line. */
  private boolean take(RawLine raw) {
    Optional<LogLine> decoded =
        raw.terminated() ? decoder.decodeAndCheckValue(raw.text()) : Optional.empty();
    if (decoded.isEmpty() || !follows(decoded.get().place())) {
      return false;
    }
    LogLine line = decoded.get();
    seq = line.place().seq();
    commit.add(part(line, raw));
    if (line.place().part() == line.place().of()) {
      if (endsLines) {
        index.linesEndAt(raw.end());
      }
      commit.forEach(this::apply);
      end = endBehind(line, raw);
      commit.clear();
    }
    return true;
  }

  private boolean follows(LogLine.Place place) {
    if (place.prev() != seq || place.part() != commit.size() + 1) {
      return false;
    }
    return commit.isEmpty() || commit.get(0).place().of() == place.of();
  }

  /** The end behind a commit. What its first line does not vouch for, it shares its place on the disk with. */
  private LogEnd endBehind(LogLine last, RawLine raw) {
    Part first = commit.get(0);
    boolean nothingPending = first.place().durable() >= first.place().prev();
    return new LogEnd(
        raw.end(),
        seq,
        nothingPending ? first.offset() : end.durableOffset(),
        nothingPending ? first.place().prev() : end.durableSeq(),
        last.step() == LogLine.Mark.CLOSED);
  }

  private static Part part(LogLine line, RawLine raw) {
    LogLine.Place place = line.place();
    if (line.step() instanceof LogLine.Put put) {
      Slot slot = new Slot(raw.offset(), (int) raw.length(), place.seq(), put.expiresAtMillis());
      return new Part(place, raw.offset(), put.key(), slot);
    }
    Key key = line.step() instanceof LogLine.Delete delete ? delete.key() : null;
    return new Part(place, raw.offset(), key, null);
  }

  private void apply(Part part) {
    if (part.key() == null) {
      return;
    }
    if (part.slot() == null) {
      index.remove(part.key());
    } else {
      index.put(part.key(), part.slot());
    }
  }
}
