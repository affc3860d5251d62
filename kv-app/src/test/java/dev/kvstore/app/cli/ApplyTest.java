package dev.kvstore.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApplyTest {

  private static final String GOOD = """
      {"create":"new","value":{ "n" : 1.0e2, "n":"\\u00e9" },"ttl":5}

      { "put" : "old" , "value" : {"v":2} }
      {"delete":"gone"}
      {"ttl":7,"value":{},"create":"\\u00e9\\""}
      """;

  @TempDir
  Path folder;

  private final Program kv = new Program();

  @BeforeEach
  void someEntries() {
    kv.run("create", "old", "{\"v\":1}");
    kv.run("create", "gone", "{}");
  }

  @Test
  void appliesAllOperationsToTheLetter() throws IOException {
    Path file = Files.writeString(folder.resolve("ops"), GOOD);
    kv.run("apply", file.toString()).prints("");
    kv.run("list", "--values").prints("""
            {"key":"new","value":{"n":1.0e2,"n":"\\u00e9"},"expiresAt":"2023-11-14T22:13:25.000Z"}
            {"key":"old","value":{"v":2}}
            {"key":"é\\"","value":{},"expiresAt":"2023-11-14T22:13:27.000Z"}
            """);
  }

  @Test
  void readsTheInputAndSeesItsOwnWrites() {
    kv.runWithInput(
            "{\"create\":\"x\",\"value\":{}}\r\n{\"delete\":\"x\"}\n \t\r\n{\"create\":\"x\",\"value\":{\"z\":1}}",
            "apply",
            "-")
        .prints("");
    kv.run("read", "x").prints("{\"z\":1}\n");
  }

  @Test
  void aDryRunChangesNothingAndMakesNothing() {
    kv.runWithInput(GOOD, "apply", "-", "--dry-run").prints("");
    kv.run("list", "--values")
        .prints("{\"key\":\"gone\",\"value\":{}}\n{\"key\":\"old\",\"value\":{\"v\":1}}\n");
    kv.runWithInput("{\"create\":\"x\",\"value\":{}}", "-s", "other", "apply", "-", "--dry-run")
        .prints("");
    assertTrue(!kv.engine.disks.containsKey("other"));
    kv.runWithInput("{\"create\":\"x\",\"value\":{}}", "-s", "other", "apply", "-")
        .prints("");
    assertTrue(kv.engine.disks.containsKey("other"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"create\":\"old\",\"value\":{}} | 4 | KEY_EXISTS",
        "{\"delete\":\"none\"} | 3 | KEY_NOT_FOUND",
        "{\"create\":\"\",\"value\":{}} | 5 | INVALID_KEY",
        "{\"create\":\"\\ud800\",\"value\":{}} | 5 | INVALID_KEY",
        "{\"create\":\"a\\nb\",\"value\":{}} | 5 | INVALID_KEY",
        "{\"create\":\"a\",\"value\":[]} | 5 | INVALID_VALUE",
        "{\"create\":\"a\",\"value\":{},\"ttl\":0} | 5 | INVALID_TTL",
        "{\"create\":\"a\",\"value\":{},\"ttl\":1.0} | 5 | INVALID_TTL",
        "{\"create\":\"a\",\"value\":{},\"ttl\":1e3} | 5 | INVALID_TTL",
        "{\"create\":\"a\",\"value\":{},\"ttl\":\"5\"} | 5 | INVALID_TTL",
        "{\"create\":\"a\",\"value\":{},\"ttl\":null} | 5 | INVALID_TTL",
        "{\"create\":\"a\",\"value\":{},\"ttl\":99999999999999999999} | 5 | INVALID_TTL",
        "{\"create\":\"a\"} | 5 | INVALID_VALUE",
        "{\"create\":5,\"value\":{}} | 5 | INVALID_VALUE",
        "{\"create\":null,\"value\":{}} | 5 | INVALID_VALUE",
        "{\"create\":\"a\",\"put\":\"a\",\"value\":{}} | 5 | INVALID_VALUE",
        "{\"create\":\"a\",\"value\":{},\"value\":{}} | 5 | INVALID_VALUE",
        "{\"create\":\"a\",\"value\":{},\"expiresAt\":\"x\"} | 5 | INVALID_VALUE",
        "{\"delete\":\"old\",\"value\":{}} | 5 | INVALID_VALUE",
        "{\"read\":\"old\"} | 5 | INVALID_VALUE",
        "{} | 5 | INVALID_VALUE",
        "[] | 5 | INVALID_VALUE",
        "{\"create\":\"a\",\"value\":{}} x | 5 | INVALID_VALUE",
        "{\"create\":\"a\",\"value\":{} | 5 | INVALID_VALUE",
        "create a {} | 5 | INVALID_VALUE",
      })
  void theFirstFailingLineIsNamedAndNothingIsApplied(String line, int status, String code) {
    String before = kv.run("list", "--values").out();
    String input = "{\"put\":\"old\",\"value\":{}}\n\n" + line + "\n{\"delete\":\"never seen\"}\n";
    String error = kv.runWithInput(input, "apply", "-").fails(status);
    assertTrue(error.startsWith("kv: " + code + ": line 3: "), error);
    kv.run("list", "--values").prints(before);
    String json = kv.runWithInput(input, "apply", "-", "--json").fails(status);
    assertTrue(json.startsWith("{\"error\":{\"code\":\"" + code + "\","), json);
    assertTrue(json.endsWith("\"inputLine\":3}}"), json);
  }

  @Test
  void limitsOfASessionHold() {
    String line = "{\"put\":\"old\",\"value\":{}}\n";
    assertEquals(0, kv.runWithInput(line.repeat(10_000), "apply", "-").status());
    String error = kv.runWithInput(line.repeat(10_001), "apply", "-").fails(5);
    assertTrue(error.startsWith("kv: SESSION_TOO_LARGE: line 10001: "), error);
    String longLine = kv.runWithInput(" ".repeat((1 << 20) + 1), "apply", "-").fails(5);
    assertTrue(longLine.startsWith("kv: INVALID_VALUE: line 1: "), longLine);
  }

  @Test
  void aRefusedApplyMakesNoStore() {
    kv.runWithInput("{\"create\":\"a\",\"value\":{}}\nx", "-s", "other", "apply", "-")
        .fails(5);
    assertTrue(!kv.engine.disks.containsKey("other"));
  }

  @Test
  void theStoreIsOpenedOnlyAfterTheInputIsReadAndThatIsReadOnce() {
    for (String text : List.of(GOOD, GOOD + "\n\nmalformed\n", "")) {
      int before = kv.engine.requests.size();
      WatchedInput input = new WatchedInput(text, () -> kv.engine.requests.size());
      kv.in = input;
      assertEquals(
          text.endsWith("malformed\n") ? 5 : 0,
          kv.run("apply", "-", "--dry-run").status());
      assertTrue(input.seen.size() <= 2, input.seen::toString);
      assertTrue(input.seen.stream().allMatch(seen -> seen == before), input.seen::toString);
    }
  }

  @Test
  void aMalformedLineIsNotWaitedForBehind() {
    kv.in = new WatchedInput("malformed\n", () -> 0).withoutEnd();
    assertTrue(kv.run("apply", "-").fails(5).contains("line 1: "));
  }

  @Test
  void noMoreIsReadAheadThanASessionTakes() {
    String line = "{\"put\":\"old\",\"value\":{\"v\":\"" + "x".repeat(100) + "\"}}\n";
    WatchedInput input = new WatchedInput(line.repeat(30_000), () -> kv.engine.requests.size());
    kv.in = input;
    int before = kv.engine.requests.size();
    String error = kv.run("apply", "-").fails(5);
    assertTrue(error.startsWith("kv: SESSION_TOO_LARGE: line 10001: "), error);
    assertTrue(input.seen.size() < line.length() * 10_100 / 65_536 + 2, input.seen::toString);
    assertTrue(input.seen.stream().allMatch(seen -> seen == before), input.seen::toString);
  }
}
