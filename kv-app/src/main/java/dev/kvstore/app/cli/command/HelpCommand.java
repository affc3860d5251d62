package dev.kvstore.app.cli.command;

import dev.kvstore.app.cli.args.Option;
import dev.kvstore.app.cli.io.Output;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** {@code kv help}: explains the program, or one command. */
public final class HelpCommand implements Command {

  private static final int NAME_WIDTH = 12;

  @Override
  public Synopsis synopsis() {
    return new Synopsis(
        "help",
        List.of(),
        "[COMMAND]",
        0,
        1,
        Set.of(),
        "explain the program, or a command",
        "kv COMMAND --help does the same.");
  }

  @Override
  public ExitCode run(Invocation invocation) {
    Output out = invocation.console().out();
    String name = invocation.arguments().operand(0);
    if (name == null) {
      explainProgram(out);
    } else {
      explain(Commands.named(name), out);
    }
    return ExitCode.DONE;
  }

  /** Prints all commands, general options and exit codes. */
  public static void explainProgram(Output out) {
    out.text("kv keeps JSON values by key in a file.");
    out.text("");
    out.text("usage: kv [options] COMMAND [operands] [options]");
    out.text("");
    out.text("commands:");
    for (String name : Commands.NAMES) {
      out.text(row(name, Commands.named(name).synopsis().summary()));
    }
    out.text("");
    printOptions("options of every command:", Option::isGeneral, out);
    out.text("");
    out.text("The store is that of --store, else of the variable KV_STORE, else the default");
    out.text("one; kv path shows which. What begins with a dash but is no option goes after");
    out.text("two dashes: --");
    out.text("");
    out.text("exit codes:");
    for (ExitCode code : ExitCode.values()) {
      out.text(row(Integer.toString(code.status()), code.meaning()));
    }
    out.text(row("130, 143", "interrupted, terminated; the store was closed cleanly"));
  }

  /** Prints how {@code command} is called. */
  public static void explain(Command command, Output out) {
    Synopsis synopsis = command.synopsis();
    out.text("usage: " + synopsis.usage());
    if (!synopsis.aliases().isEmpty()) {
      out.text("also:  " + String.join(", ", synopsis.aliases()));
    }
    out.text("");
    out.text(synopsis.name() + ": " + synopsis.summary());
    out.text(synopsis.details());
    if (!synopsis.options().isEmpty()) {
      out.text("");
      printOptions("options:", synopsis.options()::contains, out);
    }
  }

  private static void printOptions(String title, Predicate<Option> which, Output out) {
    out.text(title);
    for (Option option : Option.values()) {
      if (which.test(option)) {
        out.text("  " + option.synopsis());
        out.text("      " + option.description());
      }
    }
  }

  /** A line of a table: a name and what it means. */
  static String row(String first, String second) {
    return "  " + first + " ".repeat(Math.max(1, NAME_WIDTH - first.length())) + second;
  }
}
