package dev.kvstore.app.cli.io;

import java.io.InputStream;

/**
 * The three standard streams of one run of the program.
 *
 * @param in standard input
 * @param out standard output, for data alone
 * @param err standard error, for everything else
 * @param readsTerminal whether a person types the input
 */
public record Console(InputStream in, Output out, ErrorOutput err, boolean readsTerminal) {

  /** The streams of {@code surroundings}. */
  public static Console of(Surroundings surroundings) {
    return new Console(
        surroundings.in(),
        new Output(surroundings.out(), surroundings.writesTerminal()),
        new ErrorOutput(surroundings.err(), surroundings.warnsTerminal()),
        surroundings.readsTerminal());
  }
}
