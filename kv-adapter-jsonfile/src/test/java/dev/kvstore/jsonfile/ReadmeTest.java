package dev.kvstore.jsonfile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.JsonValue;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.port.Mutation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command lines of the README do what it says, while the store is open. */
class ReadmeTest {

  @TempDir
  private Path folder;

  @Test
  void theJqLineListsTheLiveEntries() throws Exception {
    String line = Files.readString(Path.of("README.md")).split("```sh\n", 2)[1].split("\n", 2)[0];
    Assumptions.assumeTrue(run("command -v jq").contains("jq"), "there is no jq");
    try (JsonFileStorage store = JsonFileStorage.open(folder.resolve("store.jsonl"))) {
      long now = System.currentTimeMillis();
      store.commit(List.of(put("gone", Entry.NEVER), put("a\"b", Entry.NEVER)), now);
      store.commit(List.of(put("expired", now - 1), put("later", now + 1_000_000)), now);
      store.commit(List.of(Mutation.delete(Key.of("gone"))), now);
      assertEquals("""
          {"key":"a\\"b","value":{"v":"a\\"b"}}
          {"key":"later","value":{"v":"later"}}
          """, run(line));
      assertEquals(
          "\"delete\":\"gone\"",
          run("grep . store.jsonl | tail -1 | grep -o '\"delete\":\"gone\"'").strip());
      assertEquals(
          "2",
          run("grep -c '\"put\":\"gone\"\\|\"delete\":\"gone\"' store.jsonl").strip());
    }
  }

  private String run(String command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder("sh", "-c", command)
        .directory(folder.toFile())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }

  private static Mutation put(String key, long expiry) {
    JsonValue value = JsonValue.parse("{\"v\":\"" + key.replace("\"", "\\\"") + "\"}");
    return Mutation.put(Key.of(key), value, expiry);
  }
}
