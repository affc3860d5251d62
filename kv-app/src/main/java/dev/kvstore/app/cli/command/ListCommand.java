package dev.kvstore.app.cli.command;

import dev.kvstore.app.cli.args.Arguments;
import dev.kvstore.app.cli.args.Option;
import dev.kvstore.app.cli.args.UsageException;
import dev.kvstore.app.cli.io.ByteCount;
import dev.kvstore.app.cli.io.JsonText;
import dev.kvstore.app.cli.io.Output;
import dev.kvstore.app.cli.store.Opened;
import dev.kvstore.core.KeyValueOperations;
import dev.kvstore.core.KeyValueStore;
import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.model.KeyPrefix;
import dev.kvstore.core.model.KeyRange;
import dev.kvstore.core.model.TimeToLive;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** {@code kv list}: prints keys or entries in order. */
final class ListCommand implements Command {

  private static final Set<Option> FORMS = Set.of(Option.WITH_VALUES, Option.LONG, Option.COUNT);

  @Override
  public Synopsis synopsis() {
    return new Synopsis(
        "list",
        List.of("ls"),
        "[PREFIX]",
        0,
        1,
        Set.of(Option.WITH_VALUES, Option.LONG, Option.COUNT, Option.LIMIT, Option.AFTER),
        "print keys in order, all or those with a prefix",
        """
        The order is by code point. --long shows size, expiry and key: exact in a
        pipe, short on a terminal. --json prints an object a line: {"key":...}, with
        --long {"key":...,"bytes":N,"expiresAt":...}, with --count {"count":N}.""");
  }

  @Override
  public ExitCode run(Invocation invocation) {
    Arguments arguments = invocation.arguments();
    if (FORMS.stream().filter(arguments::has).count() > 1) {
      throw new UsageException("--values, --long and --count exclude each other");
    }
    KeyPrefix prefix = KeyPrefix.of(Objects.requireNonNullElse(arguments.operand(0), ""));
    String after = arguments.value(Option.AFTER);
    KeyRange range = new KeyRange(prefix, after == null ? null : Key.of(after));
    long limit = arguments.number(Option.LIMIT, 1, Long.MAX_VALUE);
    boolean json = arguments.has(Option.JSON);
    Output out = invocation.console().out();
    try (Opened opened = invocation.stores().openExisting()) {
      if (arguments.has(Option.COUNT)) {
        long count = count(opened, range, limit);
        out.text(json ? "{\"count\":" + count + "}" : Long.toString(count));
      } else if (arguments.has(Option.WITH_VALUES)) {
        Pages.ofEntries(opened.entries(), range, limit, entry -> out.json(EntryLine.of(entry)));
      } else if (arguments.has(Option.LONG)) {
        printTable(
            opened.entries(), range, limit, json, out, invocation.surroundings().clock());
      } else if (json) {
        Pages.ofKeys(opened.entries(), range, limit, key -> out.json(keyMember(key) + "}"));
      } else {
        Pages.ofKeys(opened.entries(), range, limit, key -> out.line(key.text()));
      }
    }
    return ExitCode.DONE;
  }

  private static long count(Opened opened, KeyRange range, long limit) {
    // A store counts faster than a walk does; a session does not count.
    if (range.after() == null && opened.entries() instanceof KeyValueStore store) {
      return Math.min(limit, store.count(range.prefix()));
    }
    return Pages.ofKeys(opened.entries(), range, limit, key -> {});
  }

  private static void printTable(
      KeyValueOperations store,
      KeyRange range,
      long limit,
      boolean json,
      Output out,
      InstantSource clock) {
    if (json) {
      Pages.ofEntries(
          store,
          range,
          limit,
          entry -> out.json(keyMember(entry.key()) + ",\"bytes\":"
              + entry.value().sizeInBytes()
              + (expires(entry) ? ",\"expiresAt\":\"" + expiry(entry) + "\"}" : "}")));
      return;
    }
    if (!out.isTerminal()) {
      Pages.ofEntries(
          store,
          range,
          limit,
          entry -> out.line(row(
              Integer.toString(entry.value().sizeInBytes()),
              expiry(entry),
              entry.key().text())));
      return;
    }
    out.heading(shortRow("SIZE", "EXPIRES", "KEY"));
    Pages.ofEntries(
        store,
        range,
        limit,
        entry -> out.line(shortRow(
            ByteCount.of(entry.value().sizeInBytes()),
            timeLeft(entry, clock.millis()),
            entry.key().text())));
  }

  /** For a person: as wide as the largest value and the longest time left need. */
  private static String shortRow(String size, String expires, String key) {
    return " ".repeat(Math.max(0, 7 - size.length())) + size + "  " + expires
        + " ".repeat(Math.max(0, 12 - expires.length())) + "  " + key;
  }

  private static String timeLeft(Entry entry, long nowMillis) {
    return expires(entry)
        ? "in "
            + TimeSpan.of(
                TimeToLive.remaining(entry.expiresAtMillis(), nowMillis).seconds())
        : "-";
  }

  /** The widths are those of the largest value and of any time, so no row has to wait for the others. */
  private static String row(String bytes, String expires, String key) {
    return " ".repeat(5 - bytes.length()) + bytes + "  " + expires
        + " ".repeat(24 - expires.length()) + "  " + key;
  }

  private static String keyMember(Key key) {
    return "{\"key\":" + JsonText.quote(key.text());
  }

  private static boolean expires(Entry entry) {
    return entry.expiresAtMillis() != Entry.NEVER;
  }

  private static String expiry(Entry entry) {
    return expires(entry) ? EntryLine.time(entry.expiresAtMillis()) : "-";
  }
}
