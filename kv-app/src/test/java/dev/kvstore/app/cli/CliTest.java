package dev.kvstore.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.app.cli.Program.Result;
import dev.kvstore.app.cli.command.Commands;
import dev.kvstore.app.cli.store.OpenRequest;
import dev.kvstore.core.error.Printable;
import dev.kvstore.core.error.StorageFailedException;
import dev.kvstore.files.Durability;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every command: errors, exit codes, terminals, streams. */
class CliTest {

  private final Program kv = new Program();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nope",
        "create",
        "create a b c",
        "read",
        "read a b",
        "delete",
        "exists",
        "list a b",
        "ttl",
        "ttl a b",
        "apply",
        "apply a b",
        "compact x",
        "stats x",
        "path x",
        "help a b",
        "--nope list",
        "list --limit",
        "list --limit 0",
        "list --pretty",
        "read --ttl 5 k",
        "-s nope:x list",
        "--values x list",
        "--max-size x list",
        "--max-size 0 list",
        "export a b",
        "import",
        "import x --dry-run --on-exists x",
        "shell x",
        "copy a",
        "copy a a",
        "verify x",
        "repair",
        "repair x --to y",
        "verify --to y",
        "backup",
        "backup a b",
        "completion",
        "completion tcsh",
        "--durability no list",
        "--durability list",
        "--wait=x list",
        "--wait=-1 list",
        "--read-only create a {}",
        "--read-only delete a",
        "--read-only compact",
        "--color sometimes list",
      })
  void aWrongCommandLineIsExitTwo(String line) {
    String error = kv.run(line.isEmpty() ? new String[0] : line.split(" ")).fails(2);
    assertTrue(error.startsWith("kv: USAGE: "), error);
    assertTrue(kv.engine.disks.isEmpty());
  }

  @Test
  void helpFitsATerminalOf80Columns() {
    List<String> pages = new ArrayList<>(List.of(kv.run("help").out()));
    Commands.NAMES.forEach(name -> pages.add(kv.run("help", name).out()));
    pages.add(kv.runWithInput("help", "shell").out());
    for (String page : pages) {
      page.lines().forEach(line -> assertTrue(line.length() <= 80, line));
    }
  }

  @Test
  void sizesOutOfTheBoundsOfTheEngineToo() {
    kv.run("create", "k", "{}");
    assertTrue(kv.run("--max-size", "999", "read", "k").fails(2).contains("the least is 1000"));
    kv.run("--max-size", "1000", "read", "k").prints("{}\n");
    assertEquals(OptionalLong.of(1_000), kv.engine.requests.get(3).maxBytes());
  }

  @Test
  void theStoreIsThatOfTheOptionElseOfTheVariableElseTheDefault() {
    kv.run("-s", "a", "create", "k", "{}").prints("");
    kv.run("create", "k", "{}").prints("");
    kv.environment.put("KV_STORE", "");
    kv.environment.put("HOME", "/home/me");
    kv.run("create", "k", "{}").prints("");
    assertEquals(Set.of("a", "s", "/home/me/.local/share/kv/default"), kv.engine.disks.keySet());
    kv.environment.remove("HOME");
    assertTrue(kv.run("list").fails(5).startsWith("kv: INVALID_LOCATION: "));
  }

  @Test
  void othersLearnWhichCommandHoldsTheStore() {
    kv.run("create", "k", "{}");
    kv.run("ls");
    assertEquals("kv create", kv.engine.requests.get(0).command());
    assertEquals(
        "kv list", kv.engine.requests.get(kv.engine.requests.size() - 1).command());
  }

  @Test
  void whatBreaksARuleNeverReachesTheEngine() {
    kv.run("create", "", "{}").fails(5);
    kv.run("create", "k", "[]").fails(5);
    kv.run("create", "k", "{}", "--ttl", "0").fails(5);
    kv.run("create", "k", "{}", "--ttl", "253402300799").fails(5);
    kv.runWithInput("{", "create", "k").fails(5);
    kv.run("read", "").fails(5);
    kv.run("delete", "a", "\u0007").fails(5);
    kv.run("list", "\u0007").fails(5);
    kv.run("list", "--after", "").fails(5);
    assertTrue(kv.engine.requests.isEmpty());
  }

  @Test
  void errorsAsJson() {
    assertEquals(
        "{\"error\":{\"code\":\"STORE_MISSING\",\"message\":\"there is no store at \\\"s\\\"; a create or put makes one\",\"location\":\"s\"}}",
        kv.run("--json", "read", "k").fails(10));
    assertTrue(kv.run("nope", "--json").fails(2).startsWith("{\"error\":{\"code\":\"USAGE\","));
    kv.run("create", "k", "{}");
    String missing = kv.run("read", "--json", "\u202ea\"").fails(3);
    assertTrue(missing.contains("\"key\":\"\\u202ea\\\"\""), missing);
  }

  @Test
  void confirmationsAreForPeopleAlone() {
    kv.terminals = "2";
    assertEquals(
        new Result(0, "", "kv: created \"a\\u202e\", expires in 5 s\n"),
        kv.run("create", "a\u202e", "{}", "--ttl", "5"));
    assertEquals(new Result(0, "", "kv: put \"a\"\n"), kv.run("put", "a", "{}"));
    assertEquals(new Result(0, "", "kv: deleted \"a\"\n"), kv.run("delete", "a"));
    assertEquals(
        new Result(0, "", "kv: would apply 1 operation\n"),
        kv.runWithInput("{\"put\":\"b\",\"value\":{}}", "apply", "-", "--dry-run"));
    assertTrue(kv.run("compact").err().startsWith("kv: compacted from "));
    kv.run("put", "a", "{}", "-q").prints("");
    kv.run("put", "a", "{}", "--json").prints("{\"put\":\"a\",\"ttl\":null}\n");
    kv.terminals = "02";
    assertEquals(
        new Result(
            0, "", "kv: reading the value from the terminal; end it with Ctrl-D\nkv: put \"a\"\n"),
        kv.runWithInput("{}", "put", "a"));
  }

  @Test
  void optionsReachTheEngine() {
    kv.run("create", "a", "{}", "--durability", "none", "--wait=5");
    kv.run("list", "--wait", "--read-only");
    OpenRequest first = kv.engine.requests.get(0);
    assertEquals(Durability.NONE, first.durability());
    assertEquals(Duration.ofSeconds(5), first.lockWait());
    assertFalse(first.readOnly());
    OpenRequest last = kv.engine.requests.get(kv.engine.requests.size() - 1);
    assertEquals(Durability.SYNC, last.durability());
    assertTrue(last.lockWait().compareTo(Duration.ofDays(36_500)) > 0);
    assertTrue(last.readOnly());
  }

  @Test
  void coloursStandOnATerminalAloneUnlessTold() {
    String red = "\u001b[1;31mkv: STORE_MISSING:\u001b[0m ";
    assertTrue(kv.run("list", "--color", "always").err().startsWith(red));
    assertTrue(kv.run("list").err().startsWith("kv: STORE_MISSING: "));
    kv.terminals = "12";
    assertTrue(kv.run("list").err().startsWith(red));
    assertTrue(kv.run("list", "--json").err().startsWith("{\"error\""));
    assertTrue(kv.run("list", "--color=never").err().startsWith("kv: "));
    kv.environment.put("TERM", "dumb");
    assertTrue(kv.run("list").err().startsWith("kv: "));
    kv.environment.put("TERM", "xterm");
    kv.environment.put("NO_COLOR", "1");
    assertTrue(kv.run("list").err().startsWith("kv: "));
    assertTrue(kv.run("list", "--color=always").err().startsWith(red));
  }

  @Test
  void onWindowsOnlyTerminalsThatKnowColoursGetThem() {
    String plain = "kv: STORE_MISSING: ";
    kv.terminals = "12";
    kv.environment.put("OS", "Windows_NT");
    assertTrue(kv.run("list").err().startsWith(plain));
    kv.environment.put("WT_SESSION", "1");
    assertFalse(kv.run("list").err().startsWith(plain));
    kv.environment.remove("WT_SESSION");
    kv.environment.put("TERM", "cygwin");
    assertFalse(kv.run("list").err().startsWith(plain));
  }

  @Test
  void keysAreExactInAPipeAndEscapedOnATerminal() {
    kv.run("create", "a\u202e\u200d", "{\"b\u009b\":\"\u202e\"}");
    kv.run("list").prints("a\u202e\u200d\n");
    kv.run("read", "a\u202e\u200d").prints("{\"b\u009b\":\"\u202e\"}\n");
    kv.terminals = "1";
    kv.run("list").prints("a\\u202e\\u200d\n");
    kv.run("list", "--long").prints("""
            \u001b[1m   SIZE  EXPIRES       KEY\u001b[0m
               13 B  -             a\\u202e\\u200d
            """);
    kv.run("list", "--values")
        .prints("{\"key\":\"a\\u202e\\u200d\",\"value\":{\"b\\u009b\":\"\\u202e\"}}\n");
    kv.run("read", "a\u202e\u200d").prints("{\n  \"b\\u009b\": \"\\u202e\"\n}\n");
    kv.run("read", "a\u202e\u200d", "--compact").prints("{\"b\\u009b\":\"\\u202e\"}\n");
  }

  @Test
  void messagesNeverHoldRawControlCharacters() {
    for (String[] line : new String[][] {
      {"\u001b[31mcreate"},
      {"create", "\u001b[31m", "{}"},
      {"create", "k", "\u001b"},
      {"list", "--\u001b"},
      {"-s", "\u001b:x", "list"},
      {"-s", "ab\u202e:x", "list"},
      {"create", "k", "{}", "--ttl", "\u001b"},
      {"create", "k", "@\u001b"},
      {"list", "--limit", "\u001b"},
    }) {
      String error = kv.run(line).err().strip();
      assertFalse(error.codePoints().anyMatch(Printable::isHarmful), error);
    }
  }

  @Test
  void anUnexpectedErrorIsOneLineWithAHint() {
    kv.engines.put("jsonfile", () -> {
      throw new IllegalStateException("boom\n\u001b");
    });
    String error = kv.run("list").fails(1);
    assertEquals(
        "kv: INTERNAL: this is a fault of the program: java.lang.IllegalStateException: boom\\u000a\\u001b; with KV_DEBUG=1 in the environment it tells where",
        error);
    kv.environment.put("KV_DEBUG", "1");
    Result debug = kv.run("list");
    assertEquals(1, debug.status());
    assertTrue(debug.err().contains("\tat " + CliTest.class.getName()), debug.err());
  }

  @Test
  void errorsAreCaughtToo() {
    kv.engines.put("jsonfile", () -> {
      throw new OutOfMemoryError("Java heap space");
    });
    assertTrue(kv.run("list").fails(1).startsWith("kv: INTERNAL: "));
  }

  @Test
  void aClosedPipeEndsQuietlyAndAFullDiskDoesNot() {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 5_000; i++) {
      lines.append("{\"create\":\"key").append(i).append("\",\"value\":{}}\n");
    }
    kv.runWithInput(lines.toString(), "apply", "-").prints("");
    ByteArrayOutputStream none = new ByteArrayOutputStream();
    for (int room : new int[] {0, 1, 9_000, 20_000}) {
      assertEquals(
          new Result(0, "", ""), kv.run(new FailingStream("Broken pipe", room), none, "list"));
      String error = kv.run(new FailingStream("No space left on device", room), none, "list")
          .fails(9);
      assertEquals(
          "kv: STORAGE_FAILED: cannot write to the standard output: No space left on device",
          error);
    }
    assertEquals(
        9,
        kv.run(new FailingStream("No space left on device", 0), none, "read", "key1")
            .status());
    kv.run("exists", "key1").prints("");
  }

  @Test
  void aFailureIsOneAlsoIfNobodyReadsTheOutput() {
    List<String> delete = new ArrayList<>(List.of("delete", "--json"));
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 1_000; i++) {
      delete.add("key" + i);
      lines.append("{\"create\":\"key").append(i).append("\",\"value\":{}}\n");
    }
    ByteArrayOutputStream none = new ByteArrayOutputStream();
    for (String last : List.of("key0", "missing")) {
      kv.runWithInput(lines.toString(), "apply", "-").prints("");
      delete.set(delete.size() - 1, last);
      Result result =
          kv.run(new FailingStream("Broken pipe", 0), none, delete.toArray(String[]::new));
      assertEquals(3, result.status(), "one is not there");
      assertEquals(1, result.err().lines().count(), result.err());
      assertTrue(result.err().contains("\"code\":\"KEY_NOT_FOUND\""), result.err());
      assertTrue(result.err().contains("\"key\":\"" + last + "\""), result.err());
      kv.run("list").prints("key999\n");
      kv.run("delete", "key999").prints("");
    }
  }

  @Test
  void whatWasPrintedBeforeAnErrorIsKept() {
    kv.run("create", "a", "{}");
    StringBuilder seen = new StringBuilder();
    kv.engines.put("jsonfile", () -> new FailingScan(kv.engine));
    Result result = kv.run("list", "--values");
    seen.append(result.out());
    assertEquals(9, result.status());
    assertEquals("{\"key\":\"a\",\"value\":{}}\n", seen.toString());
    assertEquals("kv: STORAGE_FAILED: the disk is gone\n", result.err());
  }

  @Test
  void aStoreClosedByASignalIsNoError() {
    kv.run("create", "a", "{}");
    kv.termination.run();
    assertEquals("", kv.run("read", "a").err());
  }

  static StorageFailedException gone() {
    return StorageFailedException.failed("the disk is gone", Map.of(), null);
  }
}
