package dev.kvstore.bench.work;

import dev.kvstore.bench.engine.Engines;

/** The main class of the processes that measure: one task, told by the arguments. Exit code 1 if it failed. */
public final class Child {

  private Child() {}

  /** Runs the task; figures and marks go to stdout, a failure to stderr. */
  public static void main(String[] arguments) {
    try {
      Task task = Task.of(arguments);
      Works.byName(task.work()).run(task, Engines.byName(task.engine()), new Output(System.out));
      System.exit(0);
    } catch (Throwable e) {
      // Out of memory and missing native libraries are answers too: the row says why.
      System.err.println(describe(e));
      System.exit(1);
    }
  }

  private static String describe(Throwable error) {
    Throwable cause = error;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = cause.getMessage();
    return cause.getClass().getSimpleName() + (message == null ? "" : ": " + message);
  }
}
