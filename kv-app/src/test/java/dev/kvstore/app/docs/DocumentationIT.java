package dev.kvstore.app.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kvstore.core.KeyValueStore;
import dev.kvstore.core.error.ErrorCode;
import dev.kvstore.jsonfile.JsonFileStorage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
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
      List<String> shown = new ArrayList<>();
      for (String line : session.lines().toList()) {
        if (line.startsWith("$ ")) {
          shown.add(line);
          shown.addAll(run(line.substring(2)));
        }
      }
      assertEquals(session.strip(), String.join("\n", shown), "a session of " + path);
    }
  }

  @Test
  void theMainReadmeHasASession() throws IOException {
    assertFalse(Document.at("README.md").blocks("console").isEmpty());
  }

  @Test
  void theLibraryExampleCompilesAndRuns() throws Exception {
    String example = Document.at("README.md").blocks("java").get(0);
    assertTrue(example.lines().count() <= 10, "ten lines are promised");
    String source = """
        import dev.kvstore.core.*;
        import dev.kvstore.jsonfile.JsonFileStorage;
        import java.nio.file.Path;
        import java.time.InstantSource;
        public class Example {
          public static void main(String[] args) {
        %s
          }
        }
        """.formatted(example);
    Path file = Files.writeString(folder.resolve("Example.java"), source);
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process = new ProcessBuilder(
            java, "-cp", System.getProperty("java.class.path"), file.toString())
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .start();
    assertEquals("{\"name\":\"Ada\"}\n", output(process));
    assertTrue(Files.exists(folder.resolve("data/app.jsonl")));
  }

  @Test
  void jqListsTheLiveEntriesWhileTheStoreIsOpen() throws Exception {
    assumeTrue(
        output(new ProcessBuilder("sh", "-c", "command -v jq").start()).contains("jq"),
        "jq is not installed");
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
      Process process = new ProcessBuilder("sh", "-c", command)
          .directory(folder.toFile())
          .redirectErrorStream(true)
          .start();
      List<String> shown = output(process).lines().sorted().toList();
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

  private List<String> run(String command) throws Exception {
    Path launcher = Path.of(System.getProperty("kv.launcher"));
    ProcessBuilder builder = new ProcessBuilder("sh", "-c", command).directory(folder.toFile());
    builder.redirectErrorStream(true);
    builder.environment().put("PATH", launcher.getParent() + ":" + System.getenv("PATH"));
    builder.environment().put("XDG_DATA_HOME", folder.resolve("share").toString());
    builder.environment().remove("KV_STORE");
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    Process process = builder.start();
    process.getOutputStream().close();
    List<String> lines = new ArrayList<>(output(process).lines().toList());
    int exit = process.waitFor();
    if (exit != 0) {
      lines.add("[exit " + exit + "]");
    }
    return lines;
  }

  private static String output(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
