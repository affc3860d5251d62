package dev.kvstore.app.cli.command;

import dev.kvstore.app.cli.args.Option;
import dev.kvstore.app.cli.io.ByteCount;
import dev.kvstore.app.cli.io.Progress;
import dev.kvstore.app.cli.store.Opened;
import java.util.List;
import java.util.Set;

/** {@code kv compact}: gives back the space of what is no longer there. */
final class CompactCommand implements Command {

  @Override
  public Synopsis synopsis() {
    return new Synopsis(
        "compact",
        List.of(),
        "",
        0,
        0,
        Set.of(),
        "give back the space of deleted, replaced and expired entries",
        """
        The entries are the same before and after. --json prints
        {"bytesBefore":N,"bytesAfter":N}.""");
  }

  @Override
  public ExitCode run(Invocation invocation) {
    long before;
    long after;
    try (Opened opened = invocation.stores().openToChange()) {
      before = opened.store().status().fileBytes();
      try (Progress progress = Progress.ofBytes(invocation.console().err(), "compacted")) {
        opened.store().compact(progress::reached);
      }
      after = opened.store().status().fileBytes();
    }
    if (invocation.arguments().has(Option.JSON)) {
      invocation
          .console()
          .out()
          .json("{\"bytesBefore\":" + before + ",\"bytesAfter\":" + after + "}");
    }
    invocation
        .console()
        .err()
        .confirm(
            "compacted from " + ByteCount.describe(before) + " to " + ByteCount.describe(after));
    return ExitCode.DONE;
  }
}
