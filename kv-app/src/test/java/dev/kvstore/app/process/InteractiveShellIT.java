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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shell as a person meets it, at a terminal. */
class InteractiveShellIT {

  private static final String CTRL_C = "\u0003";
  private static final String CTRL_D = "\u0004";
  private static final String CTRL_P = "\u0010";

  /** What a terminal sends before and after what is pasted. */
  private static final String PASTE = "\u001b[200~";

  private static final String PASTED = "\u001b[201~";

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
  void noCommandGivesUpTheLockOfTheOpenStore() throws Exception {
    shell.run("ln -s store.jsonl.lock link").prints("");
    try (Pty pty = start()) {
      pty.type("create k {}\r");
      pty.expect("created \"k\"");
      pty.expect("kv> ");
      pty.type("export store.jsonl.lock\r");
      pty.expect("INVALID_LOCATION");
      for (String line : new String[] {"import store.jsonl.lock/", "put l @link", "apply link"}) {
        pty.expect("kv> ");
        pty.type(line + "\r");
        pty.expect("it is the lock of a store");
      }
      pty.expect("kv> ");
      shell.run("kv list").fails(7, "STORE_LOCKED");
      pty.type("exit\r");
      assertEquals(0, pty.end());
    }
  }

  @Test
  void whatWasFoundIsShownBeforeTheErrorThatEndsIt() throws Exception {
    shell
        .run("kv create k '{\"s\":\"findme\"}' && sed -i s/findme/f1ndme/ store.jsonl")
        .prints("");
    try (Pty pty = start()) {
      pty.type("verify --json\r");
      pty.expect("\"sound\":false");
      pty.expect("STORE_CORRUPT");
      pty.expect("kv> ");
      pty.type("exit\r");
      assertEquals(0, pty.end());
    }
  }

  @Test
  void itEndsWhenNobodyReadsWhatItPrints() throws Exception {
    shell.run("kv create k {}").prints("");
    try (Pty pty = Pty.start(shell, "kv shell | true")) {
      pty.expect("kv> ");
      pty.type("read k\r");
      assertEquals(0, pty.end());
    }
    try (Pty pty = Pty.start(shell, "kv shell >/dev/full")) {
      pty.expect("kv> ");
      pty.type("read k\r");
      pty.expect("STORAGE_FAILED: cannot write to the standard output");
      assertEquals(9, pty.end());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1:\\377", "1:list\\n1:open\\134"})
  void aDamagedHistoryIsLeftOut(String content) throws Exception {
    shell
        .run("mkdir -p share/kv && printf '" + content
            + "' >share/kv/history && cp share/kv/history before")
        .prints("");
    try (Pty pty = Pty.start(shell, "kv shell")) {
      pty.expect("kv: note: the history is not kept: its file is damaged");
      pty.expect("kv> ");
      pty.type("create k {}\r");
      pty.expect("created \"k\"");
      pty.expect("kv> ");
      pty.type("exit\r");
      assertEquals(0, pty.end());
    }
    shell.run("cmp before share/kv/history").prints("");
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

  @Test
  void whatIsPastedRunsLineByLine() throws Exception {
    for (String key : new String[] {"a1", "b1", "c1"}) {
      shell.run("kv create " + key + " {}").prints("");
    }
    try (Pty pty = start()) {
      pty.type(PASTE + "delete a1\rread none\rdelete b1\rcreate d1 {\"n\":" + PASTED + "\r");
      pty.expect("  > ");
      pty.type("1}\r");
      pty.expect("deleted \"a1\"");
      pty.expect("KEY_NOT_FOUND");
      pty.expect("deleted \"b1\"");
      pty.expect("created \"d1\"");
      pty.expect("kv> ");
      pty.type(PASTE + "exit\rdelete c1\r" + PASTED + "\r");
      assertEquals(0, pty.end());
    }
    shell.run("kv list --values").prints("""
            {"key":"c1","value":{}}
            {"key":"d1","value":{"n":1}}
            """);
  }

  @Test
  void whatIsTypedBeforeThePromptIsRun() throws Exception {
    try (Pty pty = Pty.start(shell, "kv shell")) {
      pty.type("create early {}\rexit\r");
      assertEquals(0, pty.end());
    }
    shell.run("kv list").prints("early\n");
  }

  @Test
  void aKeyIsCompletedSoThatTheLineMeansIt() throws Exception {
    shell
        .run(
            "kv create \"it's #1\" '{\"n\":1}' && kv create '#2' '{\"n\":2}' && kv create -- -x {}")
        .prints("");
    try (Pty pty = start()) {
      pty.type("read it\t\r");
      pty.expect("\"n\": 1");
      pty.expect("kv> ");
      pty.type("read \\#\t\r");
      pty.expect("\"n\": 2");
      pty.expect("kv> ");
      pty.type("delete -- -\t\r");
      pty.expect("deleted \"-x\"");
      pty.expect("kv> ");
      pty.type("exit\r");
      assertEquals(0, pty.end());
    }
  }

  @Test
  void existsSaysWhatItFound() throws Exception {
    shell.run("kv create k {}").prints("");
    try (Pty pty = start()) {
      pty.type("exists k\r");
      pty.expect("kv: \"k\" exists");
      pty.expect("kv> ");
      pty.type("exists none\r");
      pty.expect("KEY_NOT_FOUND");
      pty.expect("kv> ");
      pty.type("exit\r");
      assertEquals(0, pty.end());
    }
  }

  @Test
  void promptsNeverGoIntoAFile() throws Exception {
    try (Pty pty = Pty.start(shell, "kv shell >out")) {
      pty.expect("kv> ");
      pty.type("create k {}\r");
      pty.expect("created \"k\"");
      pty.expect("kv> ");
      pty.type("list\r");
      pty.expect("kv> ");
      pty.type("exit\r");
      assertEquals(0, pty.end());
    }
    shell.run("cat out").prints("k\n");
    try (Pty pty = Pty.start(shell, "kv shell >out 2>err")) {
      pty.type("create l {}\rlist\rexit\r");
      assertEquals(0, pty.end());
    }
    shell.run("cat out err").prints("k\nl\n");
  }
}
