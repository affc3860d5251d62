package dev.kvstore.bench.report;

import java.util.Locale;

/** Numbers as people read them. */
final class Figures {

  private Figures() {}

  /** Three significant digits at least, groups of three from 10,000 on. */
  static String text(double value) {
    double size = Math.abs(value);
    if (size >= 100) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    return String.format(Locale.ROOT, size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f", value);
  }

  /** A ratio with two decimals and a multiplication sign. */
  static String ratio(double value) {
    return String.format(Locale.ROOT, "%.2f x", value);
  }
}
