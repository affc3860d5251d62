package dev.kvstore.app.cli.command;

import dev.kvstore.app.cli.args.Option;
import dev.kvstore.app.cli.io.Output;
import dev.kvstore.app.cli.io.Progress;
import dev.kvstore.app.cli.io.ReplacedFile;
import dev.kvstore.app.cli.store.Opened;
import dev.kvstore.app.cli.store.StoreOpener;
import dev.kvstore.core.KeyValueStore;
import dev.kvstore.core.error.Printable;
import dev.kvstore.core.model.KeyPrefix;
import dev.kvstore.core.model.KeyRange;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code kv export}: writes all entries, in order, to a file or the standard output. */
final class ExportCommand implements Command {

  /** What the entries are written as. */
  enum Format {
    /** An object a line, which import reads. */
    JSONL,
    /** One array of these objects. */
    JSON
  }

  @Override
  public Synopsis synopsis() {
    return new Synopsis(
        "export",
        List.of(),
        "[FILE|-]",
        0,
        1,
        Set.of(Option.KEY_PREFIX, Option.FORMAT),
        "write all entries, in order of their keys",
        """
        Each is {"key":...,"value":...,"expiresAt":...} on a line of its own, which
        import reads; --format json makes one array of them. FILE is replaced at the
        end, when all is written, and only its owner can read it; at a terminal you
        are asked first if it is there, but not with --yes. --json, with FILE, prints
        {"exported":N}.""");
  }

  @Override
  public ExitCode run(Invocation invocation) {
    Format format = invocation.arguments().choice(Option.FORMAT, Format.class).orElse(Format.JSONL);
    String prefix = Objects.requireNonNullElse(invocation.arguments().value(Option.KEY_PREFIX), "");
    KeyRange range = KeyRange.of(KeyPrefix.of(prefix));
    String target = Objects.requireNonNullElse(invocation.arguments().operand(0), "-");
    StoreOpener stores = invocation.stores();
    Output out = invocation.console().out();
    if (target.equals("-")) {
      try (Opened opened = stores.openExisting()) {
        write(opened.store(), range, format, out, null);
      }
      return ExitCode.DONE;
    }
    long count;
    // The file first: nobody else has to wait for the store while a person thinks about a question.
    try (ReplacedFile file = ReplacedFile.at(
            target,
            stores.localFile(),
            () -> invocation.isAgreed("replace " + Printable.quote(target) + "?"));
        Opened opened = stores.openExisting()) {
      long total = prefix.isEmpty() ? opened.store().status().liveEntries() : 0;
      try (Progress progress = Progress.ofEntries(invocation.console().err(), "exported", total)) {
        count = write(opened.store(), range, format, file.output(), progress);
      }
      file.commit();
    }
    if (invocation.arguments().has(Option.JSON)) {
      out.json("{\"exported\":" + count + "}");
    }
    invocation.console().err().confirm("exported " + count + " to " + Printable.quote(target));
    return ExitCode.DONE;
  }

  private static long write(
      KeyValueStore store, KeyRange range, Format format, Output out, @Nullable Progress progress) {
    if (format == Format.JSONL) {
      return Pages.ofEntries(store, range, Long.MAX_VALUE, entry -> {
        out.json(EntryLine.of(entry));
        step(progress);
      });
    }
    String[] separator = {"[\n"};
    long count = Pages.ofEntries(store, range, Long.MAX_VALUE, entry -> {
      out.fragment(separator[0] + EntryLine.of(entry));
      separator[0] = ",\n";
      step(progress);
    });
    out.json(count == 0 ? "[]" : "\n]");
    return count;
  }

  private static void step(@Nullable Progress progress) {
    if (progress != null) {
      progress.step();
    }
  }
}
