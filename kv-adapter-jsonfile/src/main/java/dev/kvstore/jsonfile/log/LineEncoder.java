package dev.kvstore.jsonfile.log;

import dev.kvstore.core.model.Entry;
import dev.kvstore.jsonfile.log.LogLine.Delete;
import dev.kvstore.jsonfile.log.LogLine.Mark;
import dev.kvstore.jsonfile.log.LogLine.Place;
import dev.kvstore.jsonfile.log.LogLine.Put;
import dev.kvstore.jsonfile.log.LogLine.Step;
import java.nio.charset.StandardCharsets;

/** Writes lines in the one form that FORMAT.md gives them. Immutable. */
public final class LineEncoder {

  private static final byte[] SEQ = ascii("{\"seq\":");
  private static final byte[] PREV = ascii("\"prev\":");
  private static final byte[] LAG = ascii("\"lag\":");
  private static final byte[] PART = ascii("\"part\":");
  private static final byte[] OF = ascii("\"of\":");
  private static final byte[] AT = ascii("\"at\":");
  private static final byte[] PUT = ascii("\"put\":");
  private static final byte[] EXP = ascii("\"exp\":");
  private static final byte[] VALUE = ascii("\"value\":");
  private static final byte[] DELETE = ascii("\"delete\":");

  private final Checksum checksum;

  /** An encoder for the lines that follow {@code header}. */
  public LineEncoder(LogHeader header) {
    this.checksum = header.checksum();
  }

  /** The line with its checksum and its line feed. */
  public byte[] encode(LogLine line) {
    LineBuffer out = new LineBuffer();
    encode(line, out);
    return out.toArray();
  }

  /** Adds the line with its checksum and its line feed to {@code out}. */
  public void encode(LogLine line, LineBuffer out) {
    int start = out.length();
    place(out, line.place());
    out.member(AT, line.atMillis());
    step(out, line.step());
    checksum.seal(out, start);
  }

  private static void place(LineBuffer out, Place place) {
    out.member(SEQ, place.seq());
    if (place.prev() != place.seq() - 1) {
      out.member(PREV, place.prev());
    }
    if (place.lag() != 0) {
      out.member(LAG, place.lag());
    }
    if (place.of() != 1) {
      out.member(PART, place.part()).member(OF, place.of());
    }
  }

  private static void step(LineBuffer out, Step step) {
    if (step instanceof Put put) {
      out.raw(PUT).quoted(put.key().utf8()).one(',');
      if (put.expiresAtMillis() != Entry.NEVER) {
        out.member(EXP, put.expiresAtMillis());
      }
      out.raw(VALUE).value(put.value()).one(',');
    } else if (step instanceof Delete delete) {
      out.raw(DELETE).quoted(delete.key().utf8()).one(',');
    } else if (step instanceof Mark mark) {
      out.ascii("\"mark\":\"").ascii(mark.word()).ascii("\",");
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
