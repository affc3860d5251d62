package dev.kvstore.app.cli.command;

import java.util.Locale;

/** Numbers of bytes for a person. */
final class ByteCount {

  private static final String[] UNITS = {"kB", "MB", "GB"};
  private static final double STEP = 1_000;

  private ByteCount() {}

  /** In decimal units, as the store's cap is: {@code 12 bytes}, {@code 1.5 MB (1,512,345 bytes)}. */
  static String describe(long bytes) {
    String exact = String.format(Locale.ROOT, "%,d bytes", bytes);
    if (bytes < STEP) {
      return exact;
    }
    double scaled = bytes / STEP;
    int unit = 0;
    while (scaled >= STEP && unit < UNITS.length - 1) {
      scaled /= STEP;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %s (%s)", scaled, UNITS[unit], exact);
  }
}
