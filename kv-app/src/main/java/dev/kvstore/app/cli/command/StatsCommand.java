package dev.kvstore.app.cli.command;

import dev.kvstore.app.cli.args.Option;
import dev.kvstore.app.cli.io.JsonText;
import dev.kvstore.app.cli.io.Output;
import dev.kvstore.app.cli.store.Opened;
import dev.kvstore.core.model.StoreStatus;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** {@code kv stats}: prints what the store holds and takes. */
final class StatsCommand implements Command {

  @Override
  public Synopsis synopsis() {
    return new Synopsis(
        "stats",
        List.of(),
        "",
        0,
        0,
        Set.of(),
        "print what the store holds and takes",
        "Expired entries are gone for every command, and take space until it is reclaimed.");
  }

  @Override
  public ExitCode run(Invocation invocation) {
    StoreStatus status;
    try (Opened opened = invocation.stores().openExisting()) {
      status = opened.store().status();
    }
    Output out = invocation.console().out();
    if (invocation.arguments().has(Option.JSON)) {
      out.json(json(status));
    } else {
      out.line("engine     " + status.engine());
      out.line("location   " + status.location());
      out.text("entries    " + count(status.liveEntries()));
      out.text("expired    " + count(status.expiredEntries()));
      out.text("live data  " + ByteCount.describe(status.liveBytes()));
      out.text("size       " + ByteCount.describe(status.fileBytes()));
      out.text("limit      " + ByteCount.describe(status.maxFileBytes()));
    }
    return ExitCode.DONE;
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String json(StoreStatus status) {
    return "{\"engine\":" + JsonText.quote(status.engine())
        + ",\"location\":" + JsonText.quote(status.location())
        + ",\"liveEntries\":" + status.liveEntries()
        + ",\"expiredEntries\":" + status.expiredEntries()
        + ",\"liveBytes\":" + status.liveBytes()
        + ",\"fileBytes\":" + status.fileBytes()
        + ",\"maxFileBytes\":" + status.maxFileBytes() + "}";
  }
}
