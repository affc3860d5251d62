package dev.kvstore.bench.run;

import java.io.PrintStream;
import java.util.Locale;

/** Tells on stderr what is going on, with the seconds since the begin. */
final class Progress {

  private final PrintStream out;
  private final long start = System.nanoTime();

  Progress(PrintStream out) {
    this.out = out;
  }

  void say(String text) {
    out.printf(Locale.ROOT, "[%5.0f s] %s%n", seconds(), text);
    out.flush();
  }

  /** How long the run has lasted. */
  double seconds() {
    return (System.nanoTime() - start) / 1e9;
  }
}
