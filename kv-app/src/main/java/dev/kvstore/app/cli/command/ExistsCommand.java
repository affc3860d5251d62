package dev.kvstore.app.cli.command;

import dev.kvstore.app.cli.store.Opened;
import dev.kvstore.core.error.PreconditionFailedException;
import dev.kvstore.core.error.Printable;
import dev.kvstore.core.model.Key;
import java.util.List;
import java.util.Set;

/** {@code kv exists}: tells by its exit code whether every key is there. */
final class ExistsCommand implements Command {

  @Override
  public Synopsis synopsis() {
    return new Synopsis(
        "exists",
        List.of(),
        "KEY...",
        1,
        Synopsis.ANY_NUMBER,
        Set.of(),
        "exit with 0 if all keys exist, else with 3",
        """
        Prints nothing; in the shell, where nobody sees an exit code, it says on the
        standard error what it found.""");
  }

  @Override
  public ExitCode run(Invocation invocation) {
    List<Key> keys = KeyOperands.of(invocation);
    try (Opened opened = invocation.stores().openExisting()) {
      for (Key key : keys) {
        if (!opened.entries().exists(key)) {
          if (invocation.inShell()) {
            throw PreconditionFailedException.notFound(key.text());
          }
          return ExitCode.NOT_FOUND;
        }
      }
    }
    if (invocation.inShell()) {
      invocation.console().err().confirm(found(keys));
    }
    return ExitCode.DONE;
  }

  private static String found(List<Key> keys) {
    return keys.size() == 1
        ? Printable.quote(keys.get(0).text()) + " exists"
        : "all " + keys.size() + " exist";
  }
}
