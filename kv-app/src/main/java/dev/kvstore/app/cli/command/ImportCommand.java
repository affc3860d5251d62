package dev.kvstore.app.cli.command;

import dev.kvstore.app.cli.args.Option;
import dev.kvstore.app.cli.io.Input;
import dev.kvstore.app.cli.io.LineReader;
import dev.kvstore.app.cli.io.Progress;
import dev.kvstore.app.cli.store.Opened;
import dev.kvstore.app.cli.store.StoreOpener;
import dev.kvstore.core.LoadResult;
import dev.kvstore.core.OnExisting;
import dev.kvstore.core.error.StoreException;
import dev.kvstore.core.model.Entry;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;

/** {@code kv import}: stores the entries of a file, line by line. */
final class ImportCommand implements Command {

  @Override
  public Synopsis synopsis() {
    return new Synopsis(
        "import",
        List.of(),
        "FILE|-",
        1,
        1,
        Set.of(Option.ON_EXISTS, Option.DRY_RUN),
        "store the entries of a file, as export writes it",
        """
        A line is {"key":KEY,"value":JSON,"expiresAt":"2030-01-31T12:00:00.000Z"};
        expiresAt may be left out. Blank lines are skipped, and so are entries that
        have expired. The lines before one that fails stay. --dry-run compares with
        the store as it is, not with earlier lines of other groups. --json prints
        {"imported":N,"skipped":N,"expired":N}.""");
  }

  @Override
  public ExitCode run(Invocation invocation) {
    OnExisting onExisting =
        invocation.arguments().choice(Option.ON_EXISTS, OnExisting.class).orElse(OnExisting.FAIL);
    boolean dryRun = invocation.arguments().has(Option.DRY_RUN);
    StoreOpener stores = invocation.stores();
    LoadResult result;
    try (Input input = invocation.input("entries")) {
      ParsedLines<Entry> lines = new ParsedLines<>(new LineReader(input), EntryLine::parse);
      lines.readAhead(GroupedLoad.MAX_ENTRIES, GroupedLoad.MAX_BYTES);
      try (Opened opened = stores.openForWriting()) {
        GroupedLoad load = new GroupedLoad(
            opened.store(),
            onExisting,
            dryRun,
            (entry, line, cause) -> FailedPartException.line(line, cause));
        try (Progress progress = Progress.ofEntries(invocation.console().err(), "imported", 0)) {
          load(lines, load, count -> progress.reached(count, input.expectedTotal(lines.read())));
        } catch (FailedPartException e) {
          throw e.withContext(
              (dryRun ? "; nothing was imported, before it would be " : "; imported before it: ")
                  + load.result().stored());
        }
        result = load.result();
      }
    }
    report(invocation, dryRun, result);
    return ExitCode.DONE;
  }

  private static void load(ParsedLines<Entry> lines, GroupedLoad load, LongConsumer progress) {
    long count = 0;
    try {
      for (Entry entry = lines.next(); entry != null; entry = lines.next()) {
        load.add(entry, lines.number());
        count++;
        progress.accept(count);
      }
    } catch (StoreException e) {
      // Those before it come first, and may be refused before it.
      load.flush();
      throw FailedPartException.line(lines.number(), e);
    }
    load.finish();
  }

  private static void report(Invocation invocation, boolean dryRun, LoadResult result) {
    if (invocation.arguments().has(Option.JSON)) {
      invocation
          .console()
          .out()
          .json("{\"imported\":" + result.stored() + ",\"skipped\":" + result.skipped()
              + ",\"expired\":" + result.expired() + "}");
    }
    invocation
        .console()
        .err()
        .confirm((dryRun ? "would import " : "imported ") + result.stored() + ", skipped "
            + result.skipped() + " that exist and " + result.expired() + " that have expired");
  }
}
