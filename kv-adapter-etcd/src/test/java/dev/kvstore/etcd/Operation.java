package dev.kvstore.etcd;

import org.jspecify.annotations.Nullable;

/**
 * One call of a recorded history.
 *
 * @param kind what was asked
 * @param key of which key
 * @param value what a write brought or a read found; null if the read found nothing, and for a removal
 * @param start when it began, on a clock that all processes of the machine share
 * @param end when it returned
 * @param outcome how
 */
record Operation(
    Kind kind, String key, @Nullable String value, long start, long end, Outcome outcome) {

  enum Kind {
    CREATE,
    PUT,
    DELETE,
    READ
  }

  enum Outcome {
    /** It did what was asked; a read found something or nothing. */
    DONE,
    /** It was refused: a create because of an entry that is there, a removal because none is. */
    REFUSED,
    /** Nobody knows; it may take place at any time after its start, or never. */
    UNKNOWN
  }

  /** A line of text, for another process. */
  String toLine() {
    return String.join(
        " ", kind.name(), key, String.valueOf(value), "" + start, "" + end, outcome.name());
  }

  static Operation parse(String line) {
    String[] words = line.split(" ", -1);
    return new Operation(
        Kind.valueOf(words[0]),
        words[1],
        words[2].equals("null") ? null : words[2],
        Long.parseLong(words[3]),
        Long.parseLong(words[4]),
        Outcome.valueOf(words[5]));
  }
}
