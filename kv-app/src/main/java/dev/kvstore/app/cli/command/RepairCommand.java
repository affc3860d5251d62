package dev.kvstore.app.cli.command;

import dev.kvstore.app.cli.args.Option;
import dev.kvstore.app.cli.args.UsageException;
import dev.kvstore.app.cli.io.Console;
import dev.kvstore.app.cli.io.JsonText;
import dev.kvstore.app.cli.io.Progress;
import dev.kvstore.app.cli.store.StoreOpener;
import dev.kvstore.core.error.Printable;
import dev.kvstore.core.port.MaintenancePort;
import dev.kvstore.core.port.RepairReport;
import java.util.List;
import java.util.Set;

/** {@code kv repair}: copies what a damaged store still holds into a new one. */
final class RepairCommand implements Command {

  @Override
  public Synopsis synopsis() {
    return new Synopsis(
        "repair",
        List.of(),
        "",
        0,
        0,
        Set.of(Option.TO),
        "copy what a damaged store still holds into a new one",
        """
        --to is needed. The source is never changed. Each place that is lost is a
        line, as verify prints it. Of a commit of which a part is lost nothing is
        taken. What a lost line said cannot be known: what it replaced comes with its
        earlier value, and what it deleted is there again; how many entries that may
        concern is told. --json prints one object: location, kept, uncertain,
        tornBytes, lost, places.""");
  }

  @Override
  public ExitCode run(Invocation invocation) {
    String given = invocation.arguments().value(Option.TO);
    if (given == null) {
      throw new UsageException("repair needs the new store: kv repair --to FILE");
    }
    StoreOpener stores = invocation.stores();
    String target = stores.target(given);
    MaintenancePort maintenance = stores.maintenance();
    Console console = invocation.console();
    RepairReport report;
    try (Progress progress = Progress.ofBytes(console.err(), "repaired")) {
      report = maintenance.repair(target, progress::reached);
    }
    if (invocation.arguments().has(Option.JSON)) {
      console.out().json(json(report));
    } else {
      PlaceList.print(report.places(), report.lost(), console);
    }
    tell(report, console);
    return ExitCode.DONE;
  }

  private static void tell(RepairReport report, Console console) {
    VerifyCommand.noteTornTail(report.tornBytes(), "they were left out", console);
    String kept = "kept " + Counts.of(report.kept(), "entry", "entries") + " in "
        + Printable.quote(report.location());
    if (report.lost() == 0) {
      console.err().confirm(kept + "; nothing was lost");
      return;
    }
    console.err().note(kept + "; lost " + Counts.of(report.lost(), "place", "places"));
    if (report.uncertain() > 0) {
      console
          .err()
          .note(
              report.uncertain()
                  + " of them may be out of date, or have been deleted: stored before the last lost place, which may have said so");
    }
  }

  private static String json(RepairReport report) {
    return "{\"location\":" + JsonText.quote(report.location())
        + ",\"kept\":" + report.kept()
        + ",\"uncertain\":" + report.uncertain()
        + ",\"tornBytes\":" + report.tornBytes()
        + ",\"lost\":" + report.lost()
        + ",\"places\":" + PlaceList.json(report.places()) + "}";
  }
}
