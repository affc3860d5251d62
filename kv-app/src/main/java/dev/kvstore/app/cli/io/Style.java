package dev.kvstore.app.cli.io;

import java.util.Map;

/** How some words stand out for a person: in colour, or not at all. Never applied to data. */
public enum Style {
  /** Without colours. */
  PLAIN("", "", "", ""),
  /** By the sequences that terminals know. */
  COLORED("\033[1;31m", "\033[33m", "\033[1m", "\033[0m");

  /** When there are colours. */
  public enum When {
    /** On a terminal that knows them, unless the variable NO_COLOR holds something. */
    AUTO,
    /** Also in a pipe. */
    ALWAYS,
    /** Nowhere. */
    NEVER
  }

  private final String error;
  private final String note;
  private final String heading;
  private final String end;

  Style(String error, String note, String heading, String end) {
    this.error = error;
    this.note = note;
    this.heading = heading;
    this.end = end;
  }

  /**
   * The style for one output.
   *
   * @param terminal whether a person looks at it
   * @param environment the environment variables
   */
  public static Style of(When when, boolean terminal, Map<String, String> environment) {
    String type = environment.getOrDefault("TERM", "");
    boolean wanted = terminal
        && environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !type.equals("dumb")
        && (!isWindows(environment) || !type.isEmpty() || environment.containsKey("WT_SESSION"));
    return when == When.ALWAYS || (when == When.AUTO && wanted) ? COLORED : PLAIN;
  }

  /** There only the newer terminals know sequences, and say who they are: Windows Terminal, and those that come from elsewhere. */
  private static boolean isWindows(Map<String, String> environment) {
    return environment.getOrDefault("OS", "").equals("Windows_NT");
  }

  String error(String text) {
    return error + text + end;
  }

  String note(String text) {
    return note + text + end;
  }

  String heading(String text) {
    return heading + text + end;
  }
}
