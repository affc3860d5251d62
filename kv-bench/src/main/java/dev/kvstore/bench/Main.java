package dev.kvstore.bench;

import dev.kvstore.bench.report.Machine;
import dev.kvstore.bench.report.Report;
import dev.kvstore.bench.run.Options;
import dev.kvstore.bench.run.Programme;
import dev.kvstore.bench.run.Runner;
import java.io.IOException;
import java.nio.file.Files;
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
    Report report = options.out().isPresent()
        ? new Report(options.out().get(), machine, Programme.names())
        : new Report(machine, Programme.names());
    runner.run(() -> {
      if (options.out().isPresent()) {
        report.write(options.out().get(), runner.remarks(), runner.groups(), runner.timelines());
      }
    });
    System.out.print(report.table(runner.remarks(), runner.groups()));
  }
}
