package dev.kvstore.app.cli.command;

import dev.kvstore.core.error.ErrorCode;

/** What the program's exit status says. Ctrl-C and SIGTERM give 130 and 143, which the JVM sets. */
public enum ExitCode {
  DONE(0, "done"),
  INTERNAL(1, "internal error"),
  USAGE(2, "wrong command line, or the engine cannot do it"),
  NOT_FOUND(3, "a key does not exist"),
  IN_THE_WAY(4, "the key exists already, or has changed meanwhile"),
  INVALID(5, "a key, value, time to live, location or input line breaks a rule"),
  FULL(6, "the store is full"),
  LOCKED(7, "the store is in use by another process"),
  CORRUPT(8, "the store is damaged, or of an unknown format"),
  FAILED(9, "reading or writing failed"),
  MISSING(10, "there is no store");

  private final int status;
  private final String meaning;

  ExitCode(int status, String meaning) {
    this.status = status;
    this.meaning = meaning;
  }

  /** The number that the process ends with. */
  public int status() {
    return status;
  }

  /** What it tells, for help. */
  public String meaning() {
    return meaning;
  }

  /** The exit code for an error of the store. */
  public static ExitCode of(ErrorCode code) {
    return switch (code) {
      case KEY_NOT_FOUND -> NOT_FOUND;
      case KEY_EXISTS, CONFLICT -> IN_THE_WAY;
      case INVALID_KEY, INVALID_VALUE, INVALID_TTL, INVALID_LOCATION, SESSION_TOO_LARGE -> INVALID;
      case STORE_FULL -> FULL;
      case STORE_LOCKED -> LOCKED;
      case STORE_CORRUPT, UNSUPPORTED_FORMAT -> CORRUPT;
      case STORAGE_FAILED, OUTCOME_UNKNOWN -> FAILED;
      case STORE_MISSING -> MISSING;
      case UNSUPPORTED -> USAGE;
      // The program closes its store last, so nobody can meet a closed one but by our mistake.
      case STORE_CLOSED -> INTERNAL;
    };
  }
}
