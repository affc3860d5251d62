package dev.kvstore.app.cli.command;

import dev.kvstore.app.cli.args.ArgumentParser;
import dev.kvstore.app.cli.args.Arguments;
import dev.kvstore.app.cli.args.Option;
import dev.kvstore.app.cli.args.UsageException;
import dev.kvstore.app.cli.io.Output;
import dev.kvstore.app.cli.store.SharedStore;
import dev.kvstore.app.cli.store.StoreOpener;
import dev.kvstore.core.KeyValueStore;
import dev.kvstore.core.Session;
import dev.kvstore.core.StagedChange;
import dev.kvstore.core.error.ErrorCode;
import dev.kvstore.core.error.StoreException;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Runs lines of commands on one store that stays open, with sessions. For one thread. */
final class Shell implements AutoCloseable {

  /** The commands that the shell alone has. */
  static final List<String> OWN = List.of("begin", "diff", "commit", "discard", "exit", "quit");

  /** What holds for the whole shell: how the store is opened, and the colours. */
  private static final Set<Option> OF_THE_SHELL = EnumSet.of(
      Option.STORE,
      Option.VALUE_TYPES,
      Option.MAX_SIZE,
      Option.DURABILITY,
      Option.WAIT,
      Option.READ_ONLY,
      Option.COLOR);

  /** After a commit that fails so, the session cannot be committed any more: a key has changed, or it may be committed. */
  private static final Set<ErrorCode> ENDING =
      EnumSet.of(ErrorCode.CONFLICT, ErrorCode.OUTCOME_UNKNOWN);

  /** What each command has that the shell has. */
  private static final Set<Option> INHERITED = EnumSet.of(Option.JSON, Option.QUIET, Option.YES);

  private final Invocation outer;
  private final SharedStore shared;
  private final StoreOpener opener;
  private boolean ended;

  /**
   * A shell that has run nothing.
   *
   * @param outer how the shell was called, with the console of its commands
   * @param shared its store, which it closes
   * @param opener opens that store
   */
  Shell(Invocation outer, SharedStore shared, StoreOpener opener) {
    this.outer = outer;
    this.shared = shared;
    this.opener = opener;
  }

  /** Whether every line takes {@code option}. */
  static boolean takes(Option option) {
    return INHERITED.contains(option) || option == Option.HELP;
  }

  /** Whether the user has left. */
  boolean hasEnded() {
    return ended;
  }

  /** The operations that the session has staged; -1 if there is none. */
  int staged() {
    Session session = shared.session();
    return session == null ? -1 : session.stagedOperations();
  }

  /** Ends it, unless there is a session with operations and the person at the terminal wants to keep it. */
  void leave() {
    leave(outer);
  }

  private void leave(Invocation line) {
    ended = staged() < 1
        || line.isAgreed(
            "discard " + Counts.of(staged(), "staged operation", "staged operations") + "?");
  }

  /**
   * Runs the command of a line, and hands over what it printed.
   *
   * @throws UsageException if it is wrong
   */
  ExitCode run(List<String> words) {
    if (words.isEmpty()) {
      return ExitCode.DONE;
    }
    // A command before this one may have asked for other errors.
    configureErrors(outer.arguments());
    try {
      ExitCode code = runCommand(words);
      outer.console().out().flush();
      return code;
    } catch (RuntimeException | Error e) {
      printAfter(e);
      throw e;
    } finally {
      shared.settle();
    }
  }

  /** Hands over what a command printed before it failed, which is data all the same. */
  private void printAfter(Throwable failure) {
    try {
      outer.console().out().flush();
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  private ExitCode runCommand(List<String> words) {
    Arguments arguments = inherited(ArgumentParser.parse(words, Shell::optionsOf));
    configureErrors(arguments);
    for (Option option : OF_THE_SHELL) {
      if (arguments.has(option)) {
        throw new UsageException(option + " is for the whole shell: kv shell " + option);
      }
    }
    String name = arguments.command();
    if (arguments.has(Option.HELP)) {
      return help(name == null ? List.of() : List.of(name));
    }
    if (name == null) {
      throw new UsageException("a command is missing; see: help");
    }
    if (name.equals("help")) {
      return help(arguments.operands());
    }
    if (name.equals("shell")) {
      throw new UsageException("this is the shell already; see: help");
    }
    if (OWN.contains(name)) {
      return runOwn(line(name, arguments));
    }
    Command command = Commands.named(name);
    command.synopsis().check(arguments);
    return command.run(line(command.synopsis().name(), arguments));
  }

  private Invocation line(String command, Arguments arguments) {
    return new Invocation(
        command,
        arguments,
        outer.console(),
        outer.surroundings(),
        (given, run) -> {
          String other = given.value(Option.STORE);
          return other == null ? opener : opener.at(other);
        },
        outer.failures(),
        true);
  }

  private static Set<Option> optionsOf(String command) {
    return OWN.contains(command) ? Set.of() : Commands.named(command).synopsis().options();
  }

  private ExitCode help(List<String> names) {
    if (names.size() > 1) {
      throw new UsageException("help got too many operands; usage: help [COMMAND]");
    }
    if (names.isEmpty()) {
      ShellHelp.overview(outer.console().out());
    } else {
      ShellHelp.explain(names.get(0), outer.console().out());
    }
    return ExitCode.DONE;
  }

  private ExitCode runOwn(Invocation line) {
    if (!line.arguments().operands().isEmpty()) {
      throw new UsageException(line.command() + " takes no operands");
    }
    switch (line.command()) {
      case "begin" -> begin();
      case "diff" -> diff(line);
      case "commit" -> commit(line);
      case "discard" -> {
        int count = session().stagedOperations();
        shared.use(null);
        report(line, "discarded", count);
      }
      default -> leave(line);
    }
    return ExitCode.DONE;
  }

  private Arguments inherited(Arguments given) {
    Map<Option, String> options = new EnumMap<>(Option.class);
    for (Option option : INHERITED) {
      if (outer.arguments().has(option)) {
        options.put(option, "");
      }
    }
    options.putAll(given.options());
    return new Arguments(given.command(), given.operands(), options);
  }

  private void configureErrors(Arguments arguments) {
    outer.console().err().configure(arguments.has(Option.JSON), arguments.has(Option.QUIET));
  }

  private static boolean asJson(Invocation line) {
    return line.arguments().has(Option.JSON);
  }

  private static void report(Invocation line, String done, int count) {
    if (asJson(line)) {
      line.console().out().json("{\"" + done + "\":" + count + "}");
    }
    line.console().err().confirm(done + " " + count);
  }

  private void begin() {
    if (shared.session() != null) {
      throw new UsageException("a session has begun already; commit or discard it first");
    }
    shared.use(opener.openForWriting().store().session());
  }

  private void commit(Invocation line) {
    Session session = session();
    int count = session.stagedOperations();
    try {
      session.commit();
    } catch (StoreException e) {
      if (ENDING.contains(e.code())) {
        shared.use(null);
      }
      throw e;
    }
    shared.use(null);
    report(line, "committed", count);
  }

  private void diff(Invocation line) {
    Session session = session();
    KeyValueStore store = shared.master();
    Output out = outer.console().out();
    for (StagedChange change : session.changes()) {
      boolean there = store.exists(change.key());
      if (there || change.value().isPresent()) {
        out.json(asJson(line) ? ChangeLine.json(change, there) : ChangeLine.of(change, there));
      }
    }
  }

  private Session session() {
    Session session = shared.session();
    if (session == null) {
      throw new UsageException("there is no session; begin one first");
    }
    return session;
  }

  @Override
  public void close() {
    shared.close();
  }
}
