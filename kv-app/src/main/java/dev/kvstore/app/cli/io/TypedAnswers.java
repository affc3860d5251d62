package dev.kvstore.app.cli.io;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/** Asks on the standard error, and reads a line of the standard input for the answer. For one thread. */
public final class TypedAnswers implements Console.Questions {

  private static final String CHOICE = " [y/N] ";

  private final InputStream in;
  private final ErrorOutput err;

  TypedAnswers(InputStream in, ErrorOutput err) {
    this.in = in;
    this.err = err;
  }

  /** What to show for a question. */
  public static String prompt(String question) {
    return "kv: " + question + CHOICE;
  }

  /** Whether the answer is yes; everything but a plain yes is no. */
  public static boolean isYes(String answer) {
    String word = answer.strip().toLowerCase(Locale.ROOT);
    return word.equals("y") || word.equals("yes");
  }

  @Override
  public boolean ask(String question) {
    err.prompt(prompt(question));
    StringBuilder answer = new StringBuilder();
    try {
      int next = in.read();
      while (next >= 0 && next != '\n') {
        answer.append((char) next);
        next = in.read();
      }
      if (next < 0) {
        // The person has ended the input and not the line.
        err.prompt("\n");
      }
    } catch (IOException e) {
      // Whoever cannot answer has not agreed.
      return false;
    }
    return isYes(answer.toString());
  }
}
