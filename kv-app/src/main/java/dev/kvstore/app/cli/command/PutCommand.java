package dev.kvstore.app.cli.command;

import dev.kvstore.app.cli.args.Option;
import dev.kvstore.app.cli.store.Opened;
import java.util.List;
import java.util.Set;

/** {@code kv put}: creates or replaces an entry. */
final class PutCommand implements Command {

  @Override
  public Synopsis synopsis() {
    return new Synopsis(
        "put",
        List.of(),
        NewEntry.OPERANDS,
        1,
        2,
        Set.of(Option.TTL),
        "create or replace an entry, with a new time to live or none",
        NewEntry.DETAILS);
  }

  @Override
  public ExitCode run(Invocation invocation) {
    NewEntry entry = NewEntry.of(invocation);
    try (Opened opened = entry.stores().openForWriting()) {
      opened.entries().put(entry.key(), entry.value(), entry.timeToLive());
    }
    entry.report("put", invocation);
    return ExitCode.DONE;
  }
}
