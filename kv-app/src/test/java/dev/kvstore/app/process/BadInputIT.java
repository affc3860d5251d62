package dev.kvstore.app.process;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What only a process can meet: bytes that are no text, streams that are closed or full, files that may not be read. */
class BadInputIT {

  private static final String NO_UTF8 = "printf '{\"a\":\"\\377\"}'";

  @TempDir
  private Path folder;

  private Shell on(String engine) throws Exception {
    Shell shell = new Shell(folder);
    shell.environment.put("KV_STORE", engine + ":" + folder.resolve(engine));
    shell.run("kv create old '{\"v\":1}'").prints("");
    return shell;
  }

  private Path dataFile(String engine) {
    return folder.resolve(engine.equals("h2") ? "h2.mv.db" : engine);
  }

  private record Row(int status, String code, String script) {}

  private static Row row(int status, String code, String script) {
    return new Row(status, code, script);
  }

  private static List<Row> rows() {
    return List.of(
        row(5, "INVALID_VALUE", NO_UTF8 + " | kv create k"),
        row(5, "INVALID_VALUE", NO_UTF8 + " | kv put old -"),
        row(5, "INVALID_VALUE", "printf '{\"put\":\"k\\377\",\"value\":{}}\\n' | kv apply -"),
        row(
            5,
            "INVALID_VALUE",
            "printf '{\"key\":\"k\\355\\240\\200\",\"value\":{}}' | kv import -"),
        row(5, "INVALID_VALUE", "head -c 2000000 /dev/zero | kv apply -"),
        row(5, "INVALID_VALUE", "head -c 2000000 /dev/zero | kv import -"),
        row(5, "INVALID_VALUE", "kv create k </dev/null"),
        row(2, "USAGE", "kv create \"$(printf 'k\\377')\" {}"),
        row(2, "USAGE", "kv export \"$(printf 'f\\377')\""),
        row(9, "STORAGE_FAILED", "kv create k <&-"),
        row(9, "STORAGE_FAILED", "kv apply - <&-"),
        row(9, "STORAGE_FAILED", "kv create k <."),
        row(9, "STORAGE_FAILED", "kv export >/dev/full"),
        row(9, "STORAGE_FAILED", "kv list --values >/dev/full"),
        row(9, "STORAGE_FAILED", "kv stats >/dev/full"),
        row(9, "STORAGE_FAILED", "kv ttl old >/dev/full"),
        row(9, "STORAGE_FAILED", "kv path >&-"),
        row(9, "STORAGE_FAILED", "kv export >&-"),
        row(9, "STORAGE_FAILED", "kv export /dev/full/x"),
        row(5, "INVALID_LOCATION", "kv export /dev/full"),
        row(5, "INVALID_LOCATION", "kv backup /dev/full"));
  }

  @TestFactory
  Stream<DynamicNode> eachIsRefusedInOneLineAndTheStoreStays() {
    return Stream.of("jsonfile", "h2")
        .flatMap(engine -> rows().stream()
            .map(row -> dynamicTest(engine + ": " + row.script(), () -> refuse(engine, row))));
  }

  private void refuse(String engine, Row row) throws Exception {
    Files.deleteIfExists(dataFile(engine));
    Shell shell = on(engine);
    byte[] before = Files.readAllBytes(dataFile(engine));
    shell.run(row.script()).fails(row.status(), row.code());
    assertArrayEquals(before, Files.readAllBytes(dataFile(engine)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"jsonfile", "h2"})
  void aScriptOfNoTextIsRefusedAndNamed(String engine) throws Exception {
    Shell shell = on(engine);
    byte[] before = Files.readAllBytes(dataFile(engine));
    Shell.Result result = shell.run("printf 'list\\ncreate k\\377 {}\\nlist\\n' | kv shell");
    assertEquals(2, result.status(), result::toString);
    assertEquals("old\n", result.out());
    assertTrue(result.err().startsWith("kv: USAGE: line 2: "), result.err());
    assertArrayEquals(before, Files.readAllBytes(dataFile(engine)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"jsonfile", "h2"})
  void aReaderThatGoesAwayIsNoError(String engine) throws Exception {
    Shell shell = on(engine);
    shell
        .run(
            "i=0; while [ $i -lt 3000 ]; do echo '{\"put\":\"k'$i'\",\"value\":{\"fill\":"
                + "\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"}}'; i=$((i+1)); done | kv apply -")
        .prints("");
    for (String command : List.of("list", "export", "list --values", "list --long")) {
      Shell.Result result = shell.run("{ kv " + command + "; echo $? >status; } | head -n 1");
      assertEquals(0, result.status());
      assertEquals("", result.err(), command);
      assertEquals("0\n", Files.readString(folder.resolve("status")), command);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"jsonfile", "h2"})
  void aStoreThatMayNotBeReadIsNamed(String engine) throws Exception {
    Shell shell = on(engine);
    boolean root = shell.run("id -u").out().equals("0\n");
    assumeTrue(
        !root || shell.run("setpriv --version").status() == 0,
        "NOT TESTED: a store that may not be read; root may read everything, and there is no setpriv");
    String other = root ? "setpriv --reuid=65534 --regid=65534 --clear-groups " : "";
    String chmod = root ? "chmod 755 . && " : "chmod 000 " + dataFile(engine) + " && ";
    byte[] before = Files.readAllBytes(dataFile(engine));
    Shell.Result seen = shell.run("chmod 755 . && " + other + "ls " + folder);
    assumeTrue(
        seen.status() == 0,
        "NOT TESTED: a store that may not be read; its folder cannot be entered by others");
    for (String command : List.of("read old", "list", "verify", "create k {}", "backup copy")) {
      Shell.Result result = shell.run(chmod + other + "kv " + command);
      String error = result.fails(9, "STORAGE_FAILED");
      assertTrue(error.toLowerCase(Locale.ROOT).contains("permission denied"), error);
    }
    shell.run("chmod 600 " + dataFile(engine));
    assertArrayEquals(before, Files.readAllBytes(dataFile(engine)));
  }
}
