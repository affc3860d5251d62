package dev.kvstore.bench.work;

import java.io.PrintStream;

/** Where a work tells what it measured. */
public final class Output {

  private static final String MARK = "mark";

  private final PrintStream out;

  /** Writes to {@code out}, a line at a time. */
  public Output(PrintStream out) {
    this.out = out;
  }

  /** Tells one figure. */
  public void measure(String name, Unit unit, double value) {
    out.println(new Measure(name, unit, value).line());
    out.flush();
  }

  /** Tells that a point was reached; the reader of the output takes the time. */
  public void mark() {
    out.println(MARK);
    out.flush();
  }

  /** Whether a line of output is a mark. */
  public static boolean isMark(String line) {
    return line.equals(MARK);
  }
}
