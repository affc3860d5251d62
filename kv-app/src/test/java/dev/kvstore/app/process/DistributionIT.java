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
        .run("cd 'a b'/kv-* && LC_ALL=C ls LICENSE share/man/man1/* completions/*")
        .prints(
            "LICENSE\ncompletions/_kv\ncompletions/kv.bash\ncompletions/kv.fish\nshare/man/man1/kv.1\n");
  }

  @Test
  void bashCompletesCommandsOptionsAndKeys() throws Exception {
    assumeTrue(shell.run("command -v bash").status() == 0, "there is no bash");
    shell.run("kv create user:7 {} && kv create 'two words' {}").prints("");
    assertEquals("exists export ", completed("kv ex"));
    assertEquals("--on-exists ", completed("kv import --on"));
    assertEquals("sync ", completed("kv --durability s"));
    assertEquals("7 ", completed("kv read user:"));
    assertEquals("two\\ words ", completed("kv read t"));
    assertEquals("two\\ words ", completed("kv read two\\\\ "));
    assertEquals("", completed("kv read none"));
    assertEquals("read repair ", completed("kv -s h2:some/file re"));
    assertEquals("never ", completed("kv --color=n"));
    shell.run("kv -s other create elsewhere {}").prints("");
    assertEquals("elsewhere ", completed("kv -s other read e"));
    assertEquals("elsewhere ", completed("kv --store=other read e"));
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
      assertEquals(options, completed("kv " + command + " --"), command);
    }
  }

  /** What bash offers, sorted, when this is typed. */
  private String completed(String line) throws Exception {
    String script = "eval \"$(kv completion bash)\"; COMP_LINE=\"" + line + "\"; COMP_POINT="
        + line.length()
        + "; _kv; for c in \"${COMPREPLY[@]}\"; do echo \"$c\"; done | LC_ALL=C sort | tr '\n' ' '";
    Result result = shell.run("bash -c '" + script.replace("'", "'\\''") + "'");
    assertTrue(result.err().isEmpty(), result.err());
    return result.out();
  }

  /** As it comes to a person's terminal: bash itself cuts a line into words in its own way. */
  @Test
  void bashCompletesAKeyWithAColonWhileItIsTyped() throws Exception {
    assumeTrue(shell.run("command -v bash").status() == 0, "there is no bash");
    shell.run("kv -s 'h2:other' create user:7:name '{\"found\":1}'").prints("");
    Result result = shell.run(
        "printf 'eval \"$(kv completion bash)\"\\n"
            + "kv -s h2:other read us\\t\\nkv --store=h2:other read user:7:\\t\\nexit\\n' | bash --norc -i 2>&1");
    assertEquals(2, result.out().lines().filter("{\"found\":1}"::equals).count(), result::toString);
  }

  @Test
  void fishCompletesCommandsOptionsAndKeys() throws Exception {
    assumeTrue(shell.run("command -v fish").status() == 0, "there is no fish");
    shell.run("kv create user:7 {} && kv -s other create 'two words' {}").prints("");
    for (String[] typed : new String[][] {
      {"kv exi", "exists"},
      {"kv --durability sy", "sync"},
      {"kv import --on-e", "--on-exists"},
      {"kv read us", "user:7"},
      {"kv -s other read t", "two words"},
      {"kv --store=other delete t", "two words"},
      {"kv -s other read us", ""},
    }) {
      Result result = shell.run("fish -c 'kv completion fish | source; complete -C \"" + typed[0]
          + "\"' | cut -f 1 | tr -d '\\n'");
      result.prints(typed[1]);
    }
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
