package dev.kvstore.app.cli.io;

/**
 * Lays a JSON text out for a person: a member or element a line, two blanks a level. Every token stays to the letter, which a
 * parser and writer of numbers and strings would not keep.
 */
public final class PrettyPrinter {

  private static final String INDENT = "  ";

  private final String compact;
  private final StringBuilder out;
  private int depth;

  private PrettyPrinter(String compact) {
    this.compact = compact;
    this.out = new StringBuilder(2 * compact.length());
  }

  /**
   * The laid out text.
   *
   * @param compact valid JSON in compact form
   */
  public static String format(String compact) {
    return new PrettyPrinter(compact).run();
  }

  private String run() {
    for (int i = 0; i < compact.length(); i++) {
      char c = compact.charAt(i);
      switch (c) {
        case '"' -> i = string(i);
        case '{', '[' -> {
          out.append(c);
          char after = compact.charAt(i + 1);
          if (after == '}' || after == ']') {
            out.append(after);
            i++;
          } else {
            depth++;
            newLine();
          }
        }
        case '}', ']' -> {
          depth--;
          newLine();
          out.append(c);
        }
        case ',' -> {
          out.append(c);
          newLine();
        }
        case ':' -> out.append(": ");
        default -> out.append(c);
      }
    }
    return out.toString();
  }

  /** Copies the string that begins at {@code start}; returns where its closing quote is. */
  private int string(int start) {
    int end = start + 1;
    while (compact.charAt(end) != '"') {
      end += compact.charAt(end) == '\\' ? 2 : 1;
    }
    out.append(compact, start, end + 1);
    return end;
  }

  private void newLine() {
    out.append('\n');
    for (int i = 0; i < depth; i++) {
      out.append(INDENT);
    }
  }
}
