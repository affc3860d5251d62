package dev.kvstore.app.cli.command;

import dev.kvstore.app.cli.args.Arguments;
import dev.kvstore.app.cli.args.Option;
import dev.kvstore.app.cli.args.UsageException;
import dev.kvstore.app.cli.io.Output;
import dev.kvstore.app.cli.io.PrettyPrinter;
import dev.kvstore.app.cli.store.Opened;
import dev.kvstore.core.model.Key;
import java.util.List;
import java.util.Set;

/** {@code kv read}: prints a value. */
final class ReadCommand implements Command {

  @Override
  public Synopsis synopsis() {
    return new Synopsis(
        "read",
        List.of("get"),
        "KEY",
        1,
        1,
        Set.of(Option.PRETTY, Option.COMPACT),
        "print the value of a key",
        "Numbers, escapes and the order of members are as they were when it was made.");
  }

  @Override
  public ExitCode run(Invocation invocation) {
    Output out = invocation.console().out();
    boolean pretty = isPretty(invocation.arguments(), out);
    Key key = Key.of(invocation.operand(0));
    String value;
    try (Opened opened = invocation.stores().openExisting()) {
      value = opened.entries().read(key).text();
    }
    out.json(pretty ? PrettyPrinter.format(value) : value);
    return ExitCode.DONE;
  }

  private static boolean isPretty(Arguments arguments, Output out) {
    boolean pretty = arguments.has(Option.PRETTY);
    boolean compact = arguments.has(Option.COMPACT);
    if (pretty && compact) {
      throw new UsageException("--pretty and --compact exclude each other");
    }
    return pretty || (!compact && out.isTerminal() && !arguments.has(Option.JSON));
  }
}
