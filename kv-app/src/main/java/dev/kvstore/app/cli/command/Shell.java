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
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Runs lines of commands on one store that stays open, with sessions. For one thread. */
final class Shell implements AutoCloseable {

  /** The commands that the shell alone has. */
  static final List<String> OWN = List.of("begin", "diff", "commit", "discard", "exit", "quit");

  private static final Set<String> HELP = Set.of("-h", "--help");

  /** What holds for the whole shell: how the store is opened, and the colours. */
  private static final Set<Option> OF_THE_SHELL = EnumSet.of(
      Option.STORE,
      Option.VALUE_TYPES,
      Option.MAX_SIZE,
      Option.DURABILITY,
      Option.WAIT,
      Option.READ_ONLY,
      Option.COLOR);

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
    ended = staged() < 1
        || outer.isAgreed(
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
      ExitCode code = OWN.contains(words.get(0)) ? runOwn(words) : runCommand(words);
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
    Arguments arguments = inherited(
        ArgumentParser.parse(words, name -> Commands.named(name).synopsis().options()));
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
    Command command = Commands.named(name);
    command.synopsis().check(arguments);
    return command.run(new Invocation(
        command.synopsis().name(),
        arguments,
        outer.console(),
        outer.surroundings(),
        (given, run) -> opener,
        outer.failures(),
        true));
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

  private ExitCode runOwn(List<String> words) {
    if (words.size() == 2 && HELP.contains(words.get(1))) {
      return help(words.subList(0, 1));
    }
    if (words.size() > 1) {
      throw new UsageException(words.get(0) + " takes no operands");
    }
    switch (words.get(0)) {
      case "begin" -> begin();
      case "diff" -> diff();
      case "commit" -> {
        Session session = session();
        int count = session.stagedOperations();
        session.commit();
        shared.use(null);
        report("committed", count);
      }
      case "discard" -> {
        int count = session().stagedOperations();
        shared.use(null);
        report("discarded", count);
      }
      default -> leave();
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

  private boolean asJson() {
    return outer.arguments().has(Option.JSON);
  }

  private void report(String done, int count) {
    if (asJson()) {
      outer.console().out().json("{\"" + done + "\":" + count + "}");
    }
    outer.console().err().confirm(done + " " + count);
  }

  private void begin() {
    if (shared.session() != null) {
      throw new UsageException("a session has begun already; commit or discard it first");
    }
    shared.use(opener.openForWriting().store().session());
  }

  private void diff() {
    Session session = session();
    KeyValueStore store = shared.master();
    Output out = outer.console().out();
    for (StagedChange change : session.changes()) {
      boolean there = store.exists(change.key());
      if (there || change.value().isPresent()) {
        out.json(asJson() ? ChangeLine.json(change, there) : ChangeLine.of(change, there));
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
