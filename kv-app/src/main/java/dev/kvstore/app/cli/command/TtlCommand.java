package dev.kvstore.app.cli.command;

import dev.kvstore.app.cli.args.Option;
import dev.kvstore.app.cli.io.JsonText;
import dev.kvstore.app.cli.io.Output;
import dev.kvstore.app.cli.store.Opened;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.model.TimeToLive;
import java.util.List;
import java.util.Set;

/** {@code kv ttl}: prints how long an entry will live. */
final class TtlCommand implements Command {

  @Override
  public Synopsis synopsis() {
    return new Synopsis(
        "ttl",
        List.of(),
        "KEY",
        1,
        1,
        Set.of(),
        "print the seconds that an entry has left, or none",
        """
        Part of a second counts as a whole one. --json:
        {"key":...,"ttl":SECONDS or null}.""");
  }

  @Override
  public ExitCode run(Invocation invocation) {
    Key key = Key.of(invocation.operand(0));
    TimeToLive left;
    try (Opened opened = invocation.stores().openExisting()) {
      left = opened.entries().timeToLive(key);
    }
    Output out = invocation.console().out();
    String seconds = Long.toString(left.seconds());
    if (invocation.arguments().has(Option.JSON)) {
      String shown = left.isUnlimited() ? "null" : seconds;
      out.json("{\"key\":" + JsonText.quote(key.text()) + ",\"ttl\":" + shown + "}");
    } else {
      out.text(left.isUnlimited() ? "none" : seconds);
    }
    return ExitCode.DONE;
  }
}
