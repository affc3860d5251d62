package dev.kvstore.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.app.cli.Program.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
}
