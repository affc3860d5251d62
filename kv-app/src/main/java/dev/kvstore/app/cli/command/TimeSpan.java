package dev.kvstore.app.cli.command;

/** Spans of time for a person, in one unit. */
final class TimeSpan {

  private static final long MINUTE = 60;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  private TimeSpan() {}

  /** {@code 119 s}, {@code 2 min}, {@code 47 h}, {@code 2 d}: whole units, from two of them on, rounded down. */
  static String of(long seconds) {
    if (seconds < 2 * MINUTE) {
      return seconds + " s";
    }
    if (seconds < 2 * HOUR) {
      return seconds / MINUTE + " min";
    }
    return seconds < 2 * DAY ? seconds / HOUR + " h" : seconds / DAY + " d";
  }
}
