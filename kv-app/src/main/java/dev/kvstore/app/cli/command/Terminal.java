package dev.kvstore.app.cli.command;

import dev.kvstore.app.cli.store.Opened;
import dev.kvstore.app.cli.store.StoreOpener;
import dev.kvstore.core.error.Printable;
import dev.kvstore.core.error.StoreException;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.model.KeyPrefix;
import dev.kvstore.core.model.KeyRange;
import dev.kvstore.files.PrivateFiles;
import dev.kvstore.files.StorageFailures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jline.reader.Candidate;
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

  private static final int MOST_CANDIDATES = 100;

  private Terminal() {}

  /** Reads and runs lines until the person leaves; errors do not end it. */
  static ExitCode run(Shell shell, Invocation invocation) {
    try (org.jline.terminal.Terminal terminal =
        TerminalBuilder.builder().name("kv").system(true).build()) {
      LineReader reader = LineReaderBuilder.builder()
          .terminal(terminal)
          .appName("kv")
          .parser(new ValueParser())
          .completer((line, parsed, candidates) -> complete(shell.opener(), parsed, candidates))
          .option(LineReader.Option.HISTORY_IGNORE_SPACE, true)
          .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
          .variable(LineReader.SECONDARY_PROMPT_PATTERN, "  > ")
          .variable(LineReader.HISTORY_FILE, historyFile(shell.opener()))
          .build();
      while (!shell.hasEnded()) {
        String line;
        try {
          line = reader.readLine(prompt(shell));
        } catch (UserInterruptException e) {
          // Ctrl-C gives the line up, as in other shells.
          continue;
        } catch (EndOfFileException e) {
          break;
        }
        invocation.failures().guard(() -> {
          try {
            return shell.run(ShellLine.parse(line));
          } catch (ShellLine.UnfinishedException e) {
            throw ShellLine.unfinished(e);
          }
        });
      }
      return ExitCode.DONE;
    } catch (IOException e) {
      throw StorageFailures.failed("open", Path.of("/dev/tty"), e);
    }
  }

  private static String prompt(Shell shell) {
    return shell.staged() < 0 ? "kv> " : "kv(" + shell.staged() + ")> ";
  }

  /** Beside the default store's place, for the user alone. */
  private static Path historyFile(StoreOpener opener) throws IOException {
    Path folder = Path.of(opener.dataFolder());
    Path file = folder.resolve("history");
    if (Files.notExists(file)) {
      PrivateFiles.createFolders(folder);
      PrivateFiles.createNew(file).close();
    }
    return file;
  }

  private static void complete(StoreOpener opener, ParsedLine parsed, List<Candidate> candidates) {
    if (parsed.wordIndex() == 0) {
      Commands.NAMES.forEach(name -> candidates.add(new Candidate(name)));
      Shell.OWN.forEach(name -> candidates.add(new Candidate(name)));
      return;
    }
    String begun = parsed.word().substring(0, parsed.wordCursor());
    try (Opened opened = opener.openExisting()) {
      for (Key key : opened
          .entries()
          .listKeys(KeyRange.of(KeyPrefix.of(begun)), MOST_CANDIDATES)
          .items()) {
        if (Printable.escape(key.text()).equals(key.text())) {
          candidates.add(new Candidate(key.text()));
        }
      }
    } catch (StoreException e) {
      // Nothing to offer: there is no store, or what is typed begins no key.
      candidates.clear();
    }
  }

  /** JLine's own parser for completion; what is not finished by the rules of the shell goes on in the next line. */
  private static final class ValueParser extends DefaultParser {

    @Override
    public ParsedLine parse(String line, int cursor, Parser.ParseContext context) {
      if (context == Parser.ParseContext.ACCEPT_LINE) {
        try {
          ShellLine.parse(line);
        } catch (ShellLine.UnfinishedException e) {
          throw new EOFError(-1, -1, String.valueOf(e.getMessage()));
        }
      }
      return super.parse(line, cursor, Parser.ParseContext.COMPLETE);
    }
  }
}
