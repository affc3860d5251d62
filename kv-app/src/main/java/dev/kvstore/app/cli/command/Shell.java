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

  private static final Set<Option> OPENING = EnumSet.of(
      Option.STORE,
      Option.VALUE_TYPES,
      Option.MAX_SIZE,
      Option.DURABILITY,
      Option.WAIT,
      Option.READ_ONLY);

  private final Invocation outer;
  private final StoreOpener opener;
  private final SharedStore shared = new SharedStore();
  private boolean ended;

  Shell(Invocation outer) {
    this.outer = outer;
    this.opener = outer.stores().sharing(shared);
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

  /** What opens the store of this shell. */
  StoreOpener opener() {
    return opener;
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
    ExitCode code = OWN.contains(words.get(0)) ? runOwn(words) : runCommand(words);
    outer.console().out().flush();
    return code;
  }

  private ExitCode runCommand(List<String> words) {
    Arguments arguments = inherited(
        ArgumentParser.parse(words, name -> Commands.named(name).synopsis().options()));
    String name = arguments.command();
    if (name == null || name.equals("shell")) {
      throw new UsageException("a command is missing; see: help");
    }
    for (Option option : OPENING) {
      if (arguments.has(option)) {
        throw new UsageException(option + " is for the whole shell: kv shell " + option);
      }
    }
    Command command = Commands.named(name);
    if (arguments.has(Option.HELP)) {
      HelpCommand.explain(command, outer.console().out());
      return ExitCode.DONE;
    }
    command.synopsis().check(arguments);
    return command.run(new Invocation(
        command.synopsis().name(),
        arguments,
        outer.console(),
        outer.surroundings(),
        (given, run) -> opener,
        outer.failures()));
  }

  private ExitCode runOwn(List<String> words) {
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
      default -> ended = true;
    }
    return ExitCode.DONE;
  }

  /** With --json for the shell, each of its commands has it. */
  private Arguments inherited(Arguments given) {
    if (!asJson() || given.has(Option.JSON)) {
      return given;
    }
    Map<Option, String> options = new EnumMap<>(Option.class);
    options.putAll(given.options());
    options.put(Option.JSON, "");
    return new Arguments(given.command(), given.operands(), options);
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
