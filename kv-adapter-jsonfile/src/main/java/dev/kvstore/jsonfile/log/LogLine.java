package dev.kvstore.jsonfile.log;

import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.JsonValue;
import dev.kvstore.core.model.Key;

/**
 * One line of the history, read or to be written.
 *
 * @param place where it stands in the history
 * @param atMillis when it was committed, in milliseconds since 1970
 * @param step what it says
 */
public record LogLine(Place place, long atMillis, Step step) {

  /**
   * Where a line stands.
   *
   * @param seq its sequence number
   * @param prev the sequence number of the line before
   * @param lag how many sequence numbers before its own were not known durable when it was written
   * @param part which line of its commit it is, from 1
   * @param of how many lines its commit has
   */
  public record Place(long seq, long prev, long lag, int part, int of) {

    /** A line of its own, after the one numbered {@code prev}, written when all up to {@code durable} was on the disk. */
    public static Place after(long prev, long durable) {
      return new Place(prev + 1, prev, prev - durable, 1, 1);
    }

    /** The highest sequence number that was known durable when the line was written. */
    public long durable() {
      return seq - 1 - lag;
    }
  }

  /** What a line says. */
  public sealed interface Step {}

  /**
   * A key gets an entry.
   *
   * @param expiresAtMillis when it expires, or {@link Entry#NEVER}
   */
  public record Put(Key key, JsonValue value, long expiresAtMillis) implements Step {}

  /** A key's entry is removed. */
  public record Delete(Key key) implements Step {}

  /** A line that changes no key. */
  public enum Mark implements Step {
    /** The store was closed cleanly. */
    CLOSED("closed"),
    /** Everything before was copied by a compaction. */
    COMPACTED("compacted");

    private final String word;

    Mark(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }
}
