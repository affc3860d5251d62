package dev.kvstore.app.cli.io;

import java.util.Locale;

/**
 * Tells a person how far a long command is: one line on the standard error that is written over, with what is done, its rate
 * and, where the end is known, the share and the time left. It begins after a second, and only on a terminal. For one thread.
 */
public final class Progress implements AutoCloseable {

  private static final long FIRST_NANOS = 1_000_000_000L;
  private static final long STEP_NANOS = 100_000_000L;
  private static final double NANOS_A_SECOND = 1e9;
  private static final int BAR = 20;
  private static final long LOOK_EVERY = 100;

  private final ErrorOutput err;
  private final String what;
  private long total;
  private final boolean shown;
  private final long start = System.nanoTime();
  private long done;
  private long calls;
  private long next = start + FIRST_NANOS;
  private boolean begun;

  /**
   * Begins.
   *
   * @param what is done, such as "exported"
   * @param total how many there will be; 0 if that is not known
   */
  public Progress(ErrorOutput err, String what, long total) {
    this.err = err;
    this.what = what;
    this.total = total;
    this.shown = err.showsProgress();
  }

  /** One more is done. */
  public void step() {
    reached(done + 1, total);
  }

  /** So much is done of a new total, 0 if that is not known. */
  public void reached(long newDone, long newTotal) {
    done = newDone;
    total = newTotal;
    // The clock is not asked each time.
    if (shown && ++calls % LOOK_EVERY == 0) {
      long now = System.nanoTime();
      if (now - next >= 0) {
        next = now + STEP_NANOS;
        begun = true;
        err.overwrite(line(what, done, total, (now - start) / NANOS_A_SECOND));
      }
    }
  }

  /** Takes the line away. */
  @Override
  public void close() {
    if (begun) {
      err.overwrite("");
    }
  }

  /** The line after {@code seconds}. */
  static String line(String what, long done, long total, double seconds) {
    long rate = Math.round(done / seconds);
    if (total <= 0) {
      return String.format(Locale.ROOT, "%s %,d, %,d/s", what, done, rate);
    }
    double share = Math.min(1, (double) done / total);
    int full = (int) (share * BAR);
    long left = Math.round(Math.max(0, total - done) / (done / seconds));
    return String.format(
        Locale.ROOT,
        "[%s%s] %3d%% %s %,d, %,d/s, %d:%02d left",
        "#".repeat(full),
        " ".repeat(BAR - full),
        (int) (share * 100),
        what,
        done,
        rate,
        left / 60,
        left % 60);
  }
}
