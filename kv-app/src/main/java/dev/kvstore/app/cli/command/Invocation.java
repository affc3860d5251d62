package dev.kvstore.app.cli.command;

import dev.kvstore.app.cli.args.Arguments;
import dev.kvstore.app.cli.args.Option;
import dev.kvstore.app.cli.io.Console;
import dev.kvstore.app.cli.io.Input;
import dev.kvstore.app.cli.io.Surroundings;
import dev.kvstore.app.cli.store.StoreOpener;

/**
 * What a command works with.
 *
 * @param command its name
 * @param arguments what the user asked for
 * @param console where it reads and writes
 * @param surroundings the process it runs in
 * @param openers finds the store that a command line means
 * @param failures reports what goes wrong
 * @param inShell whether it is a line of the shell, where nobody sees its exit code
 */
public record Invocation(
    String command,
    Arguments arguments,
    Console console,
    Surroundings surroundings,
    Openers openers,
    Failures failures,
    boolean inShell) {

  /** Finds the store that a command line means. */
  public interface Openers {

    /**
     * What opens that store.
     *
     * @param command the command that is run
     * @throws dev.kvstore.app.cli.args.UsageException if an option about it has a wrong value
     */
    StoreOpener of(Arguments arguments, String command);
  }

  /** Whether a person agrees to what cannot be undone: asked at a terminal alone, and neither with --yes nor for a program. */
  boolean isAgreed(String question) {
    return arguments.has(Option.YES)
        || arguments.has(Option.JSON)
        || !console.isInteractive()
        || console.questions().ask(question);
  }

  /** The same at another console. */
  Invocation at(Console other) {
    return new Invocation(command, arguments, other, surroundings, openers, failures, inShell);
  }

  /** The same with its failures reported by {@code other}. */
  Invocation reportedBy(Failures other) {
    return new Invocation(command, arguments, console, surroundings, openers, other, inShell);
  }

  /** The operand at {@code index}, which the synopsis demands. */
  String operand(int index) {
    return arguments.operands().get(index);
  }

  /**
   * The file that the first operand names, or the standard input if that is {@code -}. The caller closes it.
   *
   * @param what is read, for a person at a terminal: "the operations"
   */
  Input input(String what) {
    String name = operand(0);
    return name.equals("-") ? Input.standard(console, what) : Input.file(name);
  }

  /**
   * What opens the store that the user means. Checks the options about it, which commands without a store do not look at.
   *
   * @throws dev.kvstore.app.cli.args.UsageException if one has a wrong value
   */
  StoreOpener stores() {
    return openers.of(arguments, command);
  }

  /** Like {@link #stores()}, for the store of this name: {@code [ENGINE:]LOCATION}; no other need have a right name. */
  StoreOpener stores(String name) {
    return openers.of(arguments.with(Option.STORE, name), command);
  }
}
