package dev.kvstore.app.cli.command;

import dev.kvstore.app.cli.args.Option;
import dev.kvstore.app.cli.args.UsageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Takes a command of the shell apart into words: parted by blanks, quoted as in a POSIX shell, but without its expansions; what
 * follows a {@code #} at the begin of a word is a comment, and a line with a backslash at its end goes on in the next one. A value
 * that begins like JSON goes to the end of that, without quoting, over several lines if need be. An instance serves one command,
 * and looks at each character once.
 */
final class ShellLine {

  /** Where in the command the next character stands. */
  private enum State {
    BETWEEN_WORDS(""),
    COMMENT(""),
    WORD(""),
    SINGLE_QUOTES("the quoted word"),
    DOUBLE_QUOTES("the quoted word"),
    JSON("the JSON text"),
    JSON_STRING("the JSON string");

    /** What does not end if the command ends here; nothing if it may. */
    private final String open;

    State(String open) {
      this.open = open;
    }
  }

  /** What a backslash between double quotes protects; before anything else it stands for itself. */
  private static final String ESCAPED_IN_QUOTES = "$`\"\\";

  /** What parts words; other white space may stand in a key, and is a character like any other. */
  private static final String BLANKS = " \t\n\r";

  /** What means something else than itself within a word. */
  private static final String SPECIAL = "'\"\\";

  private static final Set<String> TAKE_VALUES = Set.of("create", "put");

  /** Command and key stand before a value. */
  private static final int WORDS_BEFORE_VALUE = 2;

  private final List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private State state = State.BETWEEN_WORDS;

  /** Whether the character before was a backslash that says something of the next one. */
  private boolean escaped;

  private int depth;
  private int length;
  private int operands;
  private boolean takesValue;
  private boolean optionWantsWord;
  private boolean optionsEnded;

  /** The commands in a text of several lines, one at least; to the last one more lines may belong. */
  static List<ShellLine> commands(String text) {
    List<ShellLine> commands = new ArrayList<>();
    ShellLine command = new ShellLine();
    commands.add(command);
    for (String line : text.split("\n", -1)) {
      if (command.length() > 0 && command.isComplete()) {
        command = new ShellLine();
        commands.add(command);
      }
      command.add(line);
    }
    return commands;
  }

  /** How {@code word}, or its begin, is written in a command so that it is one word and means itself. */
  static String escape(CharSequence word) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      // Of white space more than is needed here, since what looks for the word to complete parts
      // words at all of it.
      if (SPECIAL.indexOf(c) >= 0 || Character.isWhitespace(c) || (c == '#' && i == 0)) {
        escaped.append('\\');
      }
      escaped.append(c);
    }
    return escaped.toString();
  }

  /** Takes the next line, without its line feed. */
  void add(String line) {
    if (length > 0) {
      accept('\n');
    }
    line.chars().forEach(c -> accept((char) c));
    length += line.length() + 1;
  }

  /** How many characters it has, with line feeds. */
  int length() {
    return length;
  }

  /** Whether it may end here; else more lines belong to it. */
  boolean isComplete() {
    return state.open.isEmpty() && !escaped;
  }

  /**
   * The words; none if it is blank or a comment. Nothing may be added any more.
   *
   * @throws UsageException if quotes or JSON are open at the end, or a line is missing
   */
  List<String> words() {
    if (!isComplete()) {
      throw new UsageException(
          state.open.isEmpty()
              ? "no line follows the backslash at the end of a line"
              : state.open + " does not end");
    }
    if (state == State.WORD) {
      endWord();
    }
    return words;
  }

  private void accept(char c) {
    switch (state) {
      case BETWEEN_WORDS -> begin(c);
      case COMMENT -> state = c == '\n' ? State.BETWEEN_WORDS : State.COMMENT;
      case WORD -> inWord(c);
      case SINGLE_QUOTES -> {
        if (c == '\'') {
          state = State.WORD;
        } else {
          word.append(c);
        }
      }
      case DOUBLE_QUOTES -> inDoubleQuotes(c);
      case JSON -> {
        word.append(c);
        inJson(c);
      }
      case JSON_STRING -> {
        word.append(c);
        inJsonString(c);
      }
    }
  }

  private void begin(char c) {
    if (escaped) {
      escaped = false;
      if (c != '\n') {
        state = State.WORD;
        word.append(c);
      }
    } else if (BLANKS.indexOf(c) >= 0) {
      return;
    } else if (c == '\\') {
      escaped = true;
    } else if (c == '#') {
      state = State.COMMENT;
    } else if ((c == '{' || c == '[' || c == '"') && isPlaceOfValue()) {
      word.append(c);
      inJson(c);
    } else {
      state = State.WORD;
      inWord(c);
    }
  }

  /** Whether the next word is the third of a create or put, beside options and their values. */
  private boolean isPlaceOfValue() {
    return !optionWantsWord && takesValue && operands == WORDS_BEFORE_VALUE;
  }

  private void inWord(char c) {
    if (escaped) {
      escaped = false;
      if (c != '\n') {
        word.append(c);
      }
    } else if (BLANKS.indexOf(c) >= 0) {
      endWord();
    } else if (c == '\'') {
      state = State.SINGLE_QUOTES;
    } else if (c == '"') {
      state = State.DOUBLE_QUOTES;
    } else if (c == '\\') {
      escaped = true;
    } else {
      word.append(c);
    }
  }

  private void inDoubleQuotes(char c) {
    if (escaped) {
      escaped = false;
      if (c != '\n') {
        word.append(ESCAPED_IN_QUOTES.indexOf(c) < 0 ? "\\" : "").append(c);
      }
    } else if (c == '"') {
      state = State.WORD;
    } else if (c == '\\') {
      escaped = true;
    } else {
      word.append(c);
    }
  }

  private void inJson(char c) {
    state = c == '"' ? State.JSON_STRING : State.JSON;
    if (c == '{' || c == '[') {
      depth++;
    } else if (c == '}' || c == ']') {
      depth--;
      endJson();
    }
  }

  private void inJsonString(char c) {
    if (escaped) {
      escaped = false;
    } else if (c == '\\') {
      escaped = true;
    } else if (c == '"') {
      state = State.JSON;
      endJson();
    }
  }

  private void endJson() {
    if (depth == 0) {
      endWord();
    }
  }

  private void endWord() {
    String ended = word.toString();
    words.add(ended);
    word.setLength(0);
    state = State.BETWEEN_WORDS;
    if (optionWantsWord) {
      optionWantsWord = false;
    } else if (optionsEnded || !ended.startsWith("-") || ended.equals("-")) {
      operands++;
      takesValue |= operands == 1 && TAKE_VALUES.contains(ended);
    } else if (ended.equals("--")) {
      optionsEnded = true;
    } else {
      optionWantsWord = Option.wantsNextWord(ended);
    }
  }
}
