package dev.kvstore.app.cli.command;

import dev.kvstore.app.cli.io.Output;

/** Help within the shell: on its own commands, too. */
final class ShellHelp {

  private ShellHelp() {}

  /** Prints all commands. */
  static void overview(Output out) {
    out.text("commands:");
    for (String name : Commands.NAMES) {
      if (!name.equals("shell")) {
        out.text(HelpCommand.row(name, Commands.named(name).synopsis().summary()));
      }
    }
    out.text("");
    out.text("of the shell alone:");
    for (String name : Shell.OWN) {
      out.text(HelpCommand.row(name, summary(name)));
    }
    out.text("");
    out.text("help COMMAND explains one. A value that begins like JSON needs no quotes and");
    out.text("may go over several lines. Tab completes commands, options, keys and files.");
  }

  /**
   * Prints how a command is called.
   *
   * @throws dev.kvstore.app.cli.args.UsageException if there is none of this name
   */
  static void explain(String name, Output out) {
    if (Shell.OWN.contains(name)) {
      out.text("usage: " + name);
      out.text("");
      out.text(name + ": " + summary(name));
    } else {
      HelpCommand.explain(Commands.named(name), out);
    }
  }

  private static String summary(String name) {
    return switch (name) {
      case "begin" -> "begin a session: what follows is staged, and seen here alone";
      case "diff" -> "show what the session would change: + new, ~ replaced, - removed";
      case "commit" -> "make all that is staged durable at once, or none of it";
      case "discard" -> "give the session up";
      case "exit", "quit" -> "leave the shell; what is staged is discarded";
      default -> throw new IllegalArgumentException(name);
    };
  }
}
