package dev.kvstore.app;

import dev.kvstore.app.cli.Cli;
import dev.kvstore.app.cli.io.Surroundings;
import dev.kvstore.app.cli.store.Termination;
import dev.kvstore.app.wiring.DaggerEngineComponent;

/** Where the program begins. */
public final class Main {

  /** The property with the name of the variable that holds the arguments, if the launcher hands them over so. */
  private static final String ARGUMENTS = "kv.arguments";

  private Main() {}

  /** Runs the command line and ends the process with its exit code. */
  public static void main(String[] args) {
    Termination termination = new Termination();
    termination.install();
    int code = run(Surroundings.ofThisProcess(), termination, arguments(args));
    // Returning costs less than exiting, which sets up logging on newer JDKs.
    if (code != 0) {
      System.exit(code);
    }
  }

  private static String[] arguments(String[] args) {
    String variable = System.getProperty(ARGUMENTS);
    String line = variable == null ? null : System.getenv(variable);
    return line == null ? args : WindowsCommandLine.split(line).toArray(new String[0]);
  }

  /** Runs the command line with all engines; its exit code. */
  static int run(Surroundings surroundings, Termination termination, String... args) {
    return new Cli(DaggerEngineComponent.create().engines(), surroundings, termination).run(args);
  }
}
