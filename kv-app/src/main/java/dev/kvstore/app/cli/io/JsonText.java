package dev.kvstore.app.cli.io;

import dev.kvstore.core.error.Printable;

/** Writes JSON by hand: strings, and escapes for what a terminal would obey or hide. Pure functions. */
public final class JsonText {

  private JsonText() {}

  /** {@code text} as a JSON string, in quotes; only what JSON demands is escaped. */
  public static String quote(String text) {
    StringBuilder out = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ') {
        escape(out, c);
      } else {
        out.append(c);
      }
    }
    return out.append('"').toString();
  }

  /**
   * The same JSON text with the harmful characters of its strings as escapes.
   *
   * @param json valid JSON; its line feeds, which are white space, stay
   */
  public static String harmless(String json) {
    StringBuilder out = new StringBuilder(json.length());
    for (int i = 0; i < json.length(); ) {
      int codePoint = json.codePointAt(i);
      int end = i + Character.charCount(codePoint);
      if (codePoint == '\n' || !Printable.isHarmful(codePoint)) {
        out.appendCodePoint(codePoint);
      } else {
        for (int unit = i; unit < end; unit++) {
          escape(out, json.charAt(unit));
        }
      }
      i = end;
    }
    return out.toString();
  }

  private static void escape(StringBuilder out, char c) {
    out.append("\\u");
    for (int shift = 12; shift >= 0; shift -= 4) {
      out.append(Character.forDigit((c >> shift) & 0xf, 16));
    }
  }
}
