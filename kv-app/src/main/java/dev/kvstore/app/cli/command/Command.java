package dev.kvstore.app.cli.command;

/** One thing that the program can do. Has no state. */
public interface Command {

  /** How it is called. */
  Synopsis synopsis();

  /**
   * Does it. The number of operands has been checked.
   *
   * @return how it ended
   * @throws dev.kvstore.core.error.StoreException if the store refuses or fails
   * @throws dev.kvstore.app.cli.args.UsageException if options or operands are wrong
   */
  ExitCode run(Invocation invocation);
}
