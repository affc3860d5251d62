package dev.kvstore.app.cli.command;

import dev.kvstore.app.cli.args.Option;
import dev.kvstore.app.cli.args.UsageException;
import dev.kvstore.app.cli.io.Progress;
import dev.kvstore.app.cli.store.Opened;
import dev.kvstore.app.cli.store.StoreOpener;
import dev.kvstore.core.KeyValueStore;
import dev.kvstore.core.OnExisting;
import dev.kvstore.core.error.PreconditionFailedException;
import dev.kvstore.core.error.Printable;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.model.KeyPrefix;
import dev.kvstore.core.model.KeyRange;
import java.util.List;
import java.util.Set;

/** {@code kv copy}: stores all entries of one store in another one, of any engine. */
final class CopyCommand implements Command {

  private static final KeyRange ALL = KeyRange.of(KeyPrefix.of(""));

  @Override
  public Synopsis synopsis() {
    return new Synopsis(
        "copy",
        List.of(),
        "FROM TO",
        2,
        2,
        Set.of(Option.VERIFY),
        "copy all entries to another store, of any engine",
        """
        FROM and TO are [ENGINE:]LOCATION, as for --store, which copy does not take.
        TO is made if it is not there, and must hold no entries. Expiries stay.
        --values, --max-size and --durability hold for TO. --json prints
        {"copied":N,"expired":N}.""");
  }

  @Override
  public ExitCode run(Invocation invocation) {
    if (invocation.arguments().has(Option.STORE)) {
      throw new UsageException("copy takes no --store; it names both stores: kv copy FROM TO");
    }
    // --read-only is for the source alone, and the target is always written.
    StoreOpener from = invocation.stores(invocation.operand(0)).asSource();
    StoreOpener to = invocation.stores(invocation.operand(1)).writable();
    if (from.meansSameStoreAs(to)) {
      throw new UsageException("FROM and TO are the same store");
    }
    GroupedLoad load;
    try (Opened opened = from.openExisting();
        Opened made = to.openForWriting()) {
      KeyValueStore source = opened.store();
      KeyValueStore target = made.store();
      requireEmpty(target, invocation.operand(1));
      load = new GroupedLoad(
          target,
          OnExisting.FAIL,
          false,
          (entry, number, cause) -> FailedPartException.entry(entry.key().text(), cause));
      long total = source.status().liveEntries();
      try (Progress progress = Progress.ofEntries(invocation.console().err(), "copied", total)) {
        copy(source, load, progress);
      }
      if (invocation.arguments().has(Option.VERIFY)) {
        try (Progress progress =
            Progress.ofEntries(invocation.console().err(), "compared", total)) {
          new Comparison(source, target, invocation.surroundings().clock()).run(progress);
        }
      }
    }
    long copied = load.result().stored();
    if (invocation.arguments().has(Option.JSON)) {
      invocation
          .console()
          .out()
          .json("{\"copied\":" + copied + ",\"expired\":" + load.result().expired() + "}");
    }
    invocation
        .console()
        .err()
        .confirm("copied " + copied + " to " + Printable.quote(invocation.operand(1)));
    return ExitCode.DONE;
  }

  private static void requireEmpty(KeyValueStore target, String name) {
    List<Key> first = target.listKeys(ALL, 1).items();
    if (!first.isEmpty()) {
      throw PreconditionFailedException.occupied(name, first.get(0).text());
    }
  }

  private static void copy(KeyValueStore source, GroupedLoad load, Progress progress) {
    long[] number = {0};
    try {
      Pages.ofEntries(source, ALL, Long.MAX_VALUE, entry -> {
        load.add(entry, ++number[0]);
        progress.step();
      });
      load.finish();
    } catch (FailedPartException e) {
      throw e.withContext("; copied before it: " + load.result().stored());
    }
  }
}
