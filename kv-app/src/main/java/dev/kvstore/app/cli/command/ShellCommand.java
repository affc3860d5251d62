package dev.kvstore.app.cli.command;

import dev.kvstore.app.cli.args.UsageException;
import dev.kvstore.app.cli.io.Console;
import dev.kvstore.app.cli.io.Input;
import dev.kvstore.app.cli.io.LineReader;
import dev.kvstore.app.cli.store.SharedStore;
import dev.kvstore.app.cli.store.StoreOpener;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** {@code kv shell}: commands line by line, typed by a person or from a script on the standard input. */
final class ShellCommand implements Command {

  /** What ends a value or quotes that are open. */
  private static final Pattern CAN_END = Pattern.compile("[]}\"']");

  @Override
  public Synopsis synopsis() {
    return new Synopsis(
        "shell", List.of(), "", 0, 0, Set.of(), "run commands line by line on one open store", """
        Lines are commands without kv: create k {"a": 1}. Besides them there are begin
        (a session), diff (what it would change), commit, discard, and exit. A value
        that begins like JSON needs no quotes and may go over several lines. A line
        that begins with # is a comment. A script on the standard input stops at the
        first error.""");
  }

  @Override
  public ExitCode run(Invocation invocation) {
    SharedStore shared = new SharedStore();
    StoreOpener opener = invocation.stores().sharing(shared);
    if (invocation.console().readsTerminal()) {
      return Terminal.run(invocation, shared, opener);
    }
    Console console = invocation.console().ofScript();
    try (Shell shell = new Shell(invocation.at(console), shared, opener)) {
      return runScript(shell, invocation);
    }
  }

  private static ExitCode runScript(Shell shell, Invocation invocation) {
    LineReader lines = new LineReader(Input.standard(invocation.console(), "commands"));
    long number = 0;
    StringBuilder text = new StringBuilder();
    while (!shell.hasEnded()) {
      byte[] line = lines.next();
      boolean end = line == null;
      if (line != null) {
        boolean begins = text.isEmpty();
        number = begins ? lines.number() : number;
        String more = new String(line, StandardCharsets.UTF_8);
        text.append(more);
        if (!begins
            && !CAN_END.matcher(more).find()
            && text.length() <= LineReader.MAX_LINE_BYTES) {
          // Else a long value would be read again with each of its lines.
          text.append('\n');
          continue;
        }
      }
      String place = "line " + number + ": ";
      List<String> words;
      try {
        words = ShellLine.parse(text.toString());
      } catch (ShellLine.UnfinishedException e) {
        if (!end && text.length() <= LineReader.MAX_LINE_BYTES) {
          text.append('\n');
          continue;
        }
        return invocation.failures().guard(place, () -> {
          throw ShellLine.unfinished(e);
        });
      }
      text.setLength(0);
      ExitCode code = invocation.failures().guardInScript(place, () -> shell.run(words));
      if (code != ExitCode.DONE) {
        invocation.console().err().note(place + "the script stops here");
        return code;
      }
      if (end) {
        break;
      }
    }
    requireNoSession(shell);
    return ExitCode.DONE;
  }

  private static void requireNoSession(Shell shell) {
    if (shell.staged() > 0) {
      throw new UsageException("the script ends within a session; its " + shell.staged()
          + " operations are discarded. End it with commit or discard");
    }
  }
}
