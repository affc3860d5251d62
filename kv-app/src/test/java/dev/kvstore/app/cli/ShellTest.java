package dev.kvstore.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.app.cli.Program.Result;
import dev.kvstore.app.cli.command.Commands;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Scripts on the standard input of the shell. */
class ShellTest {

  private final Program kv = new Program();

  private Result script(String lines) {
    return kv.runWithInput(lines, "shell");
  }

  @Test
  void runsCommandsOnOneStore() {
    script("""
            # a comment
            create a {"n": 1.0, "s": "}"} --ttl 5

            create --ttl 7 b { "x" :
              [1,
               2] }
            create 'a "key"' {}
            create it\\'s '{}'
            read a
            list
            ttl b
            exit
            never seen
            """).prints("""
            {"n":1.0,"s":"}"}
            a
            a "key"
            b
            it's
            7
            """);
    assertEquals(
        1, kv.engine.requests.stream().filter(r -> !r.createIfMissing()).count());
  }

  @Test
  void aSessionIsAllOrNothing() {
    kv.run("create", "old", "{\"v\":1}");
    kv.run("create", "gone", "{}");
    script("""
            begin
            put old {"v":2}
            create new {} --ttl 5
            delete gone
            list
            list --count
            diff
            discard
            list
            begin
            create x {}
            delete x
            create y {}
            diff
            commit
            list
            """).prints("""
            new
            old
            2
            - "gone"
            + "new" {}  5 s
            ~ "old" {"v":2}
            gone
            old
            + "y" {}
            gone
            old
            y
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "create old {} | 4 | KEY_EXISTS",
        "read none | 3 | KEY_NOT_FOUND",
        "create k 5 | 5 | INVALID_VALUE",
        "nope | 2 | USAGE",
        "read | 2 | USAGE",
        "shell | 2 | USAGE",
        "commit | 2 | USAGE",
        "begin x | 2 | USAGE",
        "list -s other | 2 | USAGE",
        "read 'open | 2 | USAGE",
        "create k {\"a\":1 | 2 | USAGE",
      })
  void aScriptStopsAtTheFirstErrorAndNamesItsLine(String line, int status, String code) {
    Result result = script("create old {}\nlist\n" + line + "\ncreate never {}\n");
    assertEquals(status, result.status(), result.err());
    assertEquals("old\n", result.out());
    assertTrue(result.err().startsWith("kv: " + code + ": line 3: "), result.err());
    kv.run("list").prints("old\n");
  }

  @Test
  void whatIsNotCommittedIsDiscardedAndSaid() {
    Result open = script("begin\ncreate a {}\n");
    assertEquals(2, open.status());
    assertTrue(open.err().contains("1 operations are discarded"), open.err());
    script("create b {}\nbegin\ncreate c {}\nread none\n");
    kv.run("list").prints("b\n");
    String refused = script("begin\ncreate d {}\nexport\n").err();
    assertTrue(refused.contains("line 3: this does not go within a session"), refused);
  }

  @Test
  void anEmptyOrReadingScriptMakesNoStore() {
    script("").prints("");
    Result result = script("list\n");
    assertEquals(10, result.status());
    script("begin\ndiff\ndiscard\n").prints("");
    assertFalse(kv.engine.disks.containsKey("s"));
  }

  @Test
  void whatASessionMightHaveMadeIsMissingAfterIt() {
    for (String line : List.of("stats", "list --count", "compact", "read a", "delete a", "list")) {
      Result result = script("begin\nlist\ndiscard\n" + line + "\n");
      assertEquals(10, result.status(), line);
      assertEquals("", result.out());
      assertTrue(result.err().startsWith("kv: STORE_MISSING: line 4: "), result.err());
    }
    assertFalse(kv.engine.disks.containsKey("s"));
  }

  @Test
  void commandsDoNotReadTheScriptAsTheirInput() {
    for (String line : List.of("create a", "put a -", "apply -", "import -")) {
      Result result = script(line + "\n{\"n\":1}\n");
      assertEquals(2, result.status(), line);
      assertTrue(
          result.err().contains("line 1: the standard input is the script itself"), result.err());
    }
    assertFalse(kv.engine.disks.containsKey("s"));
  }

  @Test
  void helpExplainsEveryCommandAndThoseOfTheShell() {
    String overview = script("help").out();
    assertEquals(overview, script("--help").out());
    for (String name : Commands.NAMES) {
      if (!name.equals("shell")) {
        assertTrue(overview.contains("\n  " + name + " "), name);
        assertEquals(kv.run("help", name).out(), script("help " + name).out());
        assertEquals(kv.run("help", name).out(), script(name + " --help").out());
      }
    }
    for (String name : List.of("begin", "diff", "commit", "discard", "exit", "quit")) {
      assertTrue(overview.contains("\n  " + name + " "), name);
      assertTrue(script("help " + name).out().startsWith("usage: " + name + "\n"), name);
      assertEquals(script("help " + name).out(), script(name + " --help").out());
    }
    assertEquals(2, script("help nonsense").status());
    assertEquals(2, script("help a b").status());
  }

  @Test
  void optionsOfTheShellHoldForEachLineAndThoseOfALineForItAlone() {
    kv.run("create", "a", "{}");
    Result json = kv.runWithInput("list\nread none\n", "shell", "--json");
    assertEquals("{\"key\":\"a\"}\n", json.out());
    assertTrue(json.err().startsWith("{\"error\":{\"code\":\"KEY_NOT_FOUND\","), json.err());
    Result line = script("list --json\nlist\nread none --json\n");
    assertEquals("{\"key\":\"a\"}\na\n", line.out());
    assertTrue(line.err().startsWith("{\"error\":{\"code\":\"KEY_NOT_FOUND\","), line.err());
    Result before = script("list --json\nread none\n");
    assertTrue(before.err().startsWith("kv: KEY_NOT_FOUND: "), before.err());
    assertEquals(2, script("list --color never\n").status());
    assertTrue(script("shell\n").err().contains("this is the shell already"));
  }

  @Test
  void stringsAndQuotesInThePlaceOfAValue() {
    kv.runWithInput(
            "create a \"b c\\\"\"\ncreate \"d e\" '[1]'\nlist --values\n",
            "--values",
            "any",
            "shell")
        .prints("""
            {"key":"a","value":"b c\\""}
            {"key":"d e","value":[1]}
            """);
  }

  @Test
  void onlyAStringInThePlaceOfAValueIsOne() {
    kv.runWithInput("""
            put k --ttl 5 "42"
            read k
            put l --ttl "5" "x"
            read l
            create put {}
            create "b c" {}
            delete put "b c"
            create "p\\q\\"" {}
            list p
            """, "--values", "any", "shell").prints("""
            "42"
            "x"
            p\\q"
            """);
  }

  @Test
  void aKeyThatBeginsLikeJsonIsAWordLikeAnyOther() {
    script("""
            create {u}:1 {"n":1}
            create {u} {}
            create :1 {}
            create [x {}
            delete {u}:1
            read {u}
            list
            """).prints("""
            {}
            :1
            [x
            {u}
            """);
  }

  @Test
  void aValueIsFoundBehindKeysThatLookLikeOptions() {
    kv.runWithInput("""
            put - "5"
            put -- -k "6"
            read -
            read -- -k
            """, "--values", "any", "shell").prints("\"5\"\n\"6\"\n");
  }

  @Test
  void aCommentAtTheEndOfALineIsNoPartOfTheCommand() {
    script("""
            create a {} # b
            create b {"s":
              "#1"} # of two lines
            create c#d {}
              # nothing
            delete a # c#d b
            read b
            list
            """).prints("""
            {"s":"#1"}
            b
            c#d
            """);
  }

  @Test
  void aLineThatIsTooLongIsNamed() {
    kv.run("create", "k", "{}").prints("");
    Result result = script("list\n" + "x".repeat((1 << 20) + 1) + "\nlist\n");
    assertEquals(5, result.status());
    assertEquals("k\n", result.out());
    assertTrue(result.err().startsWith("kv: INVALID_VALUE: line 2: the line has"), result.err());
    assertTrue(result.err().endsWith("line 2: the script stops here\n"), result.err());
  }

  @Test
  void aValueThatNeverEndsIsGivenUpAfterAMegabyte() {
    Result result = script("create k [\n" + "[],\n".repeat(300_000) + "list\n");
    assertEquals(2, result.status());
    assertTrue(
        result.err().startsWith("kv: USAGE: line 1: the JSON text does not end\n"), result.err());
  }

  @Test
  void whatFollowsIsNotDoneIfNobodyReadsTheOutput() {
    kv.run("create", "k", "{}").prints("");
    kv.in = new ByteArrayInputStream("read k\ndelete k\n".getBytes(StandardCharsets.UTF_8));
    OutputStream closed = new FailingStream("Broken pipe", 0);
    assertEquals(0, kv.run(closed, new ByteArrayOutputStream(), "shell").status());
    kv.run("list").prints("k\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"delete a z", "exists a z"})
  void aKeyThatIsMissingIsToldWithItsLineInEveryForm(String line) {
    for (String options : List.of("", "-q", "--json")) {
      kv.run("put", "a", "{}").prints("");
      List<String> words = new ArrayList<>(List.of("shell"));
      words.addAll(options.isEmpty() ? List.of() : List.of(options));
      String text = "# first\n" + line + "\ndelete never\n";
      Result result = kv.runWithInput(text, words.toArray(new String[0]));
      assertEquals(3, result.status(), result.err());
      String place = "line 2: key \"z\" does not exist"
          .replace("\"", options.equals("--json") ? "\\\"" : "\"");
      assertTrue(result.errors()[0].contains("KEY_NOT_FOUND"), result.err());
      assertTrue(result.errors()[0].contains(place), result.err());
    }
  }

  @Test
  void existsSaysOnStandardErrorWhatItFoundToAPerson() {
    kv.terminals = "2";
    kv.environment.put("NO_COLOR", "1");
    kv.run("put", "a", "{}");
    kv.run("put", "b", "{}");
    assertEquals(new Result(0, "", ""), kv.run("exists", "a"));
    assertEquals(
        new Result(0, "", "kv: \"a\" exists\nkv: all 2 exist\n"),
        script("exists a\nexists a b\nexists -q a"));
  }

  @Test
  void theCommandsOfTheShellTakeTheOptionsOfEveryLine() {
    script("begin -q\ncreate a {} -q\ndiff --json\ncommit --json\n").prints("""
            {"change":"new","key":"a","value":{}}
            {"committed":1}
            """);
    script("-y begin\ndelete a\n--json discard\nexit -y\nlist\n").prints("{\"discarded\":1}\n");
    assertTrue(script("begin -s x\n").err().contains("--store is for the whole shell"));
    assertTrue(script("begin --ttl 5\n").err().contains("begin takes no --ttl"));
    assertTrue(script("begin x\n").err().contains("begin takes no operands"));
  }

  @Test
  void onlyBlanksTabsAndLineEndsPartWords() {
    script("""
            create a\u3000b {}
            create\ta\t{}\r
            create b {}
            create c\u2003 {}
            delete c\u2003 a\u3000b
            list
            """).prints("""
            a
            b
            """);
  }

  @Test
  void aBackslashAtTheEndOfALineCarriesItOn() {
    script("""
            create a \\
              {"n":1}
            cre\\
            ate "b\\
            c" {} \\
            # a comment ends where its line ends \\
            list
            read \\
            a
            """).prints("""
            a
            bc
            {"n":1}
            """);
    Result result = script("list \\");
    assertEquals(2, result.status());
    assertTrue(result.err().contains("line 1: no line follows the backslash"), result.err());
  }
}
