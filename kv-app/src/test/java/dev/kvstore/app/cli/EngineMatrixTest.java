package dev.kvstore.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.kvstore.app.cli.Program.Result;
import dev.kvstore.app.cli.Violations.Violation;
import dev.kvstore.app.wiring.DaggerEngineComponent;
import dev.kvstore.core.port.StoragePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The real engines under the real commands: every rule violation, and what only a real store can do. */
class EngineMatrixTest {

  @TempDir
  Path folder;

  private Program on(String engine) {
    return on(engine, "store");
  }

  private Program on(String engine, String name) {
    Program kv = new Program();
    kv.engines.putAll(DaggerEngineComponent.create().engines());
    kv.environment.put("KV_STORE", engine + ":" + folder.resolve(name));
    return kv;
  }

  @TestFactory
  Stream<DynamicNode> everyViolationIsToldInOneLineAndChangesNothing() throws IOException {
    List<DynamicNode> engines = new ArrayList<>();
    for (String engine : List.of("jsonfile", "h2")) {
      Program kv = on(engine, engine);
      kv.run("create", "old", "{\"v\":1}").prints("");
      kv.run("put", "old", "{\"v\":2}").prints("");
      Map<String, String> before = Contents.of(folder);
      engines.add(DynamicContainer.dynamicContainer(
          engine,
          Violations.all().stream()
              .map(violation -> dynamicTest(
                  violation.toString(), () -> assertRefused(kv, violation, engine, before)))));
    }
    return engines.stream();
  }

  private void assertRefused(
      Program kv, Violation violation, String engine, Map<String, String> before)
      throws IOException {
    violation.isRefusedBy(kv);
    kv.run("list", "--values").prints("{\"key\":\"old\",\"value\":{\"v\":2}}\n");
    String own = folder.resolve(engine).toString();
    Map<String, String> after = Contents.of(folder);
    before.keySet().stream()
        .filter(file -> file.startsWith(own))
        .forEach(file -> assertTrue(before.get(file).equals(after.get(file)), file + " changed"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"jsonfile", "h2"})
  void commandsWorkTogether(String engine) {
    Program kv = on(engine);
    kv.run("create", "a", "{ \"n\":1e400 }", "--ttl", "10").prints("");
    kv.runWithInput(
            "{\"create\":\"b\",\"value\":{}}\n{\"put\":\"c\",\"value\":{\"x\":1.0}}", "apply", "-")
        .prints("");
    kv.run("delete", "b").prints("");
    kv.run("compact").prints("");
    kv.run("list", "--values").prints("""
            {"key":"a","value":{"n":1e400},"expiresAt":"2023-11-14T22:13:30.000Z"}
            {"key":"c","value":{"x":1.0}}
            """);
    kv.clock.advance(10_000);
    kv.run("list").prints("c\n");
    kv.run("list", "--count").prints("1\n");
    String stats = kv.run("stats", "--json").out();
    assertTrue(stats.contains("\"engine\":\"" + engine + "\""), stats);
    String path = kv.run("path").out().strip();
    assertTrue(stats.contains("\"location\":\"" + path + "\""), stats);
    assertTrue(Files.isRegularFile(Path.of(path)), path);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jsonfile", "h2"})
  void aRefusedCommandLeavesNothingBehind(String engine) throws IOException {
    Program kv = on(engine, "sub/store");
    for (Violation violation : Violations.all()) {
      if (!violation.words().equals(List.of("create", "old", "{}"))) {
        Result result =
            kv.runWithInput(violation.input(), violation.words().toArray(new String[0]));
        assertTrue(result.status() != 0, violation::toString);
        assertTrue(Files.notExists(folder.resolve("sub")), violation::toString);
      }
    }
    for (String line :
        List.of("list", "stats", "compact", "delete a", "exists a", "ttl a", "read a")) {
      assertTrue(kv.run(line.split(" ")).fails(10).startsWith("kv: STORE_MISSING: "), line);
    }
    kv.runWithInput("{\"create\":\"a\",\"value\":{}}", "apply", "-", "--dry-run")
        .prints("");
    assertEquals(Map.of(), Contents.of(folder));
    assertTrue(Files.notExists(folder.resolve("sub")));
  }

  @ParameterizedTest
  @CsvSource({"jsonfile, 65536", "h2, 1000000"})
  void aFullStoreSaysSoAndGoesOnDeleting(String engine, String bytes) {
    Program kv = on(engine);
    String value = "{\"a\":\"" + "x".repeat(16_000) + "\"}";
    int created = 0;
    Result result;
    while (true) {
      result = kv.run("--max-size", bytes, "create", "k" + created, value);
      if (result.status() != 0 || created > 100) {
        break;
      }
      created++;
    }
    String error = result.fails(6);
    assertTrue(error.startsWith("kv: STORE_FULL: "), error);
    assertTrue(error.contains(bytes), error);
    kv.run("--max-size", bytes, "list", "--count").prints(created + "\n");
    kv.run("--max-size", bytes, "delete", "k0").prints("");
    kv.run("--max-size", bytes, "create", "small", "{}").prints("");
  }

  @ParameterizedTest
  @CsvSource({"jsonfile, 65536", "h2, 1000000"})
  void aSizeOutOfBoundsIsAWrongCommandLine(String engine, long least) {
    Program kv = on(engine);
    for (String wrong : List.of(Long.toString(least - 1), "1000000001")) {
      String error = kv.run("--max-size", wrong, "create", "k", "{}").fails(2);
      assertTrue(error.contains(wrong), error);
    }
    assertTrue(Files.notExists(folder.resolve("store")));
    kv.run("--max-size", Long.toString(least), "create", "k", "{}").prints("");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jsonfile", "h2"})
  void aStoreThatSomebodyHasIsLocked(String engine) {
    Program kv = on(engine);
    kv.run("create", "k", "{}").prints("");
    StoragePort other = kv.openedByAnother(engine, folder.resolve("store"));
    try (other) {
      for (String line : List.of("read k", "list", "delete k", "stats", "compact", "put k {}")) {
        assertTrue(kv.run(line.split(" ")).fails(7).startsWith("kv: STORE_LOCKED: "), line);
      }
    }
    kv.run("read", "k").prints("{}\n");
  }

  @Test
  void aStoreThatSomebodyHasCanBeLookedAtReadOnly() throws IOException {
    Program kv = on("jsonfile");
    kv.run("create", "k", "{\"n\":1.0}").prints("");
    StoragePort other = kv.openedByAnother("jsonfile", folder.resolve("store"));
    try (other) {
      Map<String, String> before = Contents.of(folder);
      kv.run("read", "k", "--read-only").prints("{\"n\":1.0}\n");
      kv.run("exists", "k", "--read-only").prints("");
      kv.run("list", "--read-only").prints("k\n");
      kv.run("export", "--read-only").prints("{\"key\":\"k\",\"value\":{\"n\":1.0}}\n");
      String stats = kv.run("stats", "--json", "--read-only").out();
      assertTrue(stats.contains("\"engine\":\"jsonfile\""), stats);
      assertTrue(kv.run("put", "k", "{}", "--read-only").fails(2).contains("--read-only"));
      assertEquals(before, Contents.of(folder));
    }
    kv.environment.put("KV_STORE", folder.resolve("none/store").toString());
    assertTrue(kv.run("list", "--read-only").fails(10).startsWith("kv: STORE_MISSING: "));
    assertTrue(Files.notExists(folder.resolve("none")));
  }

  @Test
  void anH2StoreIsReadWithoutAChange() throws IOException {
    Program kv = on("h2");
    kv.run("create", "k", "{}").prints("");
    Map<String, String> before = Contents.of(folder);
    kv.run("read", "k", "--read-only").prints("{}\n");
    kv.run("list", "--read-only").prints("k\n");
    assertTrue(kv.run("put", "k", "{}", "--read-only").fails(2).contains("--read-only"));
    assertEquals(before, Contents.of(folder));
    StoragePort other = kv.openedByAnother("h2", folder.resolve("store"));
    try (other) {
      assertTrue(kv.run("read", "k", "--read-only").fails(7).startsWith("kv: STORE_LOCKED: "));
    }
  }

  @ParameterizedTest
  @CsvSource({"jsonfile, store", "h2, store.mv.db"})
  void aFileThatIsNoStoreIsLeftAlone(String engine, String file) throws IOException {
    Program kv = on(engine);
    Files.writeString(folder.resolve(file), "this is no store\n".repeat(1_000));
    Map<String, String> before = Contents.of(folder);
    for (String line : List.of("read k", "list", "delete k", "stats", "compact", "put k {}")) {
      String error = kv.run(line.split(" ")).fails(8);
      assertTrue(error.startsWith("kv: UNSUPPORTED_FORMAT: "), error);
    }
    assertEquals(before, Contents.of(folder));
  }

  @ParameterizedTest
  @CsvSource({"jsonfile, store", "h2, store.mv.db"})
  void placesWhereNoStoreCanBeAreRefused(String engine, String file) throws IOException {
    Program kv = on(engine);
    Files.createDirectory(folder.resolve(file));
    assertTrue(kv.run("create", "k", "{}").fails(5).contains("is a directory"));
    Files.delete(folder.resolve(file));
    Files.createSymbolicLink(folder.resolve(file), folder.resolve("elsewhere"));
    Map<String, String> before = Contents.of(folder);
    assertTrue(kv.run("create", "k", "{}").fails(5).contains("symbolic link"));
    kv.environment.put("KV_STORE", engine + ":\u001b");
    assertTrue(kv.run("create", "k", "{}").fails(5).startsWith("kv: INVALID_LOCATION: "));
    assertEquals(before, Contents.of(folder));
  }
}
