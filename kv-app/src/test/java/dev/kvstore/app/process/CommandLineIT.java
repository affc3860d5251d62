package dev.kvstore.app.process;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.app.process.Shell.Result;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What scripts rely on: values to the letter, exit codes, standard streams. */
class CommandLineIT {

  /** Compact, so that what is read must be the same bytes. */
  private static final List<String> AWKWARD = List.of(
      "{}",
      "{\"\":\"\"}",
      "{\"a\":1.0}",
      "{\"a\":-0}",
      "{\"a\":-0.0e-0}",
      "{\"a\":1e400}",
      "{\"a\":1E+2}",
      "{\"a\":0.1000000000000000000000000000000000001}",
      "{\"a\":1234567890123456789012345678901234567890}",
      "{\"a\":1,\"a\":2,\"a\":1}",
      "{\"b\":1,\"a\":2}",
      "{\"\\u0061\":\"\\u00e9\"}",
      "{\"a\":\"\\/\\b\\f\\n\\r\\t\\\"\\\\\"}",
      "{\"a\":\"/\"}",
      "{\"a\":\"\\u0000\"}",
      "{\"a\":\"\\ud800\"}",
      "{\"a\":\"\\uD83D\\uDE00\"}",
      "{\"a\":\"\uD83D\uDE00\"}",
      "{\"a\":\"e\u0301\u00e9\"}",
      "{\"a\":\"\u202e\u200d\u2028\u2029\"}",
      "{\"a\":\"\u007f\u0085\u009b\"}",
      "{\"a\":\"\uFEFF\"}",
      "{\"a\":\"\uFFFD\uFFFF\"}",
      "{\"a\":\"  two  blanks  \"}",
      "{\"a b\":\" , : { } [ ] \"}",
      "{\"a\":\"$HOME `id` $(id) %s \\\\n ; | & ' !\"}",
      "{\"a\":\"-- --ttl 5 -s x\"}",
      "{\"a\":[]}",
      "{\"a\":[[],{},[{}],null,true,false]}",
      "{\"a\":{\"a\":{\"a\":{}}}}",
      "{\"a\":" + "[".repeat(499) + "]".repeat(499) + "}",
      "{\"a\":\"" + "x".repeat(16_376) + "\"}",
      "{\"a\":\"" + "\u00e9".repeat(8_188) + "\"}",
      "[]",
      "\"\"",
      "\"\\u0000\"",
      "0",
      "-1e-400",
      "null",
      "true",
      "false");

  @TempDir
  Path folder;

  private Shell shell;

  @BeforeEach
  void start() {
    shell = new Shell(folder);
  }

  @Test
  void awkwardValuesComeBackByteForByte() throws Exception {
    for (String value : AWKWARD) {
      byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
      Result created = shell.run("kv --values any put k && kv read k > out", bytes);
      assertEquals(new Result(0, "", ""), created, value);
      byte[] read = Files.readAllBytes(folder.resolve("out"));
      assertArrayEquals((value + "\n").getBytes(StandardCharsets.UTF_8), read, value);
    }
  }

  @Test
  void whiteSpaceGoesAndTheRestStays() throws Exception {
    shell
        .run(
            "printf ' {\\r\\n\\t\"a\" : 1.50 ,\\n \"b c\":[ 1 , 2 ] } \\n' | kv create k && kv read k")
        .prints("{\"a\":1.50,\"b c\":[1,2]}\n");
    shell.run("kv delete k && kv list").prints("");
  }

  @Test
  void exitCodes() throws Exception {
    shell.run("kv nope").fails(2, "USAGE");
    shell.run("kv read k").fails(10, "STORE_MISSING");
    assertFalse(Files.exists(folder.resolve("store.jsonl")));
    shell.run("kv create k {}").prints("");
    shell.run("kv read none").fails(3, "KEY_NOT_FOUND");
    shell.run("kv create k {}").fails(4, "KEY_EXISTS");
    shell.run("kv create '' {}").fails(5, "INVALID_KEY");
    shell.run("kv create new 5").fails(5, "INVALID_VALUE");
    shell.run("kv create new {} --ttl 0").fails(5, "INVALID_TTL");
    shell.run("kv -s . list").fails(5, "INVALID_LOCATION");
    shell.run("echo something > other; kv -s other list").fails(8, "UNSUPPORTED_FORMAT");
    shell.run("kv create new @nothing").fails(9, "STORAGE_FAILED");
    shell.run("env -u KV_STORE -u HOME kv list").fails(5, "INVALID_LOCATION");
    assertEquals(new Result(3, "", ""), shell.run("kv exists none"));
    shell.run("kv exists k").prints("");
  }

  @Test
  void theOtherEngineDoesTheSame() throws Exception {
    shell.environment.put("KV_STORE", "h2:" + folder.resolve("a b/store"));
    shell.run("kv read k").fails(10, "STORE_MISSING");
    shell.run("kv create k '{ \"a\": 1e400 }' && kv read k").prints("{\"a\":1e400}\n");
    shell.run("kv create k {}").fails(4, "KEY_EXISTS");
    shell.run("kv delete k && kv list").prints("");
  }

  @Test
  void anEntryIsGoneAfterItsTime() throws Exception {
    shell.run("kv create k {} --ttl 2").prints("");
    // It was created before this, so at the end of the pause its two seconds are over.
    Thread.sleep(2_000);
    shell.run("kv read k").fails(3, "KEY_NOT_FOUND");
    shell.run("kv list; kv create k {}").prints("");
  }

  @Test
  void applyWithAFailingLineChangesNothing() throws Exception {
    shell.run("kv create k '{\"v\":1}'").prints("");
    byte[] before = Files.readAllBytes(folder.resolve("store.jsonl"));
    String error = shell
        .run(
            "printf '%s\\n' '{\"put\":\"k\",\"value\":{}}' '' '{\"delete\":\"none\"}' | kv apply -")
        .fails(3, "KEY_NOT_FOUND");
    assertTrue(error.contains("line 3"), error);
    assertArrayEquals(before, Files.readAllBytes(folder.resolve("store.jsonl")));
  }

  @Test
  void helpGoesToTheStandardOutput() throws Exception {
    Result help = shell.run("kv help");
    assertEquals(0, help.status());
    assertEquals("", help.err());
    assertTrue(help.out().contains("  create "), help.out());
    shell.run("kv").fails(2, "USAGE");
  }

  @Test
  void aClosedPipeEndsQuietly() throws Exception {
    StringBuilder operations = new StringBuilder();
    for (int i = 0; i < 9_999; i++) {
      operations.append(String.format("{\"create\":\"key%06d\",\"value\":{}}\n", i));
    }
    shell
        .run("kv apply -", operations.toString().getBytes(StandardCharsets.UTF_8))
        .prints("");
    assertEquals(
        new Result(0, "key000000\n", "0\n"),
        shell.run("(kv list --values; echo $? >&2) | head -1 | sed 's/.*\\(key[0-9]*\\).*/\\1/'"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kv read k > /dev/full",
        "kv list > /dev/full",
        "kv help > /dev/full",
        "kv read k >&-"
      })
  void outputThatCannotBeWrittenIsAnError(String script) throws Exception {
    shell.run("kv create k {}").prints("");
    String error = shell.run(script).fails(9, "STORAGE_FAILED");
    assertTrue(error.contains("standard output"), error);
  }

  @Test
  void closedStandardStreamsNeverBecomeTheStore() throws Exception {
    shell.run("kv create k {} <&- >&- 2>&-").prints("");
    assertEquals(new Result(3, "", ""), shell.run("kv read none <&- >&- 2>&-"));
    shell.run("kv create input <&-").fails(9, "STORAGE_FAILED");
    shell.run("kv list").prints("k\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "head -c 100000000 /dev/zero | kv create k",
        "yes ' ' | head -c 100000000 | kv create k",
        "(printf '{\"a\":\"'; yes | tr -d '\\n' | head -c 100000000) | kv create k",
      })
  void anEndlessInputNeedsLittleMemory(String script) throws Exception {
    shell.environment.put("KV_JAVA_OPTS", "-Xmx32m");
    // A shell writes a line of its own if the writer of the pipe dies of it.
    Result result = shell.run("{ " + script + "; } 2>err; cat err | grep '^kv' >&2; exit 5");
    String error = result.fails(5, "INVALID_VALUE");
    assertTrue(error.contains("the limit is "), error);
    assertFalse(Files.exists(folder.resolve("store.jsonl")));
  }

  @Test
  void aProducerThatStallsAfterTooMuchDoesNotHangIt() throws Exception {
    Process process = shell.start("create", "k");
    try (OutputStream input = process.getOutputStream()) {
      input.write(("{\"a\":\"" + "x".repeat(20_000)).getBytes(StandardCharsets.US_ASCII));
      input.flush();
      assertEquals(5, Shell.await(process));
    }
  }

  @Test
  void theDefaultStoreIsPrivateAndWhereTheSystemWantsIt() throws Exception {
    shell.environment.remove("KV_STORE");
    shell.environment.put("HOME", folder.resolve("home").toString());
    shell
        .run("kv create k {} && kv path")
        .prints(folder.resolve("home/.local/share/kv/store.jsonl") + "\n");
    shell
        .run("cd home && stat -c '%a %n' .local .local/share/kv .local/share/kv/store.jsonl")
        .prints("700 .local\n700 .local/share/kv\n600 .local/share/kv/store.jsonl\n");
    shell
        .run("kv -s h2: create k {} && kv -s h2: path")
        .prints(folder.resolve("home/.local/share/kv/store.mv.db") + "\n");
  }
}
