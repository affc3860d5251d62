package dev.kvstore.app.cli.command;

import dev.kvstore.app.cli.args.Option;
import dev.kvstore.app.cli.io.ByteCount;
import dev.kvstore.app.cli.io.ClosedPipeException;
import dev.kvstore.app.cli.io.Console;
import dev.kvstore.app.cli.io.JsonText;
import dev.kvstore.app.cli.io.Progress;
import dev.kvstore.core.error.CorruptStoreException;
import dev.kvstore.core.error.Printable;
import dev.kvstore.core.port.DamagedPlaces;
import dev.kvstore.core.port.MaintenancePort;
import dev.kvstore.core.port.VerifyReport;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code kv verify}: reads the whole store and names every place that is damaged. */
final class VerifyCommand implements Command {

  @Override
  public Synopsis synopsis() {
    return new Synopsis(
        "verify",
        List.of(),
        "",
        0,
        0,
        Set.of(),
        "read the whole store and check every checksum",
        """
        Changes nothing. Each damaged place is a line: FILE:LINE: offset N, key "k":
        what is wrong; at most %d of them. Damage is exit 8. What a crash has left of
        a last write is none, and noted. --json prints one object: sound, entries,
        fileBytes, tornBytes, damaged, places.""".formatted(DamagedPlaces.MOST));
  }

  @Override
  public ExitCode run(Invocation invocation) {
    MaintenancePort maintenance = invocation.stores().maintenance();
    Console console = invocation.console();
    VerifyReport report;
    try (Progress progress = Progress.ofBytes(console.err(), "verified")) {
      report = maintenance.verify(progress::reached);
    }
    try {
      print(report, invocation);
    } catch (ClosedPipeException e) {
      if (report.isSound()) {
        throw e;
      }
      // What was found is no less so because nobody reads the list of it.
    }
    noteTornTail(report.tornBytes(), "the next opening cuts them off", console);
    if (!report.isSound()) {
      throw damaged(report);
    }
    console
        .err()
        .confirm(Printable.quote(report.location()) + " is sound: "
            + Counts.of(report.entries(), "entry", "entries") + ", "
            + ByteCount.describe(report.fileBytes()));
    return ExitCode.DONE;
  }

  private static void print(VerifyReport report, Invocation invocation) {
    if (invocation.arguments().has(Option.JSON)) {
      invocation.console().out().json(json(report));
    } else {
      PlaceList.print(report.places(), report.damaged(), invocation.console());
    }
  }

  /** Says what a crash has left at the end of a store, if it has. */
  static void noteTornTail(long bytes, String then, Console console) {
    if (bytes > 0) {
      console
          .err()
          .note("the last " + bytes
              + " bytes are of a write that was cut short and never acknowledged; " + then);
    }
  }

  private static CorruptStoreException damaged(VerifyReport report) {
    return CorruptStoreException.damaged(
        "store " + Printable.quote(report.location()) + " is damaged: "
            + Counts.of(report.damaged(), "place", "places") + "; "
            + Counts.of(report.entries(), "entry", "entries")
            + " can be read. Restore the file from a copy, or: kv repair --to FILE",
        Map.of(
            "file", report.location(),
            "damaged", report.damaged(),
            "entries", report.entries()));
  }

  private static String json(VerifyReport report) {
    return "{\"engine\":" + JsonText.quote(report.engine())
        + ",\"location\":" + JsonText.quote(report.location())
        + ",\"sound\":" + report.isSound()
        + ",\"entries\":" + report.entries()
        + ",\"fileBytes\":" + report.fileBytes()
        + ",\"tornBytes\":" + report.tornBytes()
        + ",\"damaged\":" + report.damaged()
        + ",\"places\":" + PlaceList.json(report.places()) + "}";
  }
}
