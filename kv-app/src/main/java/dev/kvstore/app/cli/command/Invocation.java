package dev.kvstore.app.cli.command;

import dev.kvstore.app.cli.args.Arguments;
import dev.kvstore.app.cli.io.Console;
import dev.kvstore.app.cli.io.Input;
import dev.kvstore.app.cli.io.Surroundings;
import dev.kvstore.app.cli.store.Engine;
import dev.kvstore.app.cli.store.StoreOpener;
import dev.kvstore.app.cli.store.Termination;
import java.util.Map;
import javax.inject.Provider;

/**
 * What a command works with.
 *
 * @param command its name
 * @param arguments what the user asked for
 * @param console where it reads and writes
 * @param surroundings the process it runs in
 * @param engines the engines there are, by name
 * @param termination closes the store if the process is asked to end
 */
public record Invocation(
    String command,
    Arguments arguments,
    Console console,
    Surroundings surroundings,
    Map<String, Provider<Engine>> engines,
    Termination termination) {

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
    return StoreOpener.of(engines, surroundings, termination, arguments, command);
  }

  /** Like {@link #stores()}, for the store of this name: {@code [ENGINE:]LOCATION}. */
  StoreOpener stores(String name) {
    return stores().at(name);
  }
}
