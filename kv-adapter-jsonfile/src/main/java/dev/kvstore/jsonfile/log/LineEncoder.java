package dev.kvstore.jsonfile.log;

import dev.kvstore.core.model.Entry;
import dev.kvstore.jsonfile.log.LogLine.Delete;
import dev.kvstore.jsonfile.log.LogLine.Mark;
import dev.kvstore.jsonfile.log.LogLine.Place;
import dev.kvstore.jsonfile.log.LogLine.Put;
import dev.kvstore.jsonfile.log.LogLine.Step;

/** Writes lines in the one form that FORMAT.md gives them. Immutable. */
public final class LineEncoder {

  private final Checksum checksum;

  /** An encoder for the lines that follow {@code header}. */
  public LineEncoder(LogHeader header) {
    this.checksum = header.checksum();
  }

  /** The line with its checksum and its line feed. */
  public byte[] encode(LogLine line) {
    LineBuffer out = new LineBuffer();
    place(out, line.place());
    out.member("at", line.atMillis());
    step(out, line.step());
    checksum.seal(out);
    return out.toArray();
  }

  private static void place(LineBuffer out, Place place) {
    out.ascii("{").member("seq", place.seq());
    if (place.prev() != place.seq() - 1) {
      out.member("prev", place.prev());
    }
    if (place.lag() != 0) {
      out.member("lag", place.lag());
    }
    if (place.of() != 1) {
      out.member("part", place.part()).member("of", place.of());
    }
  }

  private static void step(LineBuffer out, Step step) {
    if (step instanceof Put put) {
      out.ascii("\"put\":").quoted(put.key().utf8()).ascii(",");
      if (put.expiresAtMillis() != Entry.NEVER) {
        out.member("exp", put.expiresAtMillis());
      }
      out.ascii("\"value\":").raw(put.value().utf8()).ascii(",");
    } else if (step instanceof Delete delete) {
      out.ascii("\"delete\":").quoted(delete.key().utf8()).ascii(",");
    } else if (step instanceof Mark mark) {
      out.ascii("\"mark\":\"").ascii(mark.word()).ascii("\",");
    }
  }
}
