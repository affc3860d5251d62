package dev.kvstore.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImportTest {

  private static final String LINES = """
      {"key":"a","value":{ "n" : 1.0e2 }}

      {"expiresAt":"2023-11-14T22:13:20.001Z","value":{},"key":"\\u00e9\\""}
      {"key":"gone","value":{},"expiresAt":"2023-11-14T22:13:20.000Z"}
      {"key":"old","value":{"v":2}}
      {"key":"z","value":{},"expiresAt":"9999-12-31T23:59:59.999Z"}
      """;

  private final Program kv = new Program();

  @BeforeEach
  void anOldEntry() {
    kv.run("create", "old", "{\"v\":1}");
  }

  private String all() {
    return kv.run("export").out();
  }

  @Test
  void replacesOnlyIfTold() {
    kv.runWithInput(LINES, "import", "-", "--on-exists", "replace").prints("");
    kv.run("export").prints("""
        {"key":"a","value":{"n":1.0e2}}
        {"key":"old","value":{"v":2}}
        {"key":"z","value":{},"expiresAt":"9999-12-31T23:59:59.999Z"}
        {"key":"é\\"","value":{},"expiresAt":"2023-11-14T22:13:20.001Z"}
        """);
    kv.clock.advance(1);
    assertFalse(all().contains("é"));
  }

  @Test
  void skipsWhatIsThere() {
    kv.runWithInput(LINES, "import", "-", "--on-exists=skip", "--json")
        .prints("{\"imported\":3,\"skipped\":1,\"expired\":1}\n");
    assertTrue(all().contains("\"old\",\"value\":{\"v\":1}"));
  }

  @Test
  void failsAtAnExistingKeyAndKeepsWhatCameBefore() {
    String error = kv.runWithInput(LINES, "import", "-").fails(4);
    assertEquals(
        "kv: KEY_EXISTS: line 5: key \"old\" already exists; delete it first, or put to replace it; imported before it: 2",
        error);
    kv.run("list").prints("a\nold\né\"\n");
    String json = kv.runWithInput("{\"key\":\"old\",\"value\":{}}", "import", "-", "--json")
        .fails(4);
    assertTrue(json.contains("\"key\":\"old\",\"inputLine\":1}"), json);
  }

  @ParameterizedTest
  @ValueSource(strings = {"fail", "skip", "replace"})
  void aDryRunChangesNothingAndMakesNothing(String rule) {
    String before = all();
    int told =
        kv.runWithInput(LINES, "import", "-", "--dry-run", "--on-exists", rule).status();
    assertEquals(before, all());
    assertEquals(
        told, kv.runWithInput(LINES, "import", "-", "--on-exists", rule).status());
    kv.runWithInput(LINES, "-s", "other", "import", "-", "--dry-run").prints("");
    assertTrue(!kv.engine.disks.containsKey("other"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"key\":\"\",\"value\":{}} | 5 | INVALID_KEY",
        "{\"key\":\"a\\nb\",\"value\":{}} | 5 | INVALID_KEY",
        "{\"key\":5,\"value\":{}} | 5 | INVALID_VALUE",
        "{\"key\":\"a\"} | 5 | INVALID_VALUE",
        "{\"value\":{}} | 5 | INVALID_VALUE",
        "{\"key\":\"x\",\"value\":[]} | 5 | INVALID_VALUE",
        "{\"key\":\"x\",\"value\":{},\"ttl\":5} | 5 | INVALID_VALUE",
        "{\"key\":\"x\",\"value\":{},\"expiresAt\":5} | 5 | INVALID_TTL",
        "{\"key\":\"x\",\"value\":{},\"expiresAt\":null} | 5 | INVALID_TTL",
        "{\"key\":\"x\",\"value\":{},\"expiresAt\":\"soon\"} | 5 | INVALID_TTL",
        "{\"key\":\"x\",\"value\":{},\"expiresAt\":\"2030-02-30T00:00:00Z\"} | 5 | INVALID_TTL",
        "{\"key\":\"x\",\"value\":{},\"expiresAt\":\"2030-01-01T00:00:00.0001Z\"} | 5 | INVALID_TTL",
        "{\"key\":\"x\",\"value\":{},\"expiresAt\":\"+10000-01-01T00:00:00Z\"} | 5 | INVALID_TTL",
        "{\"key\":\"x\",\"value\":{},\"expiresAt\":\"+999999999-01-01T00:00:00Z\"} | 5 | INVALID_TTL",
        "{\"key\":\"old\",\"value\":{}} | 4 | KEY_EXISTS",
        "{\"key\":\"x\",\"value\":{} | 5 | INVALID_VALUE",
        "[] | 5 | INVALID_VALUE",
        "junk | 5 | INVALID_VALUE",
      })
  void theFailingLineIsNamedAndThoseBeforeItAreCounted(String line, int status, String code) {
    String input = "{\"key\":\"1\",\"value\":{}}\n\n{\"key\":\"2\",\"value\":{}}\n" + line
        + "\n{\"key\":\"9\",\"value\":{}}\n";
    String error = kv.runWithInput(input, "import", "-").fails(status);
    assertTrue(error.startsWith("kv: " + code + ": line 4: "), error);
    assertTrue(error.endsWith("; imported before it: 2"), error);
    kv.run("list").prints("1\n2\nold\n");
    kv.runWithInput(line, "-s", "other", "import", "-");
    assertTrue(status == 4 || !kv.engine.disks.containsKey("other"), "it made a store");
  }

  @Test
  void manyLinesAndKeysThatComeTwice() {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 9_001; i++) {
      lines
          .append("{\"key\":\"")
          .append(i % 4_500)
          .append("\",\"value\":{\"i\":")
          .append(i)
          .append("}}\n");
    }
    kv.runWithInput(lines.toString(), "import", "-", "--on-exists", "replace", "--json")
        .prints("{\"imported\":9001,\"skipped\":0,\"expired\":0}\n");
    kv.run("list", "--count").prints("4501\n");
    kv.run("read", "0").prints("{\"i\":9000}\n");
    kv.run("read", "4499").prints("{\"i\":8999}\n");
    String error =
        kv.runWithInput(lines.toString(), "-s", "other", "import", "-").fails(4);
    assertTrue(error.startsWith("kv: KEY_EXISTS: line 4501: key \"0\" "), error);
    assertTrue(error.endsWith("; imported before it: 4500"), error);
  }

  @Test
  void anEmptyInputMakesTheStore() {
    kv.runWithInput("\n", "-s", "other", "import", "-").prints("");
    kv.run("-s", "other", "list").prints("");
  }

  @Test
  void wrongOptionsAreToldWithTheRightOnes() {
    String error = kv.run("import", "-", "--on-exists", "Fail").fails(2);
    assertTrue(error.contains("fail|skip|replace"), error);
    kv.run("import").fails(2);
    kv.run("import", "/no/such/file").fails(9);
    kv.runWithInput("", "--read-only", "import", "-").fails(2);
  }

  @Test
  void theStoreIsOpenedOnlyAfterTheInputIsReadAndThatIsReadOnce() {
    WatchedInput input = new WatchedInput(LINES, () -> kv.engine.requests.size());
    int before = kv.engine.requests.size();
    kv.in = input;
    kv.run("import", "-", "--on-exists", "skip").prints("");
    assertEquals(List.of(before, before), input.seen);
  }

  @Test
  void ofALongInputTheStoreDoesNotWaitForTheEnd() {
    String line = "{\"key\":\"k\",\"value\":{\"v\":\"" + "x".repeat(10_000) + "\"}}\n";
    WatchedInput input = new WatchedInput(line.repeat(1_000), () -> kv.engine.requests.size());
    kv.in = input;
    int before = kv.engine.requests.size();
    kv.run("import", "-", "--on-exists", "replace", "--json")
        .prints("{\"imported\":1000,\"skipped\":0,\"expired\":0}\n");
    assertEquals(before, input.seen.get(0));
    assertEquals(before + 1, input.seen.get(input.seen.size() - 1));
  }

  @Test
  void anInputThatCannotBeReadIsToldWithARightLine(@TempDir Path folder) {
    String error = kv.run("import", folder.toString()).fails(9);
    assertTrue(error.startsWith("kv: STORAGE_FAILED: line 1: cannot read "), error);
  }
}
