package dev.kvstore.app.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.app.wiring.DaggerEngineComponent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole stores out to files, and from one engine to another. */
class ExportAndCopyTest {

  private static final String EXPORTED = """
      {"key":"a","value":{"n":1e400,"n":1.0}}
      {"key":"b\\"","value":{"s":"\\u00e9"},"expiresAt":"2023-11-14T22:14:20.000Z"}
      {"key":"é","value":{}}
      """;

  @TempDir
  Path folder;

  private final Program kv = new Program();

  @BeforeEach
  void someEntries() {
    kv.engines.putAll(DaggerEngineComponent.create().engines());
    kv.environment.put("KV_STORE", folder.resolve("s").toString());
    kv.runWithInput(EXPORTED, "import", "-").prints("");
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void writesAllInOrderOrAPart() {
    kv.run("export").prints(EXPORTED);
    kv.run("export", "-", "--prefix", "a")
        .prints(EXPORTED.lines().findFirst().orElseThrow() + "\n");
    kv.run("export", "--prefix", "none").prints("");
    kv.run("export", "--prefix", "none", "--format", "json").prints("[]\n");
    kv.run("export", "--format", "json")
        .prints("[\n" + String.join(",\n", EXPORTED.lines().toList()) + "\n]\n");
    assertTrue(kv.run("export", "--format", "xml").fails(2).contains("jsonl|json"));
  }

  @Test
  void replacesAFileOfTheUserAlone() throws IOException {
    Path file = Files.writeString(folder.resolve("out"), "before");
    kv.run("export", file.toString(), "--json").prints("{\"exported\":3}\n");
    assertEquals(EXPORTED, Files.readString(file));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertTrue(names().stream().noneMatch(name -> name.contains("unfinished")), names()::toString);
  }

  @Test
  void noStoreAndNothingThatBelongsToOneIsReplaced() throws IOException {
    for (String other : List.of("jsonfile:" + folder.resolve("o"), "h2:" + folder.resolve("h"))) {
      kv.run("-s", other, "create", "k", "{}").prints("");
    }
    Files.writeString(folder.resolve("s.torn-5"), "the only copy");
    for (String name : List.of(
        "o",
        "h.mv.db",
        "s.lock",
        "s.index",
        "s.compact",
        "h.mv.db.lock",
        "s.torn-5",
        "s.torn-5.1")) {
      Path file = folder.resolve(name);
      String before = Files.exists(file) ? Files.readString(file, ISO_8859_1) : "";
      String error = kv.run("export", file.toString()).fails(5);
      assertTrue(error.startsWith("kv: INVALID_LOCATION: "), error);
      assertEquals(before, Files.exists(file) ? Files.readString(file, ISO_8859_1) : "", name);
    }
    assertTrue(kv.run("-s", folder.resolve("s.lock").toString(), "put", "k", "{}")
        .fails(5)
        .startsWith("kv: INVALID_LOCATION: "));
    assertTrue(
        kv.run("put", "k", "@" + folder.resolve("s.lock")).fails(9).contains("lock of a store"));
  }

  @Test
  void aLinkBeforeTwoDotsLeadsWhereTheSystemSays() throws IOException {
    Files.createDirectories(folder.resolve("far/away"));
    Files.createSymbolicLink(folder.resolve("link"), folder.resolve("far/away"));
    kv.run("export", folder + "/link/../out").prints("");
    assertEquals(EXPORTED, Files.readString(folder.resolve("far/out")));
    assertTrue(Files.notExists(folder.resolve("out")));
  }

  @Test
  void aPersonIsAskedBeforeAFileIsReplaced() throws IOException {
    Path file = Files.writeString(folder.resolve("out"), "before");
    String question = "kv: replace \"" + file + "\"? [y/N] ";
    kv.terminals = "02";
    kv.environment.put("NO_COLOR", "1");
    for (String no : List.of("\n", "n\n", "", "yet\n")) {
      Program.Result refused = kv.runWithInput(no, "export", file.toString());
      assertEquals(5, refused.status(), no);
      assertTrue(refused.err().startsWith(question), refused.err());
      assertTrue(refused.err().contains("kv: INVALID_LOCATION: "), refused.err());
      assertEquals("before", Files.readString(file));
    }
    for (String yes : List.of("y\n", "YES\n")) {
      Files.writeString(file, "before");
      Program.Result agreed = kv.runWithInput(yes, "export", file.toString());
      assertEquals(0, agreed.status(), agreed.err());
      assertTrue(agreed.err().startsWith(question), agreed.err());
      assertEquals(EXPORTED, Files.readString(file));
    }
    for (List<String> unasked :
        List.of(List.of("-y"), List.of("--yes"), List.of("--json"), List.<String>of())) {
      Files.writeString(file, "before");
      kv.terminals = unasked.isEmpty() ? "0" : "02";
      List<String> words = new ArrayList<>(List.of("export", file.toString()));
      words.addAll(unasked);
      Program.Result result = kv.runWithInput("n\n", words.toArray(new String[0]));
      assertEquals(0, result.status(), result.err());
      assertFalse(result.err().contains("?"), result.err());
      assertEquals(EXPORTED, Files.readString(file));
    }
    Path fresh = folder.resolve("fresh");
    assertFalse(kv.runWithInput("", "export", fresh.toString()).err().contains("?"));
  }

  @Test
  void aRefusedExportLeavesTheFileAsItWas() throws IOException {
    Path file = Files.writeString(folder.resolve("out"), "before");
    kv.run("-s", folder.resolve("none").toString(), "export", file.toString()).fails(10);
    assertEquals("before", Files.readString(file));
    List<String> before = names();
    Files.createDirectory(folder.resolve("sub"));
    Files.createSymbolicLink(folder.resolve("link"), file);
    for (String wrong : List.of("sub", "link", "s")) {
      String error = kv.run("export", folder.resolve(wrong).toString()).fails(5);
      assertTrue(error.startsWith("kv: INVALID_LOCATION: "), error);
    }
    kv.run("export", folder.resolve("no/out").toString()).fails(9);
    kv.run("export").prints(EXPORTED);
    assertEquals("before", Files.readString(file));
    Files.delete(folder.resolve("sub"));
    Files.delete(folder.resolve("link"));
    assertEquals(before, names());
  }

  @ParameterizedTest
  @CsvSource({"jsonfile, jsonfile", "jsonfile, h2", "h2, jsonfile", "h2, h2"})
  void copiesToTheLetterBetweenAllEngines(String from, String to) {
    String source = from + ":" + folder.resolve("source");
    String target = to + ":" + folder.resolve("sub/target");
    kv.run("copy", folder.resolve("s").toString(), source).prints("");
    kv.run("copy", source, target, "--verify", "--json").prints("{\"copied\":3,\"expired\":0}\n");
    kv.run("-s", target, "export").prints(EXPORTED);
    kv.clock.advance(60_000);
    kv.run("-s", target, "list").prints("a\né\n");
  }

  @Test
  void copiesOnlyIntoAnEmptyStoreOfItsOwn() {
    String store = folder.resolve("s").toString();
    String other = folder.resolve("other").toString();
    kv.run("-s", other, "create", "k", "{}").prints("");
    String error = kv.run("copy", store, other).fails(4);
    assertTrue(error.startsWith("kv: KEY_EXISTS: store "), error);
    assertTrue(error.contains("key \"k\""), error);
    kv.run("copy", store, store).fails(2);
    kv.run("copy", store, "-s", other, other).fails(2);
    kv.run("copy", folder.resolve("none").toString(), folder.resolve("new").toString())
        .fails(10);
    assertTrue(Files.notExists(folder.resolve("new")));
    kv.run("-s", other, "list").prints("k\n");
  }

  @Test
  void aStoreIsTheSameUnderAnotherNameOfItsFolder() throws IOException {
    Files.createSymbolicLink(folder.resolve("link"), folder);
    String error = kv.run("--wait", "copy", folder + "/s", folder + "/link/s").fails(2);
    assertTrue(error.contains("the same store"), error);
  }

  @Test
  void optionsForWhatIsWrittenAreNotForTheSource() {
    String cluster = "etcd:127.0.0.1:1/kv";
    String to = folder.resolve("to").toString();
    // Durability and cap would be UNSUPPORTED there.
    String error = kv.run("copy", cluster, to, "--durability", "none", "--max-size", "90000")
        .fails(9);
    assertTrue(error.startsWith("kv: STORAGE_FAILED: "), error);
  }

  @Test
  void aCapOutOfBoundsIsAFaultOfTheCommandLine() {
    for (String command : List.of("list", "verify", "backup " + folder.resolve("b"))) {
      List<String> words = new ArrayList<>(List.of("--max-size", "2000000000"));
      words.addAll(List.of(command.split(" ")));
      assertTrue(
          kv.run(words.toArray(new String[0])).fails(2).startsWith("kv: USAGE: --max-size"),
          command);
    }
  }

  @Test
  void anEmptyStoreIsCopiedToo() {
    kv.runWithInput("", "-s", folder.resolve("empty").toString(), "import", "-").prints("");
    kv.run("copy", folder.resolve("empty").toString(), folder.resolve("e2").toString())
        .prints("");
    kv.run("-s", folder.resolve("e2").toString(), "list").prints("");
  }

  @Test
  void valuesThatTheTargetDoesNotTakeAreNamedByTheirKey() {
    kv.run("--values", "any", "create", "list", "[]").prints("");
    String store = folder.resolve("s").toString();
    String error = kv.run("copy", store, folder.resolve("t1").toString()).fails(5);
    assertTrue(error.startsWith("kv: INVALID_VALUE: entry \"list\": "), error);
    assertTrue(error.endsWith("; copied before it: 2"), error);
    kv.run("--values", "any", "copy", store, folder.resolve("t2").toString(), "--verify")
        .prints("");
  }

  @Test
  void aShellKeepsItsOptionsAlsoIfItsFirstCommandCopies() {
    String own = folder.resolve("s").toString();
    String script = "copy " + own + " " + folder.resolve("to") + "\nstats --json\n";
    Program.Result result = kv.runWithInput(script, "shell", "--max-size", "300000");
    assertEquals(0, result.status(), result.err());
    assertTrue(result.out().contains("\"maxFileBytes\":300000"), result.out());
  }

  @Test
  void aShellThatOnlyLooksCopiesNothingIntoItsOwnStore() throws IOException {
    String from = folder.resolve("s").toString();
    for (String own : List.of("o", "new")) {
      Path store = folder.resolve(own);
      kv.environment.put("KV_STORE", store.toString());
      if (own.equals("o")) {
        kv.runWithInput("", "import", "-").prints("");
      }
      String before = Contents.of(folder).toString();
      String script = "copy " + from + " " + store + "\n";
      Program.Result result = kv.runWithInput(script, "shell", "--read-only");
      assertEquals(2, result.status(), result.err());
      assertTrue(result.err().startsWith("kv: USAGE: line 1: --read-only "), result.err());
      assertEquals(before, Contents.of(folder).toString());
    }
  }

  @Test
  void theStoreOfTheEnvironmentDoesNotMatterToACopy() {
    String from = folder.resolve("s").toString();
    kv.environment.put("KV_STORE", "nope:x");
    kv.run("copy", from, folder.resolve("to").toString()).prints("");
    kv.environment.put("KV_STORE", folder.resolve("to").toString());
    kv.run("export").prints(EXPORTED);
  }
}
