package dev.kvstore.app.cli.command;

import dev.kvstore.app.cli.args.Option;
import dev.kvstore.app.cli.io.Input;
import dev.kvstore.app.cli.io.LineReader;
import dev.kvstore.app.cli.store.Opened;
import dev.kvstore.app.cli.store.StoreOpener;
import dev.kvstore.core.Session;
import dev.kvstore.core.error.StoreException;
import dev.kvstore.core.port.SessionLimits;
import java.util.List;
import java.util.Set;

/** {@code kv apply}: the operations of a file as one session, all or nothing. */
final class ApplyCommand implements Command {

  @Override
  public Synopsis synopsis() {
    return new Synopsis(
        "apply",
        List.of(),
        "FILE|-",
        1,
        1,
        Set.of(Option.DRY_RUN),
        "do all operations of a file, or none of them",
        """
        A line is {"create":KEY,"value":JSON,"ttl":SECONDS} (ttl may be left out), the
        same with "put", or {"delete":KEY}. Blank lines are skipped. A line has at
        most 1048576 bytes; all of them together at most 10000 operations and 64 MiB
        of keys and values, on etcd 64 and 1 MiB. --json prints
        {"operations":N,"applied":true}, with --dry-run false.""");
  }

  @Override
  public ExitCode run(Invocation invocation) {
    StoreOpener stores = invocation.stores();
    try (Input input = invocation.input("operations")) {
      ParsedLines<ApplyLine> lines = new ParsedLines<>(new LineReader(input), ApplyLine::parse);
      // More than a session takes, so that its end or its excess is seen; lines of white space for
      // the most part may be more yet.
      SessionLimits limits = stores.sessionLimits();
      lines.readAhead(limits.maxOperations() + 1, limits.maxBytes() / 4 * 5);
      apply(lines, stores, invocation);
    }
    return ExitCode.DONE;
  }

  private static void apply(
      ParsedLines<ApplyLine> lines, StoreOpener stores, Invocation invocation) {
    boolean dryRun = invocation.arguments().has(Option.DRY_RUN);
    try (Opened opened = stores.openForWriting();
        Session session = opened.store().session()) {
      stage(lines, session);
      int operations = session.stagedOperations();
      if (!dryRun) {
        session.commit();
      }
      if (invocation.arguments().has(Option.JSON)) {
        invocation
            .console()
            .out()
            .json("{\"operations\":" + operations + ",\"applied\":" + !dryRun + "}");
      }
      String what = Counts.of(operations, "operation", "operations");
      invocation.console().err().confirm((dryRun ? "would apply " : "applied ") + what);
    }
  }

  private static void stage(ParsedLines<ApplyLine> lines, Session session) {
    try {
      for (ApplyLine line = lines.next(); line != null; line = lines.next()) {
        line.applyTo(session);
      }
    } catch (StoreException e) {
      throw FailedPartException.line(lines.number(), e);
    }
  }
}
