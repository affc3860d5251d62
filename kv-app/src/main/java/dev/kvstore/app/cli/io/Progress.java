package dev.kvstore.app.cli.io;

import java.util.Locale;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;

/**
 * Tells a person how far a long command is: one line on the standard error that is written over, with what is done, its rate
 * and, where the end is known, the share and the time left. It begins after a second, and only on a terminal. For one thread at a
 * time.
 */
public final class Progress implements AutoCloseable {

  private static final long FIRST_NANOS = 1_000_000_000L;
  private static final long STEP_NANOS = 100_000_000L;
  private static final double NANOS_A_SECOND = 1e9;
  private static final long SECONDS_AN_HOUR = 3_600;
  private static final int BAR = 20;

  private final ErrorOutput err;
  private final String what;
  private final LongFunction<String> unit;
  private final LongSupplier nanoClock;
  private final boolean shown;
  private final long start;
  private long total;
  private long done;
  private long next;
  private boolean begun;

  Progress(
      ErrorOutput err, String what, LongFunction<String> unit, long total, LongSupplier nanoClock) {
    this.err = err;
    this.what = what;
    this.unit = unit;
    this.total = total;
    this.nanoClock = nanoClock;
    this.shown = err.showsProgress();
    this.start = nanoClock.getAsLong();
    this.next = start + FIRST_NANOS;
  }

  /**
   * Begins work that goes entry by entry.
   *
   * @param what is done to them, such as "exported"
   * @param total how many there will be; 0 if that is not known
   */
  public static Progress ofEntries(ErrorOutput err, String what, long total) {
    return new Progress(err, what, Progress::grouped, total, System::nanoTime);
  }

  /**
   * Begins work that is measured in bytes.
   *
   * @param what is done to them, such as "verified"
   */
  public static Progress ofBytes(ErrorOutput err, String what) {
    return new Progress(err, what, ByteCount::of, 0, System::nanoTime);
  }

  /** One more is done. */
  public void step() {
    reached(done + 1, total);
  }

  /** So much is done of a new total, 0 if that is not known. */
  public void reached(long newDone, long newTotal) {
    done = newDone;
    total = newTotal;
    if (shown) {
      long now = nanoClock.getAsLong();
      if (now - next >= 0) {
        next = now + STEP_NANOS;
        begun = true;
        err.overwrite(line((now - start) / NANOS_A_SECOND));
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
  private String line(double seconds) {
    double rate = done / seconds;
    String text = what + " " + unit.apply(done) + ", " + unit.apply(Math.round(rate)) + "/s";
    if (total <= 0) {
      return text;
    }
    double share = Math.min(1, (double) done / total);
    int full = (int) (share * BAR);
    String bar = "#".repeat(full) + " ".repeat(BAR - full);
    return String.format(
        Locale.ROOT, "[%s] %3d%% %s%s", bar, (int) (share * 100), text, timeLeft(rate));
  }

  /** {@code , 0:07 left}, or {@code , 1:02:03 left}; nothing while that cannot be told. */
  private String timeLeft(double rate) {
    if (rate <= 0) {
      return "";
    }
    long left = Math.round(Math.max(0, total - done) / rate);
    String text = left < SECONDS_AN_HOUR
        ? String.format(Locale.ROOT, "%d:%02d", left / 60, left % 60)
        : String.format(
            Locale.ROOT, "%d:%02d:%02d", left / SECONDS_AN_HOUR, left / 60 % 60, left % 60);
    return ", " + text + " left";
  }

  private static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
