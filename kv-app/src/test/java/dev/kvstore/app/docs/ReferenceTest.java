package dev.kvstore.app.docs;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.app.cli.args.Option;
import dev.kvstore.app.cli.command.Commands;
import dev.kvstore.app.cli.command.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written by hand beside the program leaves nothing out. */
class ReferenceTest {

  private static String text(String file) throws IOException {
    return Files.readString(Path.of("src/main").resolve(file));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"completions/kv.bash", "completions/_kv", "completions/kv.fish", "man/kv.1"})
  void namesEveryCommandAndOption(String file) throws IOException {
    String text = text(file).replace("\\-", "-");
    for (String command : Commands.NAMES) {
      assertTrue(text.matches("(?s).*\\b" + command + "\\b.*"), command);
    }
    for (Option option : Option.values()) {
      String name =
          file.endsWith(".fish") ? "-l " + option.toString().substring(2) : option.toString();
      assertTrue(text.matches("(?s).*" + name + "\\b.*"), name);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"man/kv.1"})
  void namesEveryExitStatus(String file) throws IOException {
    String text = text(file);
    for (ExitCode code : ExitCode.values()) {
      assertTrue(text.matches("(?s).*\\b" + code.status() + " [a-z].*"), code::name);
    }
  }
}
