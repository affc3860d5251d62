package dev.kvstore.app.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.app.cli.Program.Result;
import dev.kvstore.app.wiring.DaggerEngineComponent;
import dev.kvstore.core.KeyValueStore;
import dev.kvstore.jsonfile.JsonFileStorage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands verify, repair and backup on the real engines. */
class MaintenanceCommandsTest {

  @TempDir
  Path folder;

  private Program on(String engine, String name) {
    Program kv = new Program();
    kv.engines.putAll(DaggerEngineComponent.create().engines());
    kv.environment.put("KV_STORE", engine + ":" + folder.resolve(name));
    return kv;
  }

  private Program filled(String engine) {
    Program kv = on(engine, "store");
    kv.run("create", "a", "{\"n\":1}").prints("");
    kv.run("put", "a", "{\"n\":\"findme\"}").prints("");
    kv.run("create", "b", "{\"n\":1e400}", "--ttl", "60").prints("");
    return kv;
  }

  /** Damages the newest value of the key a. */
  private void damage(String engine) throws IOException {
    Path file = folder.resolve(engine.equals("h2") ? "store.mv.db" : "store");
    byte[] bytes = Files.readAllBytes(file);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    // H2 has the value in each chunk that has its page.
    for (int at = text.indexOf("findme"); at >= 0; at = text.indexOf("findme", at + 1)) {
      bytes[at] ^= 1;
    }
    Files.write(file, bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jsonfile", "h2"})
  void aSoundStoreVerifiesInSilence(String engine) {
    Program kv = filled(engine);
    kv.run("verify").prints("");
    String json = kv.run("verify", "--json").out();
    assertTrue(json.startsWith("{\"engine\":\"" + engine + "\",\"location\":\"" + folder), json);
    assertTrue(json.contains("\"sound\":true,\"entries\":2,\"fileBytes\":"), json);
    assertTrue(json.endsWith(",\"tornBytes\":0,\"damaged\":0,\"places\":[]}\n"), json);
    kv.terminals = "012";
    Result shown = kv.run("verify");
    assertEquals("", shown.out());
    assertTrue(shown.err().contains("is sound: 2 entries, "), shown.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"verify", "verify --json"})
  void damageIsAFailureAlsoIfNobodyReadsWhereItIs(String command) throws IOException {
    Program kv = filled("jsonfile");
    damage("jsonfile");
    OutputStream closed = new FailingStream("Broken pipe", 0);
    Result result = kv.run(closed, new ByteArrayOutputStream(), command.split(" "));
    assertEquals(8, result.status());
    assertTrue(result.err().contains("STORE_CORRUPT"), result.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"jsonfile", "h2"})
  void damageIsListedAndRepairedIntoANewStore(String engine) throws IOException {
    Program kv = filled(engine);
    if (engine.equals("h2")) {
      // Damage to what was written last is found by H2's opening.
      kv.run("compact").prints("");
    }
    damage(engine);
    Result verified = kv.run("verify");
    assertEquals(8, verified.status());
    assertEquals(1, verified.out().lines().count(), verified.out());
    assertTrue(verified.out().startsWith(folder.resolve("store").toString()), verified.out());
    assertTrue(verified.out().contains("key \"a\": "), verified.out());
    assertEquals(1, verified.err().lines().count(), verified.err());
    assertTrue(verified.err().startsWith("kv: STORE_CORRUPT: store \""), verified.err());
    assertTrue(verified.err().contains("is damaged: 1 place; "), verified.err());
    Result json = kv.run("verify", "--json");
    assertEquals(8, json.status());
    assertTrue(json.out().contains("\"damaged\":1,\"places\":[{\"file\":"), json.out());
    assertTrue(json.err().contains("\"damaged\":1,\"entries\":"), json.err());
    Result repaired = kv.run("repair", "--to", folder.resolve("new").toString());
    assertEquals(0, repaired.status(), repaired.err());
    assertEquals(verified.out(), repaired.out(), "the same place is lost");
    assertTrue(repaired.err().contains("kv: note: kept "), repaired.err());
    assertTrue(repaired.err().contains("; lost 1 place\n"), repaired.err());
    Program made = on(engine, "new");
    made.run("verify").prints("");
    made.run("read", "b").prints("{\"n\":1e400}\n");
    made.run("ttl", "b").prints("60\n");
    if (engine.equals("jsonfile")) {
      assertTrue(repaired.err().contains("1 of them may be out of date"), repaired.err());
      made.run("read", "a").prints("{\"n\":1}\n");
    } else {
      made.run("read", "a").fails(3);
    }
    String refused = kv.run("repair", "--to", folder.resolve("new").toString()).fails(5);
    assertTrue(refused.startsWith("kv: INVALID_LOCATION: "), refused);
    String again = kv.run("repair", "--json", "--to", engine + ":" + folder.resolve("newer"))
        .out();
    assertTrue(again.contains("\"kept\":" + (engine.equals("h2") ? 1 : 2) + ","), again);
    assertTrue(again.contains("\"lost\":1,\"places\":[{"), again);
  }

  @Test
  void aTornTailIsNotedAndNoDamage() throws IOException {
    Program kv = filled("jsonfile");
    Path file = folder.resolve("store");
    Files.writeString(file, Files.readString(file) + "{\"seq\":4,\"at\":1");
    byte[] before = Files.readAllBytes(file);
    Result result = kv.run("verify");
    assertEquals(0, result.status());
    assertEquals("", result.out());
    assertEquals(
        "kv: note: the last 15 bytes are of a write that was cut short and never acknowledged;"
            + " the next opening cuts them off\n",
        result.err());
    assertArrayEquals(before, Files.readAllBytes(file));
  }

  @ParameterizedTest
  @ValueSource(strings = {"jsonfile", "h2"})
  void aBackupIsAStoreOfItsOwn(String engine) throws IOException {
    Program kv = filled(engine);
    Path copy = folder.resolve("deep/copy.jsonl");
    kv.run("backup", copy.toString(), "--json").prints("{\"entries\":2}\n");
    Program other = on("jsonfile", "deep/copy.jsonl");
    assertEquals(kv.run("list", "--values").out(), other.run("list", "--values").out());
    other.run("verify").prints("");
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)));
    byte[] before = Files.readAllBytes(copy);
    String refused = kv.run("backup", copy.toString()).fails(5);
    assertTrue(refused.startsWith("kv: INVALID_LOCATION: there is something at "), refused);
    assertArrayEquals(before, Files.readAllBytes(copy));
    kv.run("create", "later", "{}").prints("");
    kv.run("backup", "jsonfile:" + folder.resolve("second")).prints("");
    on("jsonfile", "second").run("list").prints("a\nb\nlater\n");
  }

  @Test
  void aBackupAndALookNeedNoLock() {
    Program kv = filled("jsonfile");
    try (KeyValueStore open =
        new KeyValueStore(JsonFileStorage.open(folder.resolve("store")), InstantSource.system())) {
      open.create("beside", "{}");
      kv.run("list").fails(7);
      kv.run("verify").fails(7);
      kv.run("verify", "--read-only").prints("");
      kv.run("backup", folder.resolve("copy").toString()).prints("");
      open.create("later", "{}");
    }
    on("jsonfile", "copy").run("list").prints("a\nb\nbeside\n");
  }

  @Test
  void wrongCallsAreUsageErrors() {
    Program kv = filled("jsonfile");
    kv.run("repair").fails(2);
    kv.run("backup").fails(2);
    kv.run("verify", "x").fails(2);
    String other = kv.run("repair", "--to", "h2:" + folder.resolve("x")).fails(2);
    assertTrue(other.contains("of the engine jsonfile, not h2"), other);
    kv.run("backup", "h2:" + folder.resolve("x")).fails(2);
    assertFalse(Files.exists(folder.resolve("x")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"jsonfile", "h2"})
  void theShellMaintainsTheStoreThatItHasOpenAndGoesOn(String engine) {
    Program kv = filled(engine);
    String own = engine + ":" + folder.resolve("store");
    Result result = kv.runWithInput("""
        create c {}
        verify --json
        create d {}
        backup @/copy --json
        create e {}
        repair --to @/whole --json
        create f {}
        compact --json
        copy %s @/twin --json
        delete f
        list
        """.formatted(own).replace("@", folder.toString()), "shell");
    assertEquals(0, result.status(), result.err());
    List<String> lines = result.out().lines().toList();
    assertTrue(lines.get(0).contains("\"sound\":true,\"entries\":3,"), lines.get(0));
    assertEquals("{\"entries\":4}", lines.get(1));
    assertTrue(lines.get(2).contains("\"kept\":5,"), lines.get(2));
    assertTrue(lines.get(3).startsWith("{\"bytesBefore\":"), lines.get(3));
    assertEquals("{\"copied\":6,\"expired\":0}", lines.get(4));
    assertEquals(List.of("a", "b", "c", "d", "e"), lines.subList(5, lines.size()));
    on("jsonfile", "copy").run("list").prints("a\nb\nc\nd\n");
    on(engine, "whole").run("list").prints("a\nb\nc\nd\ne\n");
    on("jsonfile", "twin").run("list", "--count").prints("6\n");
    kv.run("verify").prints("");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jsonfile", "h2"})
  void withinASessionNothingWorksOnTheWholeStore(String engine) {
    Program kv = filled(engine);
    for (String line : List.of("verify", "backup @/x", "repair --to @/x", "compact", "stats")) {
      Result result = kv.runWithInput(
          "begin\ndelete a\n" + line.replace("@", folder.toString()) + "\n", "shell");
      assertEquals(2, result.status(), line);
      assertTrue(result.err().contains("line 3: this does not go within a session"), result.err());
    }
    assertFalse(Files.exists(folder.resolve("x")));
    kv.run("list").prints("a\nb\n");
  }

  @Test
  void theShellRepairsAStoreThatDoesNotOpen() throws IOException {
    Program kv = filled("jsonfile");
    Files.deleteIfExists(folder.resolve("store.index"));
    damage("jsonfile");
    assertEquals(8, kv.runWithInput("list\n", "shell").status());
    Result repaired = kv.runWithInput("repair --to " + folder.resolve("new") + "\n", "shell");
    assertEquals(0, repaired.status(), repaired.err());
    on("jsonfile", "new").run("list").prints("a\nb\n");
  }

  @Test
  void aShellThatOnlyLooksVerifiesAndBacksUp() {
    Program kv = filled("jsonfile");
    Result result = kv.runWithInput(
        "list\nverify --json\nbackup " + folder.resolve("copy") + "\n", "--read-only", "shell");
    assertEquals(0, result.status(), result.err());
    assertTrue(result.out().contains("\"sound\":true,\"entries\":2,"), result.out());
    on("jsonfile", "copy").run("list").prints("a\nb\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jsonfile", "h2"})
  void whatIsNotThereIsMissingAndStaysSo(String engine) {
    Program kv = on(engine, "none");
    for (String[] words : new String[][] {
      {"verify"},
      {"repair", "--to", folder.resolve("to").toString()},
      {"backup", folder.resolve("to").toString()}
    }) {
      String error = kv.run(words).fails(10);
      assertTrue(error.startsWith("kv: STORE_MISSING: "), error);
    }
    String[] left = folder.toFile().list((where, name) -> !name.endsWith(".lock"));
    assertArrayEquals(new String[0], left);
  }

  @Test
  void anEngineWithoutMaintenanceSaysSo() {
    Program kv = new Program();
    kv.run("create", "a", "{}").prints("");
    for (String command : new String[] {"verify", "backup x", "repair --to x"}) {
      String error = kv.run(command.split(" ")).fails(2);
      assertTrue(error.startsWith("kv: UNSUPPORTED: the engine jsonfile cannot "), error);
    }
  }
}
