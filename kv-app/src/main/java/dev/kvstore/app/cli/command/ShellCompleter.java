package dev.kvstore.app.cli.command;

import dev.kvstore.app.cli.args.Option;
import dev.kvstore.app.cli.args.UsageException;
import dev.kvstore.app.cli.store.Opened;
import dev.kvstore.app.cli.store.StoreOpener;
import dev.kvstore.core.error.Printable;
import dev.kvstore.core.error.StoreException;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.model.KeyPrefix;
import dev.kvstore.core.model.KeyRange;
import java.util.List;
import java.util.Set;
import org.jline.builtins.Completers;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** What Tab offers in the shell: commands, then options, keys of the store or files, as the command takes them. */
final class ShellCompleter implements Completer {

  private static final int MOST_KEYS = 100;

  private static final Set<String> WITH_KEYS =
      Set.of("read", "get", "delete", "del", "rm", "put", "exists", "list", "ls", "ttl");

  private static final Set<String> WITH_FILES =
      Set.of("apply", "export", "import", "copy", "backup", "repair");

  private final StoreOpener opener;
  private final Completer files = new Completers.FileNameCompleter();

  /** Offers keys of the store that {@code opener} opens. */
  ShellCompleter(StoreOpener opener) {
    this.opener = opener;
  }

  @Override
  public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
    String begun = line.word().substring(0, line.wordCursor());
    List<String> before = line.words().subList(0, line.wordIndex());
    String command =
        before.stream().filter(word -> !word.startsWith("-")).findFirst().orElse("");
    boolean optionsEnded = before.contains("--");
    if (begun.startsWith("-") && !optionsEnded) {
      offerOptions(command, candidates);
    } else if (command.isEmpty() || command.equals("help")) {
      offer(Commands.NAMES, candidates);
      offer(Shell.OWN, candidates);
    } else if (command.equals("completion")) {
      offer(CompletionCommand.SHELLS, candidates);
    } else if (WITH_FILES.contains(command)) {
      files.complete(reader, line, candidates);
    } else if (WITH_KEYS.contains(command)) {
      offerKeys(begun, optionsEnded, candidates);
    }
  }

  private static void offer(List<String> words, List<Candidate> candidates) {
    words.forEach(word -> candidates.add(new Candidate(word)));
  }

  private static void offerOptions(String command, List<Candidate> candidates) {
    Set<Option> own;
    try {
      own = command.isEmpty() ? Set.of() : Commands.named(command).synopsis().options();
    } catch (UsageException e) {
      // A command of the shell alone, or none.
      own = Set.of();
    }
    for (Option option : Option.values()) {
      if (own.contains(option) || Shell.takes(option)) {
        candidates.add(new Candidate(option.toString()));
      }
    }
  }

  private void offerKeys(String begun, boolean optionsEnded, List<Candidate> candidates) {
    try (Opened opened = opener.openExisting()) {
      for (Key key :
          opened.entries().listKeys(KeyRange.of(KeyPrefix.of(begun)), MOST_KEYS).items()) {
        boolean isOperand = optionsEnded || !key.text().startsWith("-");
        if (isOperand && Printable.escape(key.text()).equals(key.text())) {
          candidates.add(new Candidate(key.text()));
        }
      }
    } catch (StoreException e) {
      // Nothing to offer: there is no store, or what is typed begins no key.
      candidates.clear();
    }
  }
}
