package dev.kvstore.app.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kvstore.app.process.Shell.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher: where it may lie, what it passes on, and that no locale mixes keys up. */
class LauncherIT {

  @TempDir
  Path folder;

  private Shell shell;

  @BeforeEach
  void start() {
    shell = new Shell(folder);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "LC_ALL=C",
        "LC_ALL=POSIX",
        "LC_ALL=C.UTF-8",
        "LANG=xx_XX.ISO-8859-1",
        "LC_ALL=en_US.ISO-8859-1"
      })
  void keysStayApartInEveryLocale(String locale) throws Exception {
    int equals = locale.indexOf('=');
    if (equals > 0) {
      shell.environment.put(locale.substring(0, equals), locale.substring(equals + 1));
    }
    // The bytes are written by printf, since this process's own locale decides how it passes
    // arguments.
    shell.run("""
            e=$(printf '\\303\\251') u=$(printf '\\303\\274') smile=$(printf '\\360\\237\\230\\200')
            kv create "$e" '{"v":1}' && kv create "$u" '{"v":2}' && kv create "$smile" "{\\"$e\\":3}" &&
            kv read "$e" && kv read "$u" && kv list && kv read "$smile" && kv list "$e" &&
            kv -s "$e.jsonl" create "$e" {} && ls *.jsonl && kv -s "$e.jsonl" path | sed 's,.*/,,'
            """).prints("""
            {"v":1}
            {"v":2}
            é
            ü
            \uD83D\uDE00
            {"é":3}
            é
            store.jsonl
            é.jsonl
            é.jsonl
            """);
  }

  @Test
  void argumentsThatAreNoUtf8AreRefused() throws Exception {
    for (String script : new String[] {
      "kv create \"$(printf '\\377')\" {}",
      "kv create \"$(printf '\\303')\" {}",
      "kv create \"$(printf '\\355\\240\\200')\" {}",
      "kv create k \"{\\\"a\\\":\\\"$(printf '\\351')\\\"}\"",
      "kv -s \"$(printf '\\351').jsonl\" create k {}",
    }) {
      String error = shell.run(script).fails(2, "USAGE");
      assertTrue(error.contains("UTF-8"), error);
    }
    assertFalse(Files.exists(folder.resolve("store.jsonl")));
  }

  @Test
  void worksFromAnyFolderThroughLinksAndWithBlanksInPaths() throws Exception {
    Path copy = Files.createDirectories(folder.resolve("a b/k v"));
    shell
        .run("cp -R '" + Shell.launcher().getParent().getParent() + "/.' '" + copy + "'")
        .prints("");
    shell.environment.put("PATH", System.getenv("PATH"));
    shell.run("'a b/k v/bin/kv' create k {}").prints("");
    shell.run("cd 'a b/k v/bin' && ./kv list && sh kv list").prints("k\nk\n");
    shell.run("ln -s 'a b/k v/bin/kv' 'a link' && ./'a link' list").prints("k\n");
    shell
        .run(
            "mkdir -p bin && ln -s '../a link' bin/kv2 && PATH=bin:$PATH && kv2 list && cd / && \"$OLDPWD\"/bin/kv2 list")
        .prints("k\nk\n");
    shell.run("ln -s \"$PWD/bin/kv2\" absolute && CDPATH=/ ./absolute list").prints("k\n");
  }

  @Test
  void optionsOfTheJvmArePassedOnAndOthersSayNothing() throws Exception {
    shell.environment.put("JAVA_TOOL_OPTIONS", "-Dunwanted=1");
    shell.environment.put("JDK_JAVA_OPTIONS", "-Dunwanted=1");
    shell.environment.put("_JAVA_OPTIONS", "-Dunwanted=1");
    shell.environment.put("KV_JAVA_OPTS", "-Xmx64m -Da=* -XshowSettings:properties");
    Result result = shell.run("kv create k {}");
    assertEquals(0, result.status(), result.err());
    assertTrue(result.err().contains("a = *"), result.err());
    assertFalse(result.err().contains("unwanted"), result.err());
    assertEquals("", result.out());
  }

  @Test
  void aMissingJavaIsSaidInOneLine() throws Exception {
    shell.environment.put("JAVA_HOME", folder.toString());
    shell.run("kv list").fails(2, "USAGE");
    shell.environment.put("JAVA_HOME", "/no\u001b[31m\nsuch\\c java");
    String error = shell.run("kv list").fails(2, "USAGE");
    assertTrue(error.contains("(/no?[31m?such\\c java/bin/java)"), error);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.8.0_392", "11.0.22", "16"})
  void aJavaThatIsTooOldIsSaidInOneLine(String version) throws Exception {
    shell
        .run("mkdir -p old/bin && echo '#!/bin/false' >old/bin/java && chmod +x old/bin/java")
        .prints("");
    Files.writeString(
        folder.resolve("old/release"), "IMPLEMENTOR=\"X\"\nJAVA_VERSION=\"" + version + "\"\n");
    shell.environment.put("JAVA_HOME", folder.resolve("old").toString());
    assertTrue(shell.run("kv list").fails(2, "USAGE").contains("too old"));
  }

  @Test
  void aWorkingDirectoryThatIsGoneIsSaid() throws Exception {
    Result result = shell.run("mkdir gone && cd gone && rmdir ../gone && kv -s /store list");
    assertEquals(2, result.status());
    assertTrue(
        result.err().endsWith("kv: USAGE: the working directory is gone; change to another\n"),
        result.err());
    assertFalse(result.err().contains("java"), result.err());
  }

  @Test
  void aColonInTheInstallationsPathIsSaidInOneLine() throws Exception {
    shell
        .run("mkdir 'a:b' && cp -R '" + Shell.launcher().getParent().getParent() + "' 'a:b/kv'")
        .prints("");
    shell.run("a:b/kv/bin/kv list").fails(2, "USAGE");
  }

  @Test
  void onlyWhatACommandNeedsIsLoaded() throws Exception {
    shell.environment.put("KV_JAVA_OPTS", "-Xlog:class+load:file=classes.log");
    for (String command : new String[] {"create k {}", "read k", "delete k"}) {
      assertEquals(0, shell.run("kv " + command).status());
      String classes = Files.readString(folder.resolve("classes.log"));
      assertTrue(classes.contains(" dev.kvstore.jsonfile."), command);
      for (String unwanted : new String[] {
        " org.h2.", " dev.kvstore.h2.", " tools.jackson.", " java.util.logging.", " java.sql."
      }) {
        assertFalse(classes.contains(unwanted), command + " loads" + unwanted);
      }
    }
  }

  @Test
  void theArchiveServesItsPlaceAloneAndCanBeMadeAnew() throws Exception {
    shell.environment.put("KV_JAVA_OPTS", "-Xlog:class+load:file=classes.log");
    shell.run("kv create k {}").prints("");
    assertTrue(mainIsShared(), "the archive that the build made");
    shell.run("cp -R '" + Shell.launcher().getParent().getParent() + "' 'copy'").prints("");
    shell.run("'copy/bin/kv' read k").prints("{}\n");
    assertFalse(mainIsShared(), "an archive of another place");
    shell.run("'copy/libexec/make-archive' && 'copy/bin/kv' read k").prints("{}\n");
    assertTrue(mainIsShared(), "the archive of this place");
    assertEquals(0, shell.run("ls 'copy/lib/archive' | grep making").out().length());
  }

  @ParameterizedTest
  @ValueSource(strings = {"jsonfile", "h2"})
  void everyClassOfTheCommonCommandsIsInTheArchive(String engine) throws Exception {
    shell.environment.put("KV_STORE", engine + ":" + folder.resolve(engine));
    shell.environment.put("KV_JAVA_OPTS", "-Xlog:class+load:file=classes.log");
    String value = "'{\"a\":[\"some text\",1.5,null]}'";
    for (String command :
        List.of("create k " + value, "put k " + value, "read k", "list", "ttl k", "delete k")) {
      assertEquals(0, shell.run("kv " + command).status(), command);
      // Opening a jar for one class costs as much as fifty others.
      List<String> slow = Files.readAllLines(folder.resolve("classes.log")).stream()
          .filter(line -> line.contains(" source: file:"))
          .toList();
      assertEquals(List.of(), slow, command);
    }
  }

  private boolean mainIsShared() throws Exception {
    return Files.readAllLines(folder.resolve("classes.log")).stream()
        .filter(line -> line.contains(" dev.kvstore.app.Main "))
        .findAny()
        .orElseThrow()
        .contains("shared objects file");
  }

  @Test
  void eachStreamKnowsWhetherItIsATerminal() throws Exception {
    assumeTrue(shell.run("command -v script").status() == 0, "there is no script(1)");
    shell.run("kv create k '{\"a\":1.0}'").prints("");
    assertTerminal("kv read k", "{\n  \"a\": 1.0\n}\n");
    assertTerminal("kv read k | cat", "{\"a\":1.0}\n");
    assertTerminal("kv put k {}", "kv: put \"k\"\n");
    assertTerminal("kv put k {} 2>/dev/null", "");
    assertTerminal("kv -q put k {}", "");
  }

  private void assertTerminal(String command, String expected) throws Exception {
    Result result = shell.run("script -qec '" + command + "' /dev/null");
    assertEquals(
        new Result(0, expected, ""),
        new Result(result.status(), result.out().replace("\r", ""), result.err()));
  }
}
