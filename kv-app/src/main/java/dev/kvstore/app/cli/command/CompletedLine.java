package dev.kvstore.app.cli.command;

import java.util.List;
import org.jline.reader.CompletingParsedLine;

/** A line in which Tab completes a word, as {@code parsed} has it; what is inserted is escaped by the rules of the shell. */
record CompletedLine(CompletingParsedLine parsed) implements CompletingParsedLine {

  @Override
  public CharSequence escape(CharSequence candidate, boolean complete) {
    return ShellLine.escape(candidate);
  }

  @Override
  public int rawWordCursor() {
    return parsed.rawWordCursor();
  }

  @Override
  public int rawWordLength() {
    return parsed.rawWordLength();
  }

  @Override
  public String word() {
    return parsed.word();
  }

  @Override
  public int wordCursor() {
    return parsed.wordCursor();
  }

  @Override
  public int wordIndex() {
    return parsed.wordIndex();
  }

  @Override
  public List<String> words() {
    return parsed.words();
  }

  @Override
  public String line() {
    return parsed.line();
  }

  @Override
  public int cursor() {
    return parsed.cursor();
  }
}
