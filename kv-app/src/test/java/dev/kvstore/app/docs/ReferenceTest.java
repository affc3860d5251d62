package dev.kvstore.app.docs;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.app.cli.args.Option;
import dev.kvstore.app.cli.command.Commands;
import dev.kvstore.app.cli.command.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

  /** Where each of them tells of one command. */
  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      value = {
        "src/main/man/kv.1 => ^\\.B %s\\b.*$",
        "src/main/completions/_kv => ^    ([\\w |]+ )?%s( [\\w |]+)?\\) (.|\\n)*?;;$",
        "README.md => ^\\| `%s\\b.*$",
      })
  void everyCommandHasItsOwnOptions(String file, String place) throws IOException {
    String text = Files.readString(Path.of(file)).replace("\\-", "-");
    for (String command : Commands.NAMES) {
      Set<Option> own = Commands.named(command).synopsis().options();
      Matcher found =
          Pattern.compile(place.formatted(command), Pattern.MULTILINE).matcher(text);
      assertTrue(found.find() || own.isEmpty(), () -> file + " lacks " + command);
      for (Option option : own) {
        assertTrue(
            found.group().contains(option.toString()),
            () -> file + ", " + command + " lacks " + option);
      }
    }
  }

  @Test
  void fishKnowsWhichCommandTakesWhichOption() throws IOException {
    List<String> lines = text("completions/kv.fish").lines().toList();
    for (String command : Commands.NAMES) {
      for (Option option : Commands.named(command).synopsis().options()) {
        String name = " -l " + option.toString().substring(2) + " ";
        assertTrue(
            lines.stream()
                .anyMatch(line -> line.contains(name)
                    && (line.matches(".*subcommand_from [\\w ]*\\b" + command + "\\b.*")
                        || !line.contains("subcommand"))),
            command + " lacks " + option);
      }
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
