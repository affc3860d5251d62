package dev.kvstore.app.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kvstore.app.cli.args.Option;
import dev.kvstore.app.cli.command.Commands;
import dev.kvstore.app.process.Shell.Result;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is handed out runs where it is unpacked, and completes what is typed. */
class DistributionIT {

  @TempDir
  Path folder;

  private Shell shell;

  @BeforeEach
  void start() {
    shell = new Shell(folder);
  }

  @Test
  void runsAfterUnpackingAnywhere() throws Exception {
    Path target = Shell.launcher().getParent().getParent().getParent();
    shell.run("mkdir 'a b' && tar xzf '" + target + "'/kv-*.tar.gz -C 'a b'").prints("");
    shell.environment.put("PATH", System.getenv("PATH"));
    shell.run("'a b'/kv-*/bin/kv create k {} && 'a b'/kv-*/bin/kv list").prints("k\n");
    shell
        .run("cd 'a b'/kv-* && LC_ALL=C ls share/man/man1/* completions/*")
        .prints("completions/_kv\ncompletions/kv.bash\ncompletions/kv.fish\nshare/man/man1/kv.1\n");
  }

  @Test
  void bashCompletesCommandsOptionsAndKeys() throws Exception {
    assumeTrue(shell.run("command -v bash").status() == 0, "there is no bash");
    shell.run("kv create user:7 {} && kv create 'two words' {}").prints("");
    assertEquals("exists export ", completed("kv", "ex"));
    assertEquals("--on-exists ", completed("kv", "import", "--on"));
    assertEquals("sync ", completed("kv", "--durability", "s"));
    assertEquals("7 ", completed("kv", "read", "user:"));
    assertEquals("two\\ words ", completed("kv", "read", "t"));
    assertEquals("", completed("kv", "read", "none"));
  }

  @Test
  void bashOffersTheOptionsThatACommandTakes() throws Exception {
    assumeTrue(shell.run("command -v bash").status() == 0, "there is no bash");
    for (String command : Commands.NAMES) {
      Set<Option> own = Commands.named(command).synopsis().options();
      String options = Arrays.stream(Option.values())
          .filter(option -> option.isGeneral() || own.contains(option))
          .map(Option::toString)
          .distinct()
          .sorted()
          .collect(Collectors.joining(" ", "", " "));
      assertEquals(options, completed("kv", command, "--"), command);
    }
  }

  /** What bash offers, sorted, when the last of these words is being typed. */
  private String completed(String... words) throws Exception {
    StringBuilder script = new StringBuilder("eval \"$(kv completion bash)\"; COMP_WORDS=(");
    for (String word : words) {
      script.append('"').append(word).append("\" ");
    }
    script
        .append("); COMP_CWORD=")
        .append(words.length - 1)
        .append(
            "; _kv; for c in \"${COMPREPLY[@]}\"; do echo \"$c\"; done | LC_ALL=C sort | tr '\\n' ' '");
    Result result = shell.run("bash -c '" + script.toString().replace("'", "'\\''") + "'");
    assertTrue(result.err().isEmpty(), result.err());
    return result.out();
  }

  @Test
  void everyShellHasItsScript() throws Exception {
    shell.run("kv completion bash | bash -n").prints("");
    for (String other : new String[] {"zsh", "fish"}) {
      if (shell.run("command -v " + other).status() == 0) {
        shell.run("kv completion " + other + " | " + other + " -n").prints("");
      }
    }
  }
}
