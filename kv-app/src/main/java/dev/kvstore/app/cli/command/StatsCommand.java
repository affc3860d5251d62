package dev.kvstore.app.cli.command;

import dev.kvstore.app.cli.args.Option;
import dev.kvstore.app.cli.io.ByteCount;
import dev.kvstore.app.cli.io.JsonText;
import dev.kvstore.app.cli.io.Output;
import dev.kvstore.app.cli.store.Opened;
import dev.kvstore.core.model.StoreStatus;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.stream.Collectors;

/** {@code kv stats}: prints what the store holds and takes. */
final class StatsCommand implements Command {

  private static final int NAME_WIDTH = 11;

  @Override
  public Synopsis synopsis() {
    return new Synopsis(
        "stats", List.of(), "", 0, 0, Set.of(), "print what the store holds and takes", """
        Expired entries are gone for every command, and take space until it is
        reclaimed; garbage is all that the file has beside live entries. Bytes are
        exact in a pipe. --json prints one object: engine, location, liveEntries,
        expiredEntries, liveBytes, garbageBytes, fileBytes, maxFileBytes, and
        details, if the engine has any.""");
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
      return ExitCode.DONE;
    }
    boolean person = out.isTerminal();
    LongFunction<String> count = person ? StatsCommand::grouped : Long::toString;
    LongFunction<String> bytes = person ? ByteCount::of : Long::toString;
    row("engine", status.engine(), out);
    row("location", status.location(), out);
    row("entries", count.apply(status.liveEntries()), out);
    row("expired", count.apply(status.expiredEntries()), out);
    row("live", bytes.apply(status.liveBytes()), out);
    row("garbage", bytes.apply(garbageBytes(status)), out);
    row("size", bytes.apply(status.fileBytes()), out);
    row("cap", isCapped(status) ? bytes.apply(status.maxFileBytes()) : "unknown", out);
    status.details().forEach((name, value) -> row(name, value, out));
    return ExitCode.DONE;
  }

  private static void row(String name, String value, Output out) {
    out.line(name + " ".repeat(Math.max(1, NAME_WIDTH - name.length())) + value);
  }

  private static boolean isCapped(StoreStatus status) {
    return status.maxFileBytes() < Long.MAX_VALUE;
  }

  private static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** What the file has beside the live entries: removed, replaced and expired ones, and what the engine needs for itself. */
  private static long garbageBytes(StoreStatus status) {
    return Math.max(0, status.fileBytes() - status.liveBytes());
  }

  private static String json(StoreStatus status) {
    return "{\"engine\":" + JsonText.quote(status.engine())
        + ",\"location\":" + JsonText.quote(status.location())
        + ",\"liveEntries\":" + status.liveEntries()
        + ",\"expiredEntries\":" + status.expiredEntries()
        + ",\"liveBytes\":" + status.liveBytes()
        + ",\"garbageBytes\":" + garbageBytes(status)
        + ",\"fileBytes\":" + status.fileBytes()
        + ",\"maxFileBytes\":" + (isCapped(status) ? status.maxFileBytes() : "null")
        + details(status)
        + "}";
  }

  private static String details(StoreStatus status) {
    return status.details().isEmpty()
        ? ""
        : status.details().entrySet().stream()
            .map(
                detail -> JsonText.quote(detail.getKey()) + ":" + JsonText.quote(detail.getValue()))
            .collect(Collectors.joining(",", ",\"details\":{", "}"));
  }
}
