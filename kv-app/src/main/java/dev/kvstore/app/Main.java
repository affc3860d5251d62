package dev.kvstore.app;

import dev.kvstore.app.cli.Cli;
import dev.kvstore.app.cli.io.Surroundings;
import dev.kvstore.app.cli.store.Termination;
import dev.kvstore.app.wiring.DaggerEngineComponent;

/** Where the program begins. */
public final class Main {
  private Main() {}

  /** Runs the command line and ends the process with its exit code. */
  public static void main(String[] args) {
    Termination termination = new Termination();
    termination.install();
    int code = run(Surroundings.ofThisProcess(), termination, args);
    // Returning costs less than exiting, which sets up logging on newer JDKs.
    if (code != 0) {
      System.exit(code);
    }
  }

  /** Runs the command line with all engines; its exit code. */
  static int run(Surroundings surroundings, Termination termination, String... args) {
    return new Cli(DaggerEngineComponent.create().engines(), surroundings, termination).run(args);
  }
}
