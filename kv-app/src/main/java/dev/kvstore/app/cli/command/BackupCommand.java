package dev.kvstore.app.cli.command;

import dev.kvstore.app.cli.args.Option;
import dev.kvstore.app.cli.io.Progress;
import dev.kvstore.core.error.Printable;
import java.util.List;
import java.util.Set;

/** {@code kv backup}: writes a copy of the store, itself a store. */
final class BackupCommand implements Command {

  @Override
  public Synopsis synopsis() {
    return new Synopsis(
        "backup",
        List.of(),
        "FILE",
        1,
        1,
        Set.of(),
        "write a consistent copy, itself a jsonfile store",
        """
        Nothing may be at FILE yet; it appears when it is whole, and only its owner
        can read it. A jsonfile store may be in use meanwhile: the copy shows it as it
        was at one moment. (Of etcd, only if nobody writes.) --json prints
        {"entries":N}.""");
  }

  @Override
  public ExitCode run(Invocation invocation) {
    String target = invocation.operand(0);
    long entries;
    try (Progress progress = Progress.ofEntries(invocation.console().err(), "copied", 0)) {
      entries = invocation.stores().backUp(target, progress::reached);
    }
    if (invocation.arguments().has(Option.JSON)) {
      invocation.console().out().json("{\"entries\":" + entries + "}");
    }
    invocation
        .console()
        .err()
        .confirm("backed up " + Counts.of(entries, "entry", "entries") + " to "
            + Printable.quote(target));
    return ExitCode.DONE;
  }
}
