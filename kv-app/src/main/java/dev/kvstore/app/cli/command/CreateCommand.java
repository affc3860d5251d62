package dev.kvstore.app.cli.command;

import dev.kvstore.app.cli.args.Option;
import dev.kvstore.app.cli.store.Opened;
import java.util.List;
import java.util.Set;

/** {@code kv create}: stores a new entry. */
final class CreateCommand implements Command {

  @Override
  public Synopsis synopsis() {
    return new Synopsis(
        "create",
        List.of(),
        NewEntry.OPERANDS,
        1,
        2,
        Set.of(Option.TTL),
        "store a new entry; an error if the key exists",
        NewEntry.DETAILS);
  }

  @Override
  public ExitCode run(Invocation invocation) {
    NewEntry entry = NewEntry.of(invocation);
    try (Opened opened = entry.stores().openForWriting()) {
      opened.entries().create(entry.key(), entry.value(), entry.timeToLive());
    }
    entry.report("created", invocation);
    return ExitCode.DONE;
  }
}
