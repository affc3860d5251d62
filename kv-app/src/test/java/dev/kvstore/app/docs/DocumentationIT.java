package dev.kvstore.app.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kvstore.core.KeyValueStore;
import dev.kvstore.core.error.ErrorCode;
import dev.kvstore.core.port.StoragePort;
import dev.kvstore.jsonfile.JsonFileStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every example of the documents does what they say. */
class DocumentationIT {

  @TempDir
  private Path folder;

  /** Runs the blocks marked "console": a line with a dollar is a command, what follows is what it shows. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "README.md",
        "kv-app/README.md",
        "kv-adapter-jsonfile/README.md",
        "kv-adapter-h2/README.md"
      })
  void consoleSessionsShowWhatTheySay(String path) throws Exception {
    for (String session : Document.at(path).blocks("console")) {
      List<String> shown = new Examples(folder).session(session);
      assertEquals(session.strip(), String.join("\n", shown), "a session of " + path);
    }
  }

  @Test
  void theMainReadmeHasASession() throws IOException {
    assertFalse(Document.at("README.md").blocks("console").isEmpty());
  }

  /** The blocks marked "java" of a document, one after the other, are one program each; what they print is given. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "README.md | {\"name\":\"Ada\"}; 1; [en, fr]",
        "kv-adapter-jsonfile/README.md | ''",
        "kv-adapter-h2/README.md | ''",
      })
  void libraryExamplesCompileAndRun(String path, String printed) throws Exception {
    try (StoragePort store = JsonFileStorage.open(folder.resolve("data/app.jsonl"))) {
      assertEquals(0, store.status(0).liveEntries());
    }
    List<String> examples = Document.at(path).blocks("java");
    List<String> shown = new ArrayList<>();
    for (String example : examples) {
      shown.addAll(new Examples(folder).java(example));
    }
    assertEquals(printed, String.join("; ", shown));
    assertFalse(examples.isEmpty());
  }

  @Test
  void theFirstExampleIsAsShortAsItSays() throws IOException {
    String first = Document.at("README.md").blocks("java").get(0);
    assertTrue(first.lines().count() <= 10, "ten lines are promised");
  }

  /** All of the quick start but the build, which has been done. */
  @Test
  void theTwoCommandsOfTheQuickStartWork() throws Exception {
    String block = Document.at("README.md").blocks("sh").get(0);
    String build = "mvn -q -DskipTests clean package && ";
    assertTrue(block.startsWith(build), block);
    Files.createSymbolicLink(folder.resolve("kv-app"), Document.top().resolve("kv-app"));
    assertEquals(
        List.of("{\"name\":\"Ada\"}"),
        new Examples(folder).command(block.substring(build.length())));
  }

  @Test
  void jqListsTheLiveEntriesWhileTheStoreIsOpen() throws Exception {
    Examples examples = new Examples(folder);
    assumeTrue(examples.canRun("jq"), "jq is not installed");
    String command = Document.at("README.md").blocks("sh").stream()
        .filter(block -> block.startsWith("jq "))
        .findAny()
        .orElseThrow();
    Path file = folder.resolve("store.jsonl");
    try (KeyValueStore past = new KeyValueStore(
        JsonFileStorage.open(file),
        InstantSource.offset(InstantSource.system(), Duration.ofHours(-1)))) {
      past.create("expired", "{}", 60);
    }
    try (KeyValueStore store =
        new KeyValueStore(JsonFileStorage.open(file), InstantSource.system())) {
      store.create("gone", "{}");
      store.create("kept", "{\"n\":1}");
      store.create("replaced", "{\"n\":2}");
      store.put("replaced", "{\"n\":3,\"s\":\"\\u00e9\"}", 3600);
      store.delete("gone");
      store.create("again", "{}");
      store.delete("again");
      store.create("again", "{\"n\":4}");
      List<String> shown = examples.command(command).stream().sorted().toList();
      assertEquals(
          List.of(
              "{\"key\":\"again\",\"value\":{\"n\":4}}",
              "{\"key\":\"kept\",\"value\":{\"n\":1}}",
              "{\"key\":\"replaced\",\"value\":{\"n\":3,\"s\":\"\u00e9\"}}"),
          shown);
    }
  }

  @Test
  void theReadmeNamesEveryErrorCode() throws IOException {
    String readme = Document.at("README.md").text();
    for (ErrorCode code : ErrorCode.values()) {
      assertTrue(readme.contains(code.name()), () -> code + " is missing in the README");
    }
  }
}
