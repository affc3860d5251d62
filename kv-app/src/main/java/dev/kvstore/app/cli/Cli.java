package dev.kvstore.app.cli;

import dev.kvstore.app.cli.args.ArgumentParser;
import dev.kvstore.app.cli.args.Arguments;
import dev.kvstore.app.cli.args.Option;
import dev.kvstore.app.cli.args.UsageException;
import dev.kvstore.app.cli.command.Command;
import dev.kvstore.app.cli.command.Commands;
import dev.kvstore.app.cli.command.ExitCode;
import dev.kvstore.app.cli.command.Failures;
import dev.kvstore.app.cli.command.HelpCommand;
import dev.kvstore.app.cli.command.Invocation;
import dev.kvstore.app.cli.io.Console;
import dev.kvstore.app.cli.io.JsonText;
import dev.kvstore.app.cli.io.Notes;
import dev.kvstore.app.cli.io.Style;
import dev.kvstore.app.cli.io.Surroundings;
import dev.kvstore.app.cli.store.Engine;
import dev.kvstore.app.cli.store.StoreOpener;
import dev.kvstore.app.cli.store.Termination;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.inject.Provider;

/** The program: one run takes a command line apart, runs its command, and reports how it ended. */
public final class Cli {

  private final Map<String, Provider<Engine>> engines;
  private final Surroundings surroundings;
  private final Termination termination;

  /**
   * A program that has not run yet.
   *
   * @param engines the engines there are, by name
   * @param surroundings the process it runs in
   * @param termination closes the store if the process is asked to end
   */
  public Cli(
      Map<String, Provider<Engine>> engines, Surroundings surroundings, Termination termination) {
    this.engines = engines;
    this.surroundings = surroundings;
    this.termination = termination;
  }

  /**
   * Runs a command line. Throws nothing: whatever goes wrong is one line on the standard error.
   *
   * @return the exit status
   */
  public int run(String... args) {
    Console console = Console.of(surroundings);
    List<String> words = Arrays.asList(args);
    // Known before the command line is understood, so that even its faults are told as JSON.
    console.err().configure(words.contains(Option.JSON.toString()), false);
    Notes.sendTo(console.err());
    termination.reportTo(
        e -> console.err().error(e.code().name(), String.valueOf(e.getMessage()), e.details()));
    Failures failures = new Failures(console.err(), surroundings.environment(), termination);
    ExitCode ended = failures.guard(() -> run(words, console, failures));
    // What was printed before a failure is data all the same.
    ExitCode printed = failures.guard(() -> {
      console.out().flush();
      return ExitCode.DONE;
    });
    return (ended == ExitCode.DONE ? printed : ended).status();
  }

  private ExitCode run(List<String> words, Console console, Failures failures) {
    Arguments arguments = ArgumentParser.parse(words, Cli::optionsOf);
    console.err().configure(arguments.has(Option.JSON), arguments.has(Option.QUIET));
    Style.When when = arguments.choice(Option.COLOR, Style.When.class).orElse(Style.When.AUTO);
    console.err().paint(Style.of(when, console.err().isTerminal(), surroundings.environment()));
    console.out().paint(Style.of(when, console.out().isTerminal(), surroundings.environment()));
    if (arguments.has(Option.VERSION)) {
      console
          .out()
          .text(
              arguments.has(Option.JSON)
                  ? "{\"version\":" + JsonText.quote(Version.current()) + "}"
                  : "kv " + Version.current());
      return ExitCode.DONE;
    }
    String name = arguments.command();
    if (name == null) {
      if (!arguments.has(Option.HELP)) {
        throw new UsageException("a command is missing; see: kv help");
      }
      HelpCommand.explainProgram(console.out());
      return ExitCode.DONE;
    }
    Command command = Commands.named(name);
    if (arguments.has(Option.HELP)) {
      HelpCommand.explain(command, console.out());
      return ExitCode.DONE;
    }
    command.synopsis().check(arguments);
    return command.run(new Invocation(
        command.synopsis().name(),
        arguments,
        console,
        surroundings,
        (given, run) -> StoreOpener.of(engines, surroundings, termination, given, run),
        failures,
        false));
  }

  private static Set<Option> optionsOf(String command) {
    return Commands.named(command).synopsis().options();
  }
}
