package dev.kvstore.core.error;

/**
 * Shows text from outside (a key, a path, a piece of a value) on a terminal or in a log without harm: control characters,
 * format characters (the bidirectional ones and those of no width), line and paragraph separators and unpaired surrogates
 * appear as escapes. Pure functions, safe for any thread; null is not taken.
 */
public final class Printable {

  /** The most code points that {@link #quote} shows; what is longer is cut and its length told. */
  public static final int MAX_SHOWN_CODE_POINTS = 200;

  private Printable() {}

  /**
   * {@code text} in double quotes, escaped as {@link #escape} does, with a quote or backslash in it escaped too. Text of
   * more than {@value #MAX_SHOWN_CODE_POINTS} code points is cut there, and its full length is added.
   */
  public static String quote(String text) {
    int length = text.codePointCount(0, text.length());
    boolean cut = length > MAX_SHOWN_CODE_POINTS;
    int end = cut ? text.offsetByCodePoints(0, MAX_SHOWN_CODE_POINTS) : text.length();
    StringBuilder out = new StringBuilder(end + 2).append('"');
    for (int i = 0; i < end; i = text.offsetByCodePoints(i, 1)) {
      int codePoint = text.codePointAt(i);
      if (codePoint == '"' || codePoint == '\\') {
        out.append('\\');
      }
      append(out, codePoint);
    }
    if (cut) {
      return out.append("...\" (").append(length).append(" characters)").toString();
    }
    return out.append('"').toString();
  }

  /**
   * {@code text} with each harmful character as a backslash, the letter u and its four hexadecimal digits, or more digits
   * in braces beyond U+FFFF; the rest as it is.
   */
  public static String escape(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1)) {
      append(out, text.codePointAt(i));
    }
    return out.toString();
  }

  /**
   * Whether a terminal would obey, reorder or hide {@code codePoint} rather than show it: whether its general category is
   * Cc, Cf, Zl, Zp or Cs. Unusual spaces and marks that combine are shown.
   */
  public static boolean isHarmful(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR -> true;
      default -> false;
    };
  }

  private static void append(StringBuilder out, int codePoint) {
    if (!isHarmful(codePoint)) {
      out.appendCodePoint(codePoint);
    } else if (Character.isBmpCodePoint(codePoint)) {
      out.append(String.format("\\u%04x", codePoint));
    } else {
      out.append(String.format("\\u{%x}", codePoint));
    }
  }
}
