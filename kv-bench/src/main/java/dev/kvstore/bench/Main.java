package dev.kvstore.bench;

import dev.kvstore.bench.report.Machine;
import dev.kvstore.bench.report.MarkdownTable;
import dev.kvstore.bench.report.Plots;
import dev.kvstore.bench.report.ResultsJson;
import dev.kvstore.bench.run.Options;
import dev.kvstore.bench.run.Runner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Measures the store beside its peers; see README.md of this module. */
public final class Main {

  private Main() {}

  /** Runs what the arguments ask for. Exit code 2 for a wrong command line, 1 if the run failed as a whole. */
  public static void main(String[] arguments) {
    System.setProperty("java.awt.headless", "true");
    if (List.of(arguments).contains("--help")) {
      System.out.print(Options.USAGE);
      return;
    }
    try {
      run(Options.parse(arguments));
    } catch (IllegalArgumentException e) {
      System.err.println("kv-bench: " + e.getMessage() + "\n" + Options.USAGE);
      System.exit(2);
    } catch (IOException e) {
      System.err.println("kv-bench: " + e);
      System.exit(1);
    } catch (InterruptedException e) {
      System.err.println("kv-bench: interrupted");
      System.exit(130);
    }
  }

  private static void run(Options options) throws IOException, InterruptedException {
    Runner runner = new Runner(options, System.err);
    Machine machine = Machine.here(Files.createDirectories(options.directory()));
    runner.run();
    String table = MarkdownTable.of(machine, runner.remarks(), runner.groups());
    System.out.print(table);
    if (options.out().isPresent()) {
      Path out = Files.createDirectories(options.out().get());
      Files.writeString(out.resolve("table.md"), table, StandardCharsets.UTF_8);
      ResultsJson.write(out.resolve("results.json"), machine, runner.groups());
      Plots.write(out, runner.groups(), runner.timelines());
    }
  }
}
