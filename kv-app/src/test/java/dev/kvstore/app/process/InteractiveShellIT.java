package dev.kvstore.app.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell as a person meets it, at a terminal. */
class InteractiveShellIT {

  private static final String CTRL_C = "\u0003";
  private static final String CTRL_D = "\u0004";
  private static final String CTRL_P = "\u0010";

  @TempDir
  private Path folder;

  private Shell shell;

  @BeforeEach
  void prepare() {
    shell = new Shell(folder);
    shell.environment.put("XDG_DATA_HOME", folder.resolve("share").toString());
    shell.environment.put("TERM", "xterm");
  }

  private Pty start() throws Exception {
    Pty pty = Pty.start(shell, "kv shell");
    pty.expect("kv> ");
    return pty;
  }

  @Test
  void thePromptShowsHowManyOperationsAreStaged() throws Exception {
    shell.run("kv create old '{\"v\":1}'").prints("");
    try (Pty pty = start()) {
      pty.type("begin\r");
      pty.expect("kv(0)> ");
      pty.type("create a {\"n\": 1}\r");
      pty.expect("kv(1)> ");
      pty.type("put old {\"v\":2}\r");
      pty.expect("kv(2)> ");
      pty.type("diff\r");
      pty.expect("\n+ \"a\" {\"n\":1}\n");
      pty.expect("~ \"old\" {\"v\":2}\n");
      pty.expect("kv(2)> ");
      pty.type("commit\r");
      pty.expect("committed 2");
      pty.expect("kv> ");
      pty.type("begin\r");
      pty.expect("kv(0)> ");
      pty.type("delete a\r");
      pty.expect("kv(1)> ");
      pty.type("discard\r");
      pty.expect("discarded 1");
      pty.expect("kv> ");
      pty.type(CTRL_D);
      assertEquals(0, pty.end());
    }
    shell.run("kv list --values").prints("""
            {"key":"a","value":{"n":1}}
            {"key":"old","value":{"v":2}}
            """);
  }

  @Test
  void aValueMayGoOverSeveralLines() throws Exception {
    try (Pty pty = start()) {
      pty.type("create k {\"a\":\r");
      pty.expect("  > ");
      pty.type("[1,\r");
      pty.expect("  > ");
      pty.type("2]}\r");
      pty.expect("created \"k\"");
      pty.expect("kv> ");
      pty.type("exit\r");
      assertEquals(0, pty.end());
    }
    shell.run("kv read k").prints("{\"a\":[1,2]}\n");
  }

  @Test
  void commandsAndKeysAreCompleted() throws Exception {
    shell.run("kv create user:77 '{\"found\":true}'").prints("");
    try (Pty pty = start()) {
      pty.type("rea\t");
      pty.expect("read ");
      pty.type("use\t");
      pty.expect("user:77");
      pty.type("\r");
      pty.expect("\"found\": true");
      pty.expect("kv> ");
      pty.type("exit\r");
      assertEquals(0, pty.end());
    }
  }

  @Test
  void anErrorOrCtrlCLeavesTheShellAlive() throws Exception {
    try (Pty pty = start()) {
      pty.type("read none\r");
      pty.expect("STORE_MISSING");
      pty.expect("kv> ");
      pty.type("nonsense\r");
      pty.expect("there is no command \"nonsense\"");
      pty.expect("kv> ");
      pty.type("create given-up {");
      pty.expect("given-up {");
      pty.type(CTRL_C);
      pty.expect("kv> ");
      pty.type("create k {}\r");
      pty.expect("created \"k\"");
      pty.type("begin\r");
      pty.expect("kv(0)> ");
      pty.type("create k {}\r");
      pty.expect("KEY_EXISTS");
      pty.expect("kv(0)> ");
      // What was begun and not committed is discarded.
      pty.type("create late {}\r");
      pty.expect("kv(1)> ");
      pty.type(CTRL_D);
      pty.expect("? [y/N] ");
      pty.type("y\r");
      assertEquals(0, pty.end());
    }
    shell.run("kv list").prints("k\n");
  }

  @Test
  void leavingWithStagedOperationsIsAskedFor() throws Exception {
    shell.run("kv create k {}").prints("");
    try (Pty pty = start()) {
      pty.type("begin\r");
      pty.expect("kv(0)> ");
      pty.type("delete k\r");
      pty.expect("kv(1)> ");
      pty.type("exit\r");
      pty.expect("kv: discard 1 staged operation? [y/N] ");
      pty.type("n\r");
      pty.expect("kv(1)> ");
      pty.type("quit\r");
      pty.expect("? [y/N] ");
      pty.type("y\r");
      assertEquals(0, pty.end());
    }
    shell.run("kv list").prints("k\n");
    try (Pty pty = Pty.start(shell, "kv -y shell")) {
      pty.expect("kv> ");
      pty.type("begin\r");
      pty.expect("kv(0)> ");
      pty.type("delete k\r");
      pty.expect("kv(1)> ");
      pty.type("exit\r");
      assertEquals(0, pty.end());
    }
    shell.run("kv list").prints("k\n");
  }

  @Test
  void aFileIsReplacedAndTheWholeStoreVerifiedWithoutLeaving() throws Exception {
    shell.run("kv create k {} && echo before >out").prints("");
    try (Pty pty = start()) {
      pty.type("export out\r");
      pty.expect("kv: replace \"out\"? [y/N] ");
      pty.type("y\r");
      pty.expect("exported 1");
      pty.expect("kv> ");
      pty.type("verify\r");
      pty.expect("is sound: 1 entry");
      pty.expect("kv> ");
      pty.type("imp\tou\t\r");
      pty.expect("KEY_EXISTS");
      pty.expect("kv> ");
      pty.type("list --cou\t\r");
      pty.expect("\n1\n");
      pty.expect("kv> ");
      pty.type("help disc\t\r");
      pty.expect("give the session up");
      pty.expect("kv> ");
      pty.type(CTRL_D);
      assertEquals(0, pty.end());
    }
    shell.run("cat out").prints("{\"key\":\"k\",\"value\":{}}\n");
  }

  @Test
  void withoutAHomeTheHistoryIsLeftOut() throws Exception {
    shell.environment.remove("XDG_DATA_HOME");
    shell.environment.remove("HOME");
    try (Pty pty = Pty.start(shell, "kv shell")) {
      pty.expect("kv: note: the history is not kept: ");
      pty.expect("kv> ");
      pty.type("create k {}\r");
      pty.expect("created \"k\"");
      pty.expect("kv> ");
      pty.type("exit\r");
      assertEquals(0, pty.end());
    }
  }

  @Test
  void theHistoryIsForItsUserAndKeepsNoLineThatBeginsWithABlank() throws Exception {
    try (Pty pty = start()) {
      pty.type("create kept {}\r");
      pty.expect("created \"kept\"");
      pty.expect("kv> ");
      pty.type(" create hidden {\"secret\":1}\r");
      pty.expect("created \"hidden\"");
      pty.expect("kv> ");
      pty.type("exit\r");
      assertEquals(0, pty.end());
    }
    Path history = folder.resolve("share/kv/history");
    String text = Files.readString(history);
    assertTrue(text.contains("create kept {}"), text);
    assertFalse(text.contains("hidden"), text);
    assertEquals(
        "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(history)));
    // The next shell brings the last line back.
    try (Pty pty = start()) {
      pty.type(CTRL_P + CTRL_P);
      pty.expect("create kept {}");
      pty.type("\r");
      pty.expect("KEY_EXISTS");
      // What comes between two prompts is the terminal's own to deal with: it may swallow a Ctrl-D.
      pty.expect("kv> ");
      pty.type(CTRL_C);
      pty.expect("kv> ");
      pty.type(CTRL_D);
      assertEquals(0, pty.end());
    }
  }
}
