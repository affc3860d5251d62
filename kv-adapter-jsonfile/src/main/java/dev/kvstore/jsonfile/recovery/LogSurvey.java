package dev.kvstore.jsonfile.recovery;

import dev.kvstore.core.port.DamagedPlace;
import dev.kvstore.jsonfile.file.ReadableFile;
import dev.kvstore.jsonfile.log.LineDecoder;
import dev.kvstore.jsonfile.log.LineReader;
import dev.kvstore.jsonfile.log.LogHeader;
import dev.kvstore.jsonfile.log.LogLine;
import dev.kvstore.jsonfile.log.LogLine.Delete;
import dev.kvstore.jsonfile.log.LogLine.Place;
import dev.kvstore.jsonfile.log.LogLine.Put;
import dev.kvstore.jsonfile.log.RawLine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file from its header to its end as {@link LogScanner} does, but goes on behind damage: shows every commit that is whole,
 * and every place that is lost. Changes nothing. An instance serves one walk.
 */
public final class LogSurvey {

  /** Takes what the file holds, in the order of the file. */
  public interface Visitor {

    /** A commit that is whole: all its lines, at least one. */
    void whole(List<SurveyedLine> commit) throws IOException;

    /** A place that is damaged, or a line that is lost with others of its commit. Its offset is known. */
    void lost(DamagedPlace place);

    /** The walk has come to {@code offset}. */
    default void reached(long offset) {}
  }

  private final ReadableFile file;
  private final String name;
  private final LineDecoder decoder;
  private final long start;
  private final Visitor visitor;

  private final List<SurveyedLine> commit = new ArrayList<>();
  private long seq;
  private long number = 1;
  /** Whether the last line was damaged, so that the next one may leave a gap. */
  private boolean behindDamage;

  private long torn = -1;
  private @Nullable DurabilityProof proof;

  /**
   * A walk over {@code file}.
   *
   * @param name its path, for reports
   * @param header its header
   * @param start where the lines begin
   */
  public LogSurvey(ReadableFile file, String name, LogHeader header, long start, Visitor visitor) {
    this.file = file;
    this.name = name;
    this.decoder = new LineDecoder(header);
    this.start = start;
    this.visitor = visitor;
  }

  /**
   * Walks over the file as it is now. Another process may go on writing it: what stands behind the end that it has now is not
   * looked at, since half of it may have been read before it was there.
   *
   * @return the length in bytes of what a crash has left of a last write at the end
   */
  public long run() throws IOException {
    long end = BlankTail.startOf(file, start);
    LineReader reader = new LineReader(file, start, end);
    proof = new DurabilityProof(file, decoder, end);
    for (long at = start; at < end && torn < 0; ) {
      Optional<RawLine> raw = reader.next();
      if (raw.isEmpty()) {
        break;
      }
      number++;
      take(raw.get());
      at = raw.get().end();
      visitor.reached(at);
    }
    if (torn < 0 && !commit.isEmpty() && !isTorn(end)) {
      loseCommit();
    }
    return torn < 0 ? 0 : end - torn;
  }

  private void take(RawLine raw) throws IOException {
    Optional<EmbeddedLine> found = EmbeddedLine.atEndOf(raw, file, decoder);
    boolean whole = found.isPresent() && found.get().offset() == raw.offset();
    if (!whole && !damaged(raw, found.isEmpty())) {
      return;
    }
    if (found.isPresent()) {
      EmbeddedLine line = found.get();
      place(new SurveyedLine(line.line(), line.offset(), line.length(), number));
    }
  }

  /** Reports a line that is none, or what stands before one; false if it is where the torn tail begins. */
  private boolean damaged(RawLine raw, boolean allOfIt) throws IOException {
    if (!behindDamage && isTorn(raw.offset())) {
      return false;
    }
    loseCommit();
    behindDamage = true;
    Optional<String> key = allOfIt ? KeyGuess.in(raw.text()) : Optional.empty();
    String fault = raw.isBlank()
        ? "a blank line stands before other lines"
        : raw.terminated()
            ? "the line is damaged: its checksum or its form is wrong"
            : "this is no line of a store";
    lost(raw.offset(), number, key, fault);
    return true;
  }

  /** Takes a valid line into account, at the place in the history that it claims. */
  private void place(SurveyedLine found) throws IOException {
    Place place = found.line().place();
    boolean follows = place.prev() == seq
        && place.part() == commit.size() + 1
        && (commit.isEmpty() || commit.get(0).line().place().of() == place.of());
    if (!follows) {
      if (!behindDamage && isTorn(found.offset())) {
        return;
      }
      loseCommit();
      if (place.seq() <= seq) {
        lost(found, "the line is numbered " + place.seq() + " and stands behind number " + seq);
        return;
      }
      if (place.prev() != seq && !behindDamage) {
        lost(
            found.offset(),
            found.number(),
            Optional.empty(),
            "lines are missing before this one: numbers " + (seq + 1) + " to " + place.prev());
      }
    }
    behindDamage = false;
    seq = place.seq();
    if (!follows && place.part() != 1) {
      lose(found);
      return;
    }
    commit.add(found);
    if (place.part() == place.of()) {
      visitor.whole(List.copyOf(commit));
      commit.clear();
    }
  }

  /** Rules 4 and 5 of FORMAT.md for what is wrong at {@code offset}, or for the unfinished commit before it. */
  private boolean isTorn(long offset) throws IOException {
    long from = commit.isEmpty() ? offset : commit.get(0).offset();
    long missing = 1 + (commit.isEmpty() ? seq : commit.get(0).line().place().prev());
    if (Objects.requireNonNull(proof).existsFor(missing, from)) {
      return false;
    }
    torn = from;
    return true;
  }

  private void loseCommit() {
    commit.forEach(this::lose);
    commit.clear();
  }

  private void lose(SurveyedLine found) {
    lost(found, "other lines of its commit are lost, so it does not count");
  }

  private void lost(SurveyedLine found, String fault) {
    lost(found.offset(), found.number(), key(found.line()), fault);
  }

  private void lost(long offset, long line, Optional<String> key, String fault) {
    visitor.lost(
        new DamagedPlace(name, OptionalLong.of(offset), OptionalLong.of(line), key, fault));
  }

  private static Optional<String> key(LogLine line) {
    if (line.step() instanceof Put put) {
      return Optional.of(put.key().text());
    }
    return line.step() instanceof Delete delete
        ? Optional.of(delete.key().text())
        : Optional.empty();
  }
}
