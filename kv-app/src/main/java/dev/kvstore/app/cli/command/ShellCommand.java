package dev.kvstore.app.cli.command;

import dev.kvstore.app.cli.args.UsageException;
import dev.kvstore.app.cli.io.Input;
import dev.kvstore.app.cli.io.LineReader;
import dev.kvstore.app.cli.store.SharedStore;
import dev.kvstore.app.cli.store.StoreOpener;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** {@code kv shell}: commands line by line, typed by a person or from a script on the standard input. */
final class ShellCommand implements Command {

  @Override
  public Synopsis synopsis() {
    return new Synopsis(
        "shell", List.of(), "", 0, 0, Set.of(), "run commands line by line on one open store", """
        Lines are commands without kv: create k {"a": 1}. Besides them there are begin
        (a session), diff (what it would change), commit, discard, and exit. A value
        that begins like JSON needs no quotes and may go over several lines. What
        follows # at the begin of a word is a comment. A script on the standard input
        stops at the first error.""");
  }

  @Override
  public ExitCode run(Invocation invocation) {
    SharedStore shared = new SharedStore();
    StoreOpener opener = invocation.stores().sharing(shared);
    if (invocation.console().prompts()) {
      return Terminal.run(invocation, shared, opener);
    }
    Script script = new Script(new LineReader(Input.standard(invocation.console(), "commands")));
    Invocation scripted = invocation
        .at(invocation.console().ofScript())
        .reportedBy(invocation.failures().at(script::place));
    try (Shell shell = new Shell(scripted, shared, opener)) {
      return run(script, shell, scripted);
    }
  }

  private static ExitCode run(Script script, Shell shell, Invocation invocation) {
    while (!shell.hasEnded() && !script.hasEnded()) {
      ExitCode code = invocation.failures().guardInShell(() -> shell.run(script.next()));
      if (code != ExitCode.DONE) {
        invocation.console().err().note(script.place() + "the script stops here");
        return code;
      }
    }
    requireNoSession(shell);
    return ExitCode.DONE;
  }

  /** The commands of a script, each of one line or more. */
  private static final class Script {

    private final LineReader lines;
    private long begin;
    private boolean ended;

    Script(LineReader lines) {
      this.lines = lines;
    }

    boolean hasEnded() {
      return ended;
    }

    /** Where the command begins that was read last, for messages. */
    String place() {
      return "line " + begin + ": ";
    }

    /** The words of the next command; none if it is a comment, or there is none. */
    List<String> next() {
      ShellLine command = new ShellLine();
      begin = lines.number() + 1;
      do {
        byte[] line = lines.next();
        if (line == null) {
          ended = true;
          break;
        }
        command.add(new String(line, StandardCharsets.UTF_8));
      } while (!command.isComplete() && command.length() <= LineReader.MAX_LINE_BYTES);
      return command.words();
    }
  }

  private static void requireNoSession(Shell shell) {
    if (shell.staged() > 0) {
      throw new UsageException("the script ends within a session; its " + shell.staged()
          + " operations are discarded. End it with commit or discard");
    }
  }
}
