package dev.kvstore.app.cli.io;

import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * The three standard streams of one run of the program, and the person there.
 *
 * @param in standard input; null if commands cannot read it, because it is a script of commands
 * @param out standard output, for data alone
 * @param err standard error, for everything else
 * @param readsTerminal whether a person types the input
 * @param questions asks that person
 */
public record Console(
    @Nullable InputStream in,
    Output out,
    ErrorOutput err,
    boolean readsTerminal,
    Questions questions) {

  /** Asks a person who is there. */
  @FunctionalInterface
  public interface Questions {

    /** Whether the answer to {@code question} is yes. */
    boolean ask(String question);
  }

  /** The streams of {@code surroundings}. */
  public static Console of(Surroundings surroundings) {
    ErrorOutput err = new ErrorOutput(surroundings.err(), surroundings.warnsTerminal());
    return new Console(
        surroundings.in(),
        new Output(surroundings.out(), surroundings.writesTerminal()),
        err,
        surroundings.readsTerminal(),
        new TypedAnswers(surroundings.in(), err));
  }

  /** The same for the commands of a script on the standard input. */
  public Console ofScript() {
    return new Console(null, out, err, readsTerminal, questions);
  }

  /** The same with another way to ask. */
  public Console asking(Questions other) {
    return new Console(in, out, err, readsTerminal, other);
  }

  /** Whether a person types the input and sees prompts for it, which go to that one of the outputs that is a terminal. */
  public boolean prompts() {
    return readsTerminal && (out.isTerminal() || err.isTerminal());
  }

  /** Whether a person sees questions and can answer. */
  public boolean isInteractive() {
    return readsTerminal && err.isTerminal();
  }
}
