package dev.kvstore.app.cli.command;

import dev.kvstore.app.cli.args.Option;
import dev.kvstore.app.cli.args.UsageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Takes a command of the shell apart into words: parted by blanks, quoted as in a POSIX shell, but without its expansions; what
 * follows a {@code #} at the begin of a word is a comment. A value that begins like JSON goes to the end of that, without
 * quoting, over several lines if need be. An instance serves one command, and looks at each character once.
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
  private static final String ESCAPED_IN_QUOTES = "$`\"\\\n";

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
    return state.open.isEmpty();
  }

  /**
   * The words; none if it is blank or a comment. Nothing may be added any more.
   *
   * @throws UsageException if quotes or JSON are open at the end
   */
  List<String> words() {
    if (!isComplete()) {
      throw new UsageException(state.open + " does not end");
    }
    if (state == State.WORD) {
      if (escaped) {
        word.append('\\');
      }
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
    if (Character.isWhitespace(c)) {
      return;
    }
    if (c == '#') {
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
      word.append(c);
      escaped = false;
    } else if (Character.isWhitespace(c)) {
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
      if (ESCAPED_IN_QUOTES.indexOf(c) < 0) {
        word.append('\\');
      }
      word.append(c);
      escaped = false;
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
