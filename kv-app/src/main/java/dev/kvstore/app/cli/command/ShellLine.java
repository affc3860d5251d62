package dev.kvstore.app.cli.command;

import dev.kvstore.app.cli.args.Option;
import dev.kvstore.app.cli.args.UsageException;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes a line of the shell apart into words: parted by blanks, quoted as in a POSIX shell, but without its expansions. A word
 * that begins like a JSON object or array goes to the end of that, without quoting; so does a JSON string in the place of a
 * value. An instance serves one line.
 */
final class ShellLine {

  /** The line ends before a word does: more lines belong to it. */
  static final class UnfinishedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnfinishedException(String what) {
      super(what + " does not end");
    }
  }

  /** What a backslash between double quotes protects; before anything else it stands for itself. */
  private static final String ESCAPED_IN_QUOTES = "$`\"\\\n";

  /** Command and key stand before a value. */
  private static final int WORDS_BEFORE_VALUE = 2;

  private final String text;
  private final List<String> words = new ArrayList<>();
  private int position;

  private ShellLine(String text) {
    this.text = text;
  }

  /**
   * The words of {@code text}; none if it is blank or a comment, which begins with {@code #}.
   *
   * @throws UnfinishedException if quotes or JSON are open at the end
   */
  static List<String> parse(String text) {
    return text.stripLeading().startsWith("#") ? List.of() : new ShellLine(text).run();
  }

  private List<String> run() {
    while (true) {
      while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
        position++;
      }
      if (position == text.length()) {
        return words;
      }
      words.add(isJson() ? json() : word());
    }
  }

  private boolean isJson() {
    char c = text.charAt(position);
    return c == '{' || c == '[' || (c == '"' && isPlaceOfValue());
  }

  /** Whether the next word is the third of a create or put, beside options and their values. */
  private boolean isPlaceOfValue() {
    List<String> operands = new ArrayList<>();
    boolean isOptionValue = false;
    for (String word : words) {
      if (isOptionValue) {
        isOptionValue = false;
      } else if (word.startsWith("-")) {
        isOptionValue = Option.wantsNextWord(word);
      } else {
        operands.add(word);
      }
    }
    return !isOptionValue
        && operands.size() == WORDS_BEFORE_VALUE
        && (operands.get(0).equals("create") || operands.get(0).equals("put"));
  }

  private String json() {
    int start = position;
    int depth = 0;
    do {
      if (position == text.length()) {
        throw new UnfinishedException("the JSON text");
      }
      char c = text.charAt(position++);
      if (c == '"') {
        skipString();
      } else if (c == '{' || c == '[') {
        depth++;
      } else if (c == '}' || c == ']') {
        depth--;
      }
    } while (depth > 0);
    return text.substring(start, position);
  }

  private void skipString() {
    while (position < text.length() && text.charAt(position) != '"') {
      position += text.charAt(position) == '\\' ? 2 : 1;
    }
    if (position >= text.length()) {
      throw new UnfinishedException("the JSON string");
    }
    position++;
  }

  private String word() {
    StringBuilder word = new StringBuilder();
    while (position < text.length() && !Character.isWhitespace(text.charAt(position))) {
      char c = text.charAt(position++);
      if (c == '\'' || c == '"') {
        quoted(c, word);
      } else if (c == '\\' && position < text.length()) {
        word.append(text.charAt(position++));
      } else {
        word.append(c);
      }
    }
    return word.toString();
  }

  private void quoted(char quote, StringBuilder word) {
    while (position < text.length() && text.charAt(position) != quote) {
      char c = text.charAt(position++);
      boolean escape = c == '\\'
          && quote == '"'
          && position < text.length()
          && ESCAPED_IN_QUOTES.indexOf(text.charAt(position)) >= 0;
      word.append(escape ? text.charAt(position++) : c);
    }
    if (position == text.length()) {
      throw new UnfinishedException("the quoted word");
    }
    position++;
  }

  /** Says that a line which cannot go on is unfinished. */
  static UsageException unfinished(UnfinishedException cause) {
    return new UsageException(String.valueOf(cause.getMessage()));
  }
}
