package dev.kvstore.app.cli.command;

import dev.kvstore.app.cli.args.UsageException;
import dev.kvstore.core.error.Printable;
import java.util.List;

/** The table of commands. A new one is a class of its own, a line in each of the two tables here, and its options. */
public final class Commands {

  /** The names, without aliases, in the order in which help shows them. */
  public static final List<String> NAMES = List.of(
      "create",
      "read",
      "delete",
      "put",
      "exists",
      "list",
      "ttl",
      "apply",
      "export",
      "import",
      "copy",
      "backup",
      "verify",
      "repair",
      "shell",
      "completion",
      "compact",
      "stats",
      "path",
      "help");

  private Commands() {}

  /**
   * The command of a name or alias. The others are not loaded, since each class costs time at the start.
   *
   * @throws UsageException if there is none
   */
  public static Command named(String name) {
    return switch (name) {
      case "create" -> new CreateCommand();
      case "read", "get" -> new ReadCommand();
      case "delete", "del", "rm" -> new DeleteCommand();
      case "put" -> new PutCommand();
      case "exists" -> new ExistsCommand();
      case "list", "ls" -> new ListCommand();
      case "ttl" -> new TtlCommand();
      case "apply" -> new ApplyCommand();
      case "export" -> new ExportCommand();
      case "import" -> new ImportCommand();
      case "copy" -> new CopyCommand();
      case "backup" -> new BackupCommand();
      case "verify" -> new VerifyCommand();
      case "repair" -> new RepairCommand();
      case "shell" -> new ShellCommand();
      case "completion" -> new CompletionCommand();
      case "compact" -> new CompactCommand();
      case "stats" -> new StatsCommand();
      case "path" -> new PathCommand();
      case "help" -> new HelpCommand();
      default ->
        throw new UsageException("there is no command " + Printable.quote(name) + "; see: kv help");
    };
  }
}
