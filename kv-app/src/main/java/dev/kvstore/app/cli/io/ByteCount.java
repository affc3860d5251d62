package dev.kvstore.app.cli.io;

import java.util.Locale;

/** Numbers of bytes for a person, in decimal units, as the store's cap is. */
public final class ByteCount {

  private static final String[] UNITS = {"kB", "MB", "GB"};
  private static final double STEP = 1_000;
  /** From here on {@code 999.95 kB} would be shown as {@code 1000.0 kB}. */
  private static final double NEXT_UNIT = 999.95;

  private ByteCount() {}

  /** {@code 12 B}, {@code 1.5 MB}: never more than 8 characters up to the largest store. */
  public static String of(long bytes) {
    if (bytes < STEP) {
      return bytes + " B";
    }
    double scaled = bytes / STEP;
    int unit = 0;
    while (scaled >= NEXT_UNIT && unit < UNITS.length - 1) {
      scaled /= STEP;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %s", scaled, UNITS[unit]);
  }

  /** With the exact number: {@code 12 bytes}, {@code 1.5 MB (1,512,345 bytes)}. */
  public static String describe(long bytes) {
    String exact = String.format(Locale.ROOT, "%,d bytes", bytes);
    return bytes < STEP ? exact : of(bytes) + " (" + exact + ")";
  }
}
