package dev.kvstore.jsonfile.log;

import dev.kvstore.core.error.InvalidInputException;
import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.JsonValue;
import dev.kvstore.core.model.Key;
import dev.kvstore.jsonfile.log.LogLine.Delete;
import dev.kvstore.jsonfile.log.LogLine.Mark;
import dev.kvstore.jsonfile.log.LogLine.Place;
import dev.kvstore.jsonfile.log.LogLine.Put;
import dev.kvstore.jsonfile.log.LogLine.Step;
import java.util.Arrays;
import java.util.Optional;

/** Reads lines, and takes no other form than the one that {@link LineEncoder} writes. Immutable. */
public final class LineDecoder {

  private final Checksum checksum;

  /** A decoder for the lines that follow {@code header}. */
  public LineDecoder(LogHeader header) {
    this.checksum = header.checksum();
  }

  /**
   * Reads a line whose checksum vouches for its value.
   *
   * @param line without its line feed
   * @return empty if the checksum is wrong or the line has another form; whether the value is JSON is not looked at
   */
  public Optional<LogLine> decode(byte[] line) {
    if (!checksum.seals(line)) {
      return Optional.empty();
    }
    try {
      return Optional.of(read(line));
    } catch (LineCursor.WrongFormException | InvalidInputException e) {
      return Optional.empty();
    }
  }

  /** Like {@link #decode}, and empty as well if the value breaks the rule for values. */
  public Optional<LogLine> decodeAndCheckValue(byte[] line) {
    return decode(line)
        .filter(decoded -> !(decoded.step() instanceof Put put) || isSound(put.value()));
  }

  private static boolean isSound(JsonValue value) {
    try {
      return JsonValue.parse(value.utf8()).equals(value);
    } catch (InvalidInputException e) {
      return false;
    }
  }

  private static LogLine read(byte[] line) {
    int end = line.length - LogFormat.TRAILER_BYTES;
    LineCursor cursor = new LineCursor(line, end);
    cursor.expect("{\"seq\":");
    long seq = cursor.number();
    cursor.expect(",");
    Optional<Long> prev = cursor.member("prev");
    Optional<Long> lag = cursor.member("lag");
    Optional<Long> part = cursor.member("part");
    Optional<Long> of = part.isPresent() ? cursor.member("of") : Optional.empty();
    cursor.expect("\"at\":");
    long at = cursor.number();
    cursor.expect(",");
    Step step = step(cursor, line, end);
    Place place = new Place(seq, prev.orElse(seq - 1), lag.orElse(0L), count(part), count(of));
    boolean sound = seq >= 1
        && seq <= LogFormat.MAX_NUMBER
        && !(step instanceof Mark && of.isPresent())
        && place.prev() >= 0
        && place.prev() < seq
        && !(prev.isPresent() && place.prev() == seq - 1)
        && !(lag.isPresent() && (place.lag() < 1 || place.lag() >= seq))
        && part.isPresent() == of.isPresent()
        && !(of.isPresent() && place.of() < 2)
        && place.part() >= 1
        && place.part() <= place.of();
    if (!sound) {
      throw new LineCursor.WrongFormException();
    }
    return new LogLine(place, at, step);
  }

  private static int count(Optional<Long> number) {
    long count = number.orElse(1L);
    if (count < 1 || count > Integer.MAX_VALUE) {
      throw new LineCursor.WrongFormException();
    }
    return (int) count;
  }

  private static Mark mark(String word) {
    for (Mark mark : Mark.values()) {
      if (mark.word().equals(word)) {
        return mark;
      }
    }
    throw new LineCursor.WrongFormException();
  }

  private static Step step(LineCursor cursor, byte[] line, int end) {
    if (cursor.skip("\"put\":")) {
      Key key = Key.of(cursor.string());
      cursor.expect(",");
      long expiry = cursor.member("exp").orElse(Entry.NEVER);
      cursor.expect("\"value\":");
      int start = cursor.position();
      if (end - 1 <= start || line[end - 1] != ',') {
        throw new LineCursor.WrongFormException();
      }
      return new Put(key, JsonValue.ofVerified(Arrays.copyOfRange(line, start, end - 1)), expiry);
    }
    Step step;
    if (cursor.skip("\"delete\":")) {
      step = new Delete(Key.of(cursor.string()));
    } else {
      cursor.expect("\"mark\":");
      step = mark(cursor.string());
    }
    cursor.expect(",");
    cursor.expectEnd();
    return step;
  }
}
