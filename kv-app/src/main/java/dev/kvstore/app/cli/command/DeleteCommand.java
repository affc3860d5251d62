package dev.kvstore.app.cli.command;

import dev.kvstore.app.cli.args.Option;
import dev.kvstore.app.cli.io.ClosedPipeException;
import dev.kvstore.app.cli.io.ErrorOutput;
import dev.kvstore.app.cli.io.JsonText;
import dev.kvstore.app.cli.store.Opened;
import dev.kvstore.core.error.ErrorCode;
import dev.kvstore.core.error.PreconditionFailedException;
import dev.kvstore.core.error.Printable;
import dev.kvstore.core.model.Key;
import java.util.List;
import java.util.Set;

/** {@code kv delete}: removes entries, each on its own; every one that is not there is named. */
final class DeleteCommand implements Command {

  @Override
  public Synopsis synopsis() {
    return new Synopsis(
        "delete",
        List.of("del", "rm"),
        "KEY...",
        1,
        Synopsis.ANY_NUMBER,
        Set.of(),
        "remove entries",
        """
        Each key is removed on its own; each that does not exist is named on the
        standard error. --json prints {"deleted":KEY} for each that was removed.""");
  }

  @Override
  public ExitCode run(Invocation invocation) {
    List<Key> keys = KeyOperands.of(invocation);
    ErrorOutput err = invocation.console().err();
    ExitCode code = ExitCode.DONE;
    ClosedPipeException unread = null;
    try (Opened opened = invocation.stores().openToChange()) {
      for (Key key : keys) {
        try {
          opened.entries().delete(key);
          err.confirm("deleted " + Printable.quote(key.text()));
          if (invocation.arguments().has(Option.JSON)) {
            invocation.console().out().json("{\"deleted\":" + JsonText.quote(key.text()) + "}");
          }
        } catch (ClosedPipeException e) {
          // The keys are to be removed also if nobody reads which they were.
          unread = e;
        } catch (PreconditionFailedException e) {
          if (e.code() != ErrorCode.KEY_NOT_FOUND) {
            throw e;
          }
          code = invocation.failures().tell(e);
        }
      }
    }
    if (unread != null && code == ExitCode.DONE) {
      throw unread;
    }
    return code;
  }
}
