package dev.kvstore.app.cli.command;

import dev.kvstore.app.cli.args.Arguments;
import dev.kvstore.app.cli.args.Option;
import dev.kvstore.app.cli.args.UsageException;
import java.util.List;
import java.util.Set;

/**
 * How a command is called.
 *
 * @param name its name
 * @param aliases its other names
 * @param operands what follows the name, for help
 * @param least how many operands it needs
 * @param most how many it takes
 * @param options those of its own
 * @param summary what it does, in one line
 * @param details what more there is to know, in lines for help
 */
public record Synopsis(
    String name,
    List<String> aliases,
    String operands,
    int least,
    int most,
    Set<Option> options,
    String summary,
    String details) {

  /** A number of operands without bound. */
  static final int ANY_NUMBER = Integer.MAX_VALUE;

  /** The call as help shows it: {@code kv create KEY [VALUE|-|@FILE] [--ttl SECONDS]}. */
  public String usage() {
    StringBuilder usage = new StringBuilder("kv ").append(name);
    if (!operands.isEmpty()) {
      usage.append(' ').append(operands);
    }
    for (Option option : Option.values()) {
      if (options.contains(option)) {
        usage.append(" [").append(option.synopsis()).append(']');
      }
    }
    return usage.toString();
  }

  /**
   * Checks how many operands there are.
   *
   * @throws UsageException if they are too few or too many
   */
  public void check(Arguments arguments) {
    int count = arguments.operands().size();
    if (count < least || count > most) {
      throw new UsageException(
          name + " got too " + (count < least ? "few" : "many") + " operands; usage: " + usage());
    }
  }
}
