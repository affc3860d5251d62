package dev.kvstore.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.kvstore.app.cli.Program.Result;
import dev.kvstore.app.cli.args.Option;
import dev.kvstore.app.cli.command.Commands;
import dev.kvstore.app.wiring.DaggerEngineComponent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is on the command line: one line on standard error, the right exit status, and a store that is as it was. */
class BadInputTest {

  private static final String HUGE = "x".repeat(100_000);

  @TempDir
  Path folder;

  @BeforeEach
  void makeAPlaceForDirectories() throws IOException {
    Files.createDirectory(folder.resolve("directory"));
  }

  private record Row(int status, String code, List<String> words) {
    @Override
    public String toString() {
      String line = String.join(" ", words);
      return status + " " + code + ": " + (line.length() > 80 ? line.substring(0, 80) : line);
    }
  }

  private static Row usage(String... words) {
    return new Row(2, "USAGE", List.of(words));
  }

  private static Row row(int status, String code, String... words) {
    return new Row(status, code, List.of(words));
  }

  private List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (String command : Commands.NAMES) {
      rows.add(usage(command, "--nope"));
      rows.add(usage("--nope", command));
      rows.add(usage(command, "-Z"));
      rows.add(usage(command, "--" + HUGE));
      rows.add(usage(command, "--json=yes"));
      rows.add(usage(command, "--store"));
      rows.add(usage(command, "--max-size"));
      rows.add(usage(command, "--color", "sometimes"));
      rows.add(usage(command, "--ttl="));
      rows.add(usage(command, "\uFFFD"));
    }
    rows.removeIf(row -> row.words().get(row.words().size() - 1).equals("--ttl=")
        && Set.of("create", "put").contains(row.words().get(0)));
    rows.add(usage());
    rows.add(usage(""));
    rows.add(usage(HUGE));
    rows.add(usage("--"));
    rows.add(usage("old", "read"));
    rows.add(usage("read", "--", "--store", "x"));
    rows.add(usage("-s", "x"));
    rows.add(usage("create", "k", "{}", "extra"));
    rows.add(usage("create", "k", "{}", "--ttl"));
    rows.add(usage("create", "k", "@"));
    rows.add(usage("put", "k", "{}", "--limit", "5"));
    rows.add(usage("list", "--limit"));
    rows.add(usage("list", "--limit", HUGE));
    rows.add(usage("list", "--limit", ""));
    rows.add(usage("list", "--limit", "-1"));
    rows.add(usage("list", "--long", "--count"));
    rows.add(usage("export", "-", "--format", "xml"));
    rows.add(usage("export", "-", "--format", ""));
    rows.add(usage("import", "-", "--on-exists", HUGE));
    rows.add(usage("repair", "--to"));
    rows.add(usage("--durability", "", "list"));
    rows.add(usage("--max-size", "1e9", "list"));
    rows.add(usage("--max-size", "99999999999999999999", "list"));
    rows.add(usage("--max-size", "2000000000", "list"));
    rows.add(usage("--max-size", "1", "list"));
    rows.add(usage("--wait=1.5", "list"));
    rows.add(usage("--wait=99999999999999999999", "list"));
    rows.add(usage("-s", "nope:x", "list"));
    rows.add(usage("copy", "nope:x", "y"));
    rows.add(usage("help", HUGE));
    rows.add(usage("completion", ""));
    rows.add(row(5, "INVALID_TTL", "create", "k", "{}", "--ttl="));
    rows.add(row(5, "INVALID_TTL", "create", "k", "{}", "--ttl", HUGE));
    rows.add(row(5, "INVALID_TTL", "create", "k", "{}", "--ttl", "5", "--ttl", "x"));
    rows.add(row(5, "INVALID_KEY", "create", HUGE, "{}"));
    rows.add(row(5, "INVALID_KEY", "read", ""));
    rows.add(row(5, "INVALID_KEY", "delete", "none", ""));
    rows.add(row(5, "INVALID_KEY", "list", HUGE));
    rows.add(row(5, "INVALID_KEY", "export", "-", "--prefix", HUGE));
    rows.add(row(5, "INVALID_VALUE", "create", "k", ""));
    rows.add(row(5, "INVALID_VALUE", "put", "old", HUGE));
    rows.add(row(5, "INVALID_VALUE", "put", "old", "{\"a\":\"" + HUGE + "\"}"));
    rows.add(row(5, "INVALID_LOCATION", "-s", HUGE, "list"));
    rows.add(row(5, "INVALID_LOCATION", "-s", "", "list"));
    rows.add(row(5, "INVALID_LOCATION", "-s", " ", "create", "k", "{}"));
    rows.add(row(5, "INVALID_LOCATION", "-s", "a\nb", "create", "k", "{}"));
    rows.add(row(5, "INVALID_LOCATION", "-s", "a\u0000b", "list"));
    rows.add(row(5, "INVALID_LOCATION", "-s", folder.resolve("directory").toString(), "list"));
    rows.add(row(5, "INVALID_LOCATION", "-s", "/dev/null", "create", "k", "{}"));
    rows.add(row(5, "INVALID_LOCATION", "export", folder.toString()));
    rows.add(row(5, "INVALID_LOCATION", "export", ""));
    rows.add(row(5, "INVALID_LOCATION", "export", "a\u0000b"));
    rows.add(row(5, "INVALID_LOCATION", "backup", ""));
    rows.add(row(5, "INVALID_LOCATION", "backup", HUGE));
    rows.add(row(5, "INVALID_LOCATION", "backup", folder.toString()));
    rows.add(row(5, "INVALID_LOCATION", "backup", "/dev/null"));
    rows.add(row(5, "INVALID_LOCATION", "repair", "--to", ""));
    rows.add(row(5, "INVALID_LOCATION", "copy", "", "y"));
    rows.add(row(9, "STORAGE_FAILED", "create", "k", "@" + HUGE));
    rows.add(row(9, "STORAGE_FAILED", "create", "k", "@a\u0000b"));
    rows.add(row(9, "STORAGE_FAILED", "put", "old", "@" + folder));
    rows.add(row(9, "STORAGE_FAILED", "apply", ""));
    rows.add(row(9, "STORAGE_FAILED", "apply", folder.toString()));
    rows.add(row(9, "STORAGE_FAILED", "import", folder.resolve("none").toString()));
    rows.add(row(9, "STORAGE_FAILED", "export", folder.resolve("none/x").toString()));
    rows.add(row(10, "STORE_MISSING", "-s", folder.resolve("none").toString(), "list"));
    rows.add(row(10, "STORE_MISSING", "copy", folder.resolve("none").toString(), "y"));
    return rows;
  }

  @TestFactory
  Stream<DynamicNode> eachIsRefusedInOneLine() throws IOException {
    Map<String, Program> engines = new TreeMap<>();
    for (String engine : List.of("jsonfile", "h2")) {
      engines.put(engine, filled(engine));
    }
    Map<String, String> before = Contents.of(folder);
    return engines.entrySet().stream()
        .map(engine -> DynamicContainer.dynamicContainer(
            engine.getKey(),
            rows().stream()
                .map(row -> dynamicTest(
                    row.toString(), () -> assertRefused(engine.getValue(), row, before)))));
  }

  private void assertRefused(Program kv, Row row, Map<String, String> before) throws IOException {
    Result result = kv.runWithInput("", row.words().toArray(new String[0]));
    String error = result.fails(row.status());
    assertTrue(error.startsWith("kv: " + row.code() + ": "), error);
    assertTrue(error.length() < 1_000, () -> "a line of " + error.length() + " characters");
    Map<String, String> after = Contents.of(folder);
    assertEquals(before.keySet(), after.keySet());
    before.forEach((file, bytes) -> assertTrue(bytes.equals(after.get(file)), file + " changed"));
  }

  /** Puts words of all kinds into any order: there may be sense in it or not, but never a fault of the program. */
  @Test
  void noOrderOfWordsMakesTheProgramFail() throws IOException {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    List<String> words = new ArrayList<>(Commands.NAMES);
    words.remove("copy");
    words.addAll(
        List.of("", "-", "--", "old", "{}", "5", "[", "none", "\u001b[2J", "-s", "h2:", "-q"));
    for (Option option : Option.values()) {
      words.add(option.toString());
      words.add(option + "=");
      words.add(option + "=1");
    }
    words.removeIf(word -> word.startsWith("--wait"));
    // What names files would leave them where the test runs.
    words.removeAll(List.of("export", "backup", "repair", "--to=1", "--store=1", "-s", "--store"));
    Program kv = filled("jsonfile");
    for (int i = 0; i < 3_000; i++) {
      String[] line = new String[1 + random.nextInt(6)];
      for (int j = 0; j < line.length; j++) {
        line[j] = words.get(random.nextInt(words.size()));
      }
      Result result = kv.runWithInput(random.nextBoolean() ? "" : "{}", line);
      String what = "seed " + seed + ", " + String.join(" ", line) + ": " + result;
      assertTrue(result.status() != 1, what);
      assertTrue(result.status() == 0 || result.status() == 3 || !result.err().isEmpty(), what);
      assertTrue(result.err().indexOf('\u001b') < 0 || what.contains("--color"), what);
      assertTrue(
          result
              .err()
              .lines()
              .allMatch(text ->
                  text.startsWith("kv: ") || text.startsWith("{") || text.startsWith("\u001b")),
          what);
    }
  }

  private Program filled(String engine) {
    Program kv = new Program();
    kv.engines.putAll(DaggerEngineComponent.create().engines());
    kv.environment.put("KV_STORE", engine + ":" + folder.resolve(engine));
    kv.run("create", "old", "{\"v\":1}").prints("");
    return kv;
  }
}
