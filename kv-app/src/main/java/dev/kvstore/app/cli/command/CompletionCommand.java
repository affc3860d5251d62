package dev.kvstore.app.cli.command;

import dev.kvstore.app.cli.args.UsageException;
import dev.kvstore.core.error.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** {@code kv completion}: prints what makes a shell complete commands, options and keys. */
final class CompletionCommand implements Command {

  /** The shells that there is one for. */
  static final List<String> SHELLS = List.of("bash", "zsh", "fish");

  @Override
  public Synopsis synopsis() {
    return new Synopsis(
        "completion",
        List.of(),
        "bash|zsh|fish",
        1,
        1,
        Set.of(),
        "print a completion script for a shell",
        """
        bash: eval "$(kv completion bash)" in ~/.bashrc
        zsh:  source <(kv completion zsh) in ~/.zshrc, after compinit
        fish: kv completion fish | source in ~/.config/fish/config.fish""");
  }

  @Override
  public ExitCode run(Invocation invocation) {
    String shell = invocation.operand(0);
    String name = switch (shell) {
      case "bash" -> "kv.bash";
      case "zsh" -> "_kv";
      case "fish" -> "kv.fish";
      default ->
        throw new UsageException(
            "completion knows bash, zsh and fish, not " + Printable.quote(shell));
    };
    try (InputStream text = Objects.requireNonNull(
        CompletionCommand.class.getResourceAsStream("/completions/" + name), name)) {
      invocation
          .console()
          .out()
          .text(new String(text.readAllBytes(), StandardCharsets.UTF_8).stripTrailing());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ExitCode.DONE;
  }
}
