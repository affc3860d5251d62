package dev.kvstore.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.app.cli.Program.Result;
import dev.kvstore.app.cli.command.Commands;
import dev.kvstore.core.model.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each command does, on an engine in memory. */
class CommandsTest {

  @TempDir
  Path folder;

  private final Program kv = new Program();

  @Test
  void createReadDelete() {
    kv.run("create", "k", "{ \"a\" : 1.0, \"a\": 1e400 }").prints("");
    kv.run("read", "k").prints("{\"a\":1.0,\"a\":1e400}\n");
    kv.run("get", "k").prints("{\"a\":1.0,\"a\":1e400}\n");
    kv.run("delete", "k").prints("");
    assertEquals(
        "kv: KEY_NOT_FOUND: key \"k\" does not exist or has expired",
        kv.run("read", "k").fails(3));
  }

  @Test
  void createLeavesWhatIsThereAndPutReplacesIt() {
    kv.run("create", "k", "{\"a\":1}").prints("");
    assertTrue(kv.run("create", "k", "{}").fails(4).startsWith("kv: KEY_EXISTS: key \"k\" "));
    kv.run("read", "k").prints("{\"a\":1}\n");
    kv.run("put", "k", "{\"a\":2}").prints("");
    kv.run("read", "k").prints("{\"a\":2}\n");
  }

  @Test
  void theValueComesFromTheInputOrAFile() throws IOException {
    kv.runWithInput("{\"from\":\"input\"}\n", "create", "a").prints("");
    kv.runWithInput("{\"from\":\"dash\"}", "create", "b", "-").prints("");
    Path file = Files.writeString(folder.resolve("v.json"), " {\"from\":\"file\"}");
    kv.run("create", "c", "@" + file).prints("");
    kv.run("list", "--values").prints("""
            {"key":"a","value":{"from":"input"}}
            {"key":"b","value":{"from":"dash"}}
            {"key":"c","value":{"from":"file"}}
            """);
  }

  @Test
  void aFileThatCannotBeReadFailsAndMakesNoStore() {
    assertTrue(
        kv.run("create", "k", "@" + folder.resolve("none")).fails(9).contains("no such file"));
    assertTrue(kv.run("create", "k", "@" + folder).fails(9).startsWith("kv: STORAGE_FAILED: "));
    assertTrue(
        kv.run("apply", folder.resolve("none").toString()).fails(9).contains("no such file"));
    kv.run("create", "k", "@").fails(2);
    assertTrue(kv.engine.disks.isEmpty());
  }

  @Test
  void anyTypeOfValueOnRequest() {
    assertTrue(kv.run("create", "k", "5").fails(5).contains("a number"));
    kv.run("create", "k", "5", "--values", "any").prints("");
    kv.run("read", "k").prints("5\n");
    kv.run("--values", "objects", "list").fails(2);
  }

  @Test
  void anEntryExpiresToTheMillisecond() {
    kv.run("create", "k", "{}", "--ttl", "2").prints("");
    kv.run("ttl", "k").prints("2\n");
    kv.clock.advance(1_001);
    kv.run("ttl", "k").prints("1\n");
    kv.clock.advance(998);
    kv.run("exists", "k").prints("");
    kv.clock.advance(1);
    assertEquals(new Result(3, "", ""), kv.run("exists", "k"));
    kv.run("ttl", "k").fails(3);
    kv.run("list").prints("");
    kv.run("list", "--count").prints("0\n");
    kv.run("create", "k", "{}").prints("");
    kv.run("ttl", "k").prints("none\n");
    kv.run("ttl", "k", "--json").prints("{\"key\":\"k\",\"ttl\":null}\n");
    kv.run("put", "k", "{}", "--ttl", "9").prints("");
    kv.run("ttl", "k", "--json").prints("{\"key\":\"k\",\"ttl\":9}\n");
  }

  @Test
  void deleteTakesEachKeyOnItsOwnAndNamesTheMissing() {
    kv.run("create", "a", "{}");
    kv.run("create", "c", "{}");
    Result result = kv.run("rm", "a", "b", "c", "a");
    assertEquals(3, result.status());
    assertEquals("", result.out());
    assertEquals("""
        kv: KEY_NOT_FOUND: key "b" does not exist or has expired
        kv: KEY_NOT_FOUND: key "a" does not exist or has expired
        """, result.err());
    kv.run("list").prints("");
  }

  @Test
  void deleteChecksAllKeysFirst() {
    kv.run("create", "a", "{}");
    kv.run("delete", "a", "").fails(5);
    kv.run("list").prints("a\n");
  }

  @Test
  void existsIsSilent() {
    kv.run("create", "a", "{}");
    kv.run("exists", "a", "a").prints("");
    assertEquals(new Result(3, "", ""), kv.run("exists", "a", "b"));
    assertEquals(new Result(3, "", ""), kv.run("exists", "a", "b", "--json"));
  }

  @Test
  void listsInOrderOfCodePointsByPrefixAndPage() {
    for (String key : new String[] {"b", "\uD83D\uDE00", "\uFF21", "a:1", "a:2", "é"}) {
      kv.run("create", key, "{}").prints("");
    }
    kv.run("list").prints("a:1\na:2\nb\né\n\uFF21\n\uD83D\uDE00\n");
    kv.run("ls", "a:").prints("a:1\na:2\n");
    kv.run("list", "--after", "a:2", "--limit", "2").prints("b\né\n");
    kv.run("list", "--count").prints("6\n");
    kv.run("list", "a", "--count").prints("2\n");
    kv.run("list", "--count", "--after", "b").prints("3\n");
    kv.run("list", "--count", "--limit", "4").prints("4\n");
    kv.run("list", "a", "--count", "--json").prints("{\"count\":2}\n");
    kv.run("list", "a", "--json").prints("{\"key\":\"a:1\"}\n{\"key\":\"a:2\"}\n");
  }

  @Test
  void listsMoreThanAPage() throws IOException {
    String lines = IntStream.range(0, 2_500)
        .mapToObj(i -> String.format("{\"create\":\"%05d\",\"value\":{}}%n", i))
        .collect(Collectors.joining());
    kv.runWithInput(lines, "apply", "-").prints("");
    String keys = IntStream.range(0, 2_500)
        .mapToObj(i -> String.format("%05d\n", i))
        .collect(Collectors.joining());
    kv.run("list").prints(keys);
    kv.run("list", "--limit", "1000").prints(keys.substring(0, 6_000));
    kv.run("list", "--limit", "1001").prints(keys.substring(0, 6_006));
    kv.run("list", "--after", "00999", "--limit", "1000").prints(keys.substring(6_000, 12_000));
    kv.run("list", "--count", "--after", "00000").prints("2499\n");
    assertEquals(2_500, kv.run("list", "--values").out().lines().count());
    assertEquals(101, kv.run("list", "--values", "--limit", "101").out().lines().count());
  }

  @Test
  void listsEntriesAsJsonAndAsATable() {
    kv.run("create", "k\"\\", "{ \"a\":1 }", "--ttl", "60");
    kv.run("create", "long", "{}");
    kv.run("list", "--values").prints("""
            {"key":"k\\"\\\\","value":{"a":1},"expiresAt":"2023-11-14T22:14:20.000Z"}
            {"key":"long","value":{}}
            """);
    kv.run("list", "--long").prints("""
                7  2023-11-14T22:14:20.000Z  k"\\
                2  -                         long
            """);
    kv.run("list", "--long", "--json").prints("""
            {"key":"k\\"\\\\","bytes":7,"expiresAt":"2023-11-14T22:14:20.000Z"}
            {"key":"long","bytes":2}
            """);
    kv.terminals = "1";
    kv.run("list", "--long", "--color", "never").prints("""
               SIZE  EXPIRES       KEY
                7 B  in 60 s       k"\\
                2 B  -             long
            """);
    kv.terminals = "";
    kv.run("list", "--long", "--values").fails(2);
    kv.run("list", "--count", "--values").fails(2);
  }

  @Test
  void whatIsDoneIsToldAsJsonOnRequest() {
    kv.run("create", "a", "{}", "--json").prints("{\"created\":\"a\",\"ttl\":null}\n");
    kv.run("put", "a\"", "{}", "--ttl", "5", "--json").prints("{\"put\":\"a\\\"\",\"ttl\":5}\n");
    Result deleted = kv.run("delete", "a", "b", "a\"", "--json");
    assertEquals(3, deleted.status());
    assertEquals("{\"deleted\":\"a\"}\n{\"deleted\":\"a\\\"\"}\n", deleted.out());
    assertTrue(deleted.err().startsWith("{\"error\":{\"code\":\"KEY_NOT_FOUND\""), deleted.err());
    kv.runWithInput("{\"create\":\"c\",\"value\":{}}\n", "apply", "-", "--dry-run", "--json")
        .prints("{\"operations\":1,\"applied\":false}\n");
    kv.runWithInput("{\"create\":\"c\",\"value\":{}}\n", "apply", "-", "--json")
        .prints("{\"operations\":1,\"applied\":true}\n");
    String compacted = kv.run("compact", "--json").out();
    assertTrue(compacted.matches("\\{\"bytesBefore\":\\d+,\"bytesAfter\":\\d+}\n"), compacted);
    String version = kv.run("--version", "--json").out();
    assertTrue(version.matches("\\{\"version\":\"[^\"]+\"}\n"), version);
    kv.runWithInput(
            "begin\nput c {\"n\":1}\nput d {} --ttl 9\ndiff\ncommit\nttl c\nbegin\ndelete c\ndiff\ndiscard\n",
            "shell",
            "--json")
        .prints("""
            {"put":"c","ttl":null}
            {"put":"d","ttl":9}
            {"change":"replaced","key":"c","value":{"n":1}}
            {"change":"new","key":"d","value":{},"ttl":9}
            {"committed":2}
            {"key":"c","ttl":null}
            {"deleted":"c"}
            {"change":"gone","key":"c"}
            {"discarded":1}
            """);
  }

  @Test
  void prettyAndCompact() {
    kv.run("create", "k", "{\"a\":1.50}");
    kv.run("read", "k", "--pretty").prints("{\n  \"a\": 1.50\n}\n");
    kv.run("read", "k", "--pretty", "--compact").fails(2);
    kv.terminals = "1";
    kv.run("read", "k").prints("{\n  \"a\": 1.50\n}\n");
    kv.run("read", "k", "--compact").prints("{\"a\":1.50}\n");
    kv.run("read", "k", "--json").prints("{\"a\":1.50}\n");
  }

  @Test
  void statsForPeopleAndPrograms() {
    kv.run("create", "k", "{}");
    String table = kv.run("stats").out();
    assertTrue(table.contains("entries    1\n"), table);
    assertTrue(table.contains("engine     "), table);
    assertEquals(
        List.of("engine", "location", "entries", "expired", "live", "garbage", "size", "cap"),
        table.lines().map(line -> line.substring(0, 11).strip()).toList());
    kv.terminals = "1";
    String shown = kv.run("stats").out();
    assertTrue(shown.contains("\nsize       2 B\n"), shown);
    String json = kv.run("stats", "--json").out();
    assertTrue(json.contains("\"liveEntries\":1,\"expiredEntries\":0,"), json);
    JsonValue.parse(json);
  }

  @Test
  void compactsAndKeepsTheEntries() {
    kv.run("create", "k", "{}");
    kv.run("compact").prints("");
    kv.run("list").prints("k\n");
  }

  @Test
  void pathNeedsNoStore() {
    kv.run("path").prints("/memory/s\n");
    kv.run("path", "--json").prints("{\"engine\":\"jsonfile\",\"path\":\"/memory/s\"}\n");
    assertTrue(kv.engine.requests.isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "read k",
        "delete k",
        "exists k",
        "list",
        "list --count",
        "ttl k",
        "compact",
        "stats"
      })
  void onlyWritingMakesAStore(String line) {
    assertTrue(kv.run(line.split(" ")).fails(10).startsWith("kv: STORE_MISSING: "));
    assertTrue(kv.engine.disks.isEmpty());
  }

  @Test
  void everyCommandIsInTheTableAndExplained() {
    for (String name : Commands.NAMES) {
      assertEquals(name, Commands.named(name).synopsis().name());
      Result help = kv.run("help", name);
      assertTrue(help.out().startsWith("usage: kv " + name), help.out());
      help.prints(kv.run(name, "--help").out());
      assertTrue(kv.run("help").out().contains("\n  " + name + " "), name);
      for (String alias : Commands.named(name).synopsis().aliases()) {
        assertEquals(name, Commands.named(alias).synopsis().name());
      }
    }
    kv.run("help", "nope").fails(2);
  }

  @Test
  void helpAndVersionNeedNoCommandAndNoStore() {
    kv.environment.put("KV_STORE", "nope:x");
    kv.run("--help").prints(kv.run("help").out());
    String version = kv.run("--version").out();
    assertTrue(version.matches("kv \\d+\\.\\d+.*\n"), version);
    assertTrue(kv.run("list").fails(2).contains("no engine \"nope\""));
  }
}
