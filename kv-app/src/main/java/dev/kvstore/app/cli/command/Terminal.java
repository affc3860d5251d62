package dev.kvstore.app.cli.command;

import dev.kvstore.app.cli.io.TypedAnswers;
import dev.kvstore.app.cli.store.SharedStore;
import dev.kvstore.app.cli.store.StoreOpener;
import dev.kvstore.files.StorageFailures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.EOFError;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.TerminalBuilder;

/** The shell as a person sees it: a prompt, history, completion. */
final class Terminal {

  private static final int INTERRUPTED = 130;

  private Terminal() {}

  /**
   * Reads and runs lines until the person leaves; errors do not end it.
   *
   * @param shared the store of the shell, which is closed at the end
   * @param opener opens it
   */
  static ExitCode run(Invocation invocation, SharedStore shared, StoreOpener opener) {
    // JLine would ask the terminal what it makes of grapheme clusters, and take what was typed
    // meanwhile for the answer.
    TerminalBuilder system =
        TerminalBuilder.builder().name("kv").system(true).graphemeCluster(false);
    try (org.jline.terminal.Terminal terminal = system.build()) {
      // While a command runs, Ctrl-C ends the program as it would outside of the shell: by closing
      // the store. JLine would let it die.
      terminal.handle(org.jline.terminal.Terminal.Signal.INT, signal -> System.exit(INTERRUPTED));
      LineReaderBuilder builder = LineReaderBuilder.builder()
          .terminal(terminal)
          .appName("kv")
          .parser(new ValueParser())
          .completer(new ShellCompleter(opener))
          .option(LineReader.Option.HISTORY_IGNORE_SPACE, true)
          .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
          .variable(LineReader.SECONDARY_PROMPT_PATTERN, "  > ");
      LineReader reader = builder.build();
      HistoryFile.attach(reader, invocation.console().err(), opener);
      Invocation asking =
          invocation.at(invocation.console().asking(question -> ask(reader, question)));
      try (Shell shell = new Shell(asking, shared, opener)) {
        return run(shell, reader, invocation);
      }
    } catch (IOException e) {
      throw StorageFailures.failed("open", Path.of("/dev/tty"), e);
    }
  }

  private static ExitCode run(Shell shell, LineReader reader, Invocation invocation) {
    boolean atEnd = false;
    while (!shell.hasEnded()) {
      List<ShellLine> commands;
      try {
        // What is pasted comes as one, with all its lines.
        commands = ShellLine.commands(reader.readLine(prompt(shell)));
        atEnd = false;
      } catch (UserInterruptException e) {
        // Ctrl-C gives the line up, as in other shells.
        continue;
      } catch (EndOfFileException e) {
        if (atEnd) {
          // Twice in a row it is meant, or the terminal is gone.
          return ExitCode.DONE;
        }
        atEnd = true;
        shell.leave();
        continue;
      }
      ExitCode code = run(commands, shell, invocation);
      if (invocation.console().out().hasFailed()) {
        // All that follows would be said to nobody.
        return code;
      }
    }
    return ExitCode.DONE;
  }

  /** Runs them in turn, unless the person leaves, or nobody reads the output any more; errors do not stop them. */
  private static ExitCode run(List<ShellLine> commands, Shell shell, Invocation invocation) {
    ExitCode code = ExitCode.DONE;
    for (ShellLine command : commands) {
      if (!shell.hasEnded() && !invocation.console().out().hasFailed()) {
        code = invocation.failures().guardInShell(() -> shell.run(command.words()));
      }
    }
    return code;
  }

  private static String prompt(Shell shell) {
    return shell.staged() < 0 ? "kv> " : "kv(" + shell.staged() + ")> ";
  }

  /** Asks; answers are no part of the history, and Ctrl-C and Ctrl-D are a no. */
  private static boolean ask(LineReader reader, String question) {
    reader.setVariable(LineReader.DISABLE_HISTORY, true);
    try {
      return TypedAnswers.isYes(reader.readLine(TypedAnswers.prompt(question)));
    } catch (UserInterruptException | EndOfFileException e) {
      return false;
    } finally {
      reader.setVariable(LineReader.DISABLE_HISTORY, false);
    }
  }

  /** JLine's own parser to find the word to complete; what is not finished by the rules of the shell goes on in the next line. */
  private static final class ValueParser extends DefaultParser {

    @Override
    public ParsedLine parse(String line, int cursor, Parser.ParseContext context) {
      if (context == Parser.ParseContext.ACCEPT_LINE) {
        List<ShellLine> commands = ShellLine.commands(line);
        if (!commands.get(commands.size() - 1).isComplete()) {
          throw new EOFError(-1, -1, "the command does not end");
        }
      }
      ParsedLine parsed = super.parse(line, cursor, Parser.ParseContext.COMPLETE);
      return parsed instanceof CompletingParsedLine completing
          ? new CompletedLine(completing)
          : parsed;
    }
  }
}
