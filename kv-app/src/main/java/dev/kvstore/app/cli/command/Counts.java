package dev.kvstore.app.cli.command;

/** Numbers of things in a sentence. */
final class Counts {

  private Counts() {}

  /** {@code 1 entry}, {@code 2 entries}. */
  static String of(long count, String one, String many) {
    return count + " " + (count == 1 ? one : many);
  }
}
