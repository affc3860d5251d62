package dev.kvstore.jsonfile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.JsonValue;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.port.Effect;
import dev.kvstore.core.port.Expectation;
import dev.kvstore.core.port.Mutation;
import dev.kvstore.jsonfile.PlainReader.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** FORMAT.md is true: its example is a store, a reader written from it agrees with the engine, and old files open for ever. */
class FormatDocumentTest {

  @TempDir
  private Path folder;

  @Test
  void theExampleOfTheDocumentIsAStore() throws IOException {
    String document = Files.readString(Path.of("FORMAT.md"));
    String block = document.split("```\n", 3)[1];
    assertEquals(withTrueChecksums(block), block, "the example with its true checksums");
    Path file = Files.writeString(folder.resolve("example.jsonl"), block);
    try (JsonFileStorage store = JsonFileStorage.open(file)) {
      assertEquals(
          Map.of("user:7", "{\"name\":\"Ada\"}", "a", "{}", "b", "{\"n\":1e400}"),
          Stored.in(store));
    }
    assertEquals(block, Files.readString(file));
    assertEquals(Verdict.CLOSED, new PlainReader(Files.readAllBytes(file)).verdict());
  }

  @Test
  void aReaderWrittenFromTheDocumentAgreesWithTheEngine() throws IOException {
    long first = new Random().nextInt(1_000_000);
    for (long seed = first; seed < first + 10; seed++) {
      Path file = folder.resolve("random" + seed + ".jsonl");
      Random random = new Random(seed);
      JsonFileStorage store = JsonFileStorage.open(file);
      for (int step = 0; step < 60; step++) {
        switch (random.nextInt(12)) {
          case 0 -> store.compact(Stored.NOW);
          case 1 -> {
            Map<String, String> held = Stored.in(store);
            store.close();
            PlainReader closed = new PlainReader(Files.readAllBytes(file));
            assertEquals(Verdict.CLOSED, closed.verdict(), "seed " + seed);
            assertEquals(held, closed.liveAt(Stored.NOW), "seed " + seed);
            store = JsonFileStorage.open(file);
          }
          default -> store.commit(mutations(random), Stored.NOW);
        }
        PlainReader reader = new PlainReader(Files.readAllBytes(file));
        assertEquals(Stored.in(store), reader.liveAt(Stored.NOW), "seed " + seed);
        assertTrue(Set.of(Verdict.OPEN, Verdict.CLOSED).contains(reader.verdict()), "seed " + seed);
      }
      store.close();
    }
  }

  @Test
  void aFileOfVersion1OpensForEver() throws IOException {
    byte[] golden = resource("version-1.jsonl");
    Path file = Files.write(folder.resolve("golden.jsonl"), golden);
    Map<String, String> expected = new TreeMap<>();
    for (String line : new String(resource("version-1.entries"), StandardCharsets.UTF_8)
        .lines()
        .toList()) {
      String[] keyAndValue = line.split("\t", 2);
      expected.put(keyAndValue[0], keyAndValue[1]);
    }
    assertEquals(expected, new PlainReader(golden).liveAt(Stored.NOW));
    try (JsonFileStorage store = JsonFileStorage.open(file)) {
      assertEquals(expected, Stored.in(store));
    }
    assertArrayEquals(golden, Files.readAllBytes(file));
    try (JsonFileStorage store = JsonFileStorage.open(file)) {
      store.compact(Stored.NOW);
      assertEquals(expected, Stored.in(store));
    }
    assertEquals(expected, new PlainReader(Files.readAllBytes(file)).liveAt(Stored.NOW));
  }

  static List<Mutation> mutations(Random random) {
    List<Mutation> mutations = new ArrayList<>();
    Set<Key> used = new HashSet<>();
    for (int i = random.nextInt(6) == 0 ? 5 : 1; i > 0; i--) {
      Key key =
          Key.of(List.of("a", "\"", "\\\"\\", "\u00e9", "\ud83d\ude00", "x\u2028y", "{\"seq\":")
              .get(random.nextInt(7)));
      if (used.add(key)) {
        long expiry = random.nextInt(3) == 0 ? Stored.NOW - 5 + random.nextInt(10) : Entry.NEVER;
        String value = List.of("{}", "{\"a\":1e400}", "{\"\":\"\\u00e9\\\"}\"}", "{\"x\":[1.0,{}]}")
            .get(random.nextInt(4));
        mutations.add(
            random.nextInt(4) == 0
                ? new Mutation(key, Expectation.ANY, Effect.REMOVE)
                : Mutation.put(key, JsonValue.parse(value), expiry));
      }
    }
    return mutations;
  }

  private static String withTrueChecksums(String lines) {
    StringBuilder result = new StringBuilder();
    String seed = "";
    for (String line : lines.lines().toList()) {
      String start = line.substring(0, line.lastIndexOf("\"crc\""));
      result.append(start).append("\"crc\":\"").append(PlainReader.checksum(seed, start));
      result.append("\"}\n");
      seed = "5d41402abc4b2a76/1";
    }
    return result.toString();
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream stream = FormatDocumentTest.class.getResourceAsStream("/golden/" + name)) {
      return stream.readAllBytes();
    }
  }
}
