package dev.kvstore.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.kvstore.app.wiring.DaggerEngineComponent;
import dev.kvstore.core.port.StoragePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every command that needs a store, on every kind of place that is none it can use: one line that says which, and nothing changed. */
class UnusableStoreTest {

  private static final List<String> ENGINES = List.of("jsonfile", "h2");

  private static final List<String> READERS = List.of(
      "read k",
      "exists k",
      "ttl k",
      "list",
      "list --values",
      "list --count",
      "export",
      "export %s.out",
      "stats",
      "copy %s.store %s.copy",
      "backup %s.backup",
      "verify",
      "repair --to %s.repaired",
      "delete k",
      "compact");

  private static final List<String> MAKERS =
      List.of("create k {}", "put k {}", "apply -", "import -", "copy %s.source %s.store");

  @TempDir
  Path folder;

  private final List<StoragePort> owners = new ArrayList<>();

  @AfterEach
  void giveUp() {
    owners.forEach(StoragePort::close);
  }

  /** Makes a place of some kind. */
  private interface Place {
    void make(Program kv, Path store) throws IOException;
  }

  @TestFactory
  Stream<DynamicNode> aStoreThatIsNotThere() throws IOException {
    return matrix("missing", 10, "STORE_MISSING", READERS, (kv, store) -> {});
  }

  @TestFactory
  Stream<DynamicNode> aStoreThatAnotherHas() throws IOException {
    return matrix("locked", 7, "STORE_LOCKED", all(), (kv, store) -> {
      kv.run("create", "k", "{}").prints("");
      String engine = kv.environment.get("KV_STORE").split(":", 2)[0];
      owners.add(kv.openedByAnother(engine, store));
    });
  }

  @TestFactory
  Stream<DynamicNode> aFileOfAnotherProgram() throws IOException {
    return matrix(
        "foreign",
        8,
        "UNSUPPORTED_FORMAT",
        all(),
        (kv, store) -> Files.writeString(dataFile(kv, store), "no store\n".repeat(2_000)));
  }

  @TestFactory
  Stream<DynamicNode> aFolder() throws IOException {
    return matrix(
        "folder",
        5,
        "INVALID_LOCATION",
        all(),
        (kv, store) -> Files.createDirectory(dataFile(kv, store)));
  }

  @TestFactory
  Stream<DynamicNode> aLinkToNowhere() throws IOException {
    return matrix(
        "link",
        5,
        "INVALID_LOCATION",
        all(),
        (kv, store) -> Files.createSymbolicLink(dataFile(kv, store), folder.resolve("nowhere")));
  }

  private static List<String> all() {
    return Stream.concat(READERS.stream(), MAKERS.stream()).toList();
  }

  private static Path dataFile(Program kv, Path store) {
    boolean h2 = kv.environment.get("KV_STORE").startsWith("h2:");
    return h2 ? store.resolveSibling(store.getFileName() + ".mv.db") : store;
  }

  private Stream<DynamicNode> matrix(
      String kind, int status, String code, List<String> commands, Place place) throws IOException {
    List<DynamicNode> engines = new ArrayList<>();
    for (String engine : ENGINES) {
      Program kv = new Program();
      kv.engines.putAll(DaggerEngineComponent.create().engines());
      String base = engine + ":" + folder.resolve(kind + "-" + engine);
      kv.environment.put("KV_STORE", base + ".source");
      kv.run("create", "s", "{}").prints("");
      kv.environment.put("KV_STORE", base + ".store");
      place.make(kv, folder.resolve(kind + "-" + engine + ".store"));
      engines.add(DynamicContainer.dynamicContainer(
          engine,
          commands.stream()
              // Of a file of lines there can be a copy while another process writes it.
              .filter(command -> !(kind + engine + command).startsWith("lockedjsonfilebackup"))
              .map(command -> dynamicTest(
                  command, () -> assertRefused(kv, command.replace("%s", base), status, code)))));
    }
    return engines.stream();
  }

  private void assertRefused(Program kv, String command, int status, String code)
      throws IOException {
    // The results of these are files, whatever the engine.
    String line = command.replaceFirst("^(export|backup) [a-z0-9]*:", "$1 ");
    Map<String, String> before = Contents.of(folder);
    String input = command.startsWith("apply")
        ? "{\"create\":\"k\",\"value\":{}}\n"
        : "{\"key\":\"k\",\"value\":{}}\n";
    String error = kv.runWithInput(input, line.split(" ", -1)).fails(status);
    assertTrue(error.startsWith("kv: " + code + ": "), error);
    assertEquals(before, Contents.of(folder));
  }
}
