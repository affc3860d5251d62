package dev.kvstore.app;

import java.util.ArrayList;
import java.util.List;

/**
 * Takes a command line of Windows apart, by the rules of its C library: arguments are parted by blanks, quotes hold them together,
 * a backslash means something before a quote alone, and two quotes within quotes are one. An instance serves one line.
 *
 * <p>Java does so itself, but reads the line in the code page of the system, where characters that it lacks become others: two keys
 * could become one. So the launcher hands the line over in an environment variable, of which Java keeps every character.
 */
final class WindowsCommandLine {

  private final String line;
  private final StringBuilder argument = new StringBuilder();
  private int position;

  private WindowsCommandLine(String line) {
    this.line = line;
  }

  /** The arguments in {@code line}, which begins with the first of them, not with the program. */
  static List<String> split(String line) {
    return new WindowsCommandLine(line).run();
  }

  private List<String> run() {
    List<String> arguments = new ArrayList<>();
    while (true) {
      while (isBlank()) {
        position++;
      }
      if (position == line.length()) {
        return arguments;
      }
      argument.setLength(0);
      readArgument();
      arguments.add(argument.toString());
    }
  }

  private void readArgument() {
    boolean quoted = false;
    while (position < line.length() && (quoted || !isBlank())) {
      int backslashes = skip('\\');
      if (position == line.length() || line.charAt(position) != '"') {
        append(backslashes);
        if (position < line.length() && (quoted || !isBlank())) {
          argument.append(line.charAt(position++));
        }
        continue;
      }
      append(backslashes / 2);
      position++;
      if (backslashes % 2 == 1) {
        argument.append('"');
      } else if (quoted && position < line.length() && line.charAt(position) == '"') {
        argument.append('"');
        position++;
      } else {
        quoted = !quoted;
      }
    }
  }

  private boolean isBlank() {
    return position < line.length()
        && (line.charAt(position) == ' ' || line.charAt(position) == '\t');
  }

  private int skip(char c) {
    int start = position;
    while (position < line.length() && line.charAt(position) == c) {
      position++;
    }
    return position - start;
  }

  private void append(int backslashes) {
    argument.append("\\".repeat(backslashes));
  }
}
