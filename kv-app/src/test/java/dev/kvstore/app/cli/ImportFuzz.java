package dev.kvstore.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.app.cli.Program.Result;
import dev.kvstore.app.cli.io.LineReader;
import dev.kvstore.core.error.Printable;
import dev.kvstore.core.model.Entry;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A target for Jazzer: the input of {@code kv import}. What comes before a line that is refused is stored as Jackson reads it, the
 * refusal is one harmless line, and an export of it all, imported again, is the same.
 */
public final class ImportFuzz {

  private static final Pattern REFUSAL = Pattern.compile(
      "kv: INVALID_(?:KEY|VALUE|TTL): line (\\d+): .*; imported before it: \\d+", Pattern.DOTALL);
  private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder()
              .maxNestingDepth(Integer.MAX_VALUE)
              .maxNumberLength(Integer.MAX_VALUE)
              .build())
          .build())
      .build();

  /** Jackson takes no name with half a surrogate pair as an escape, which RFC 8259 allows. */
  private static final Pattern SURROGATE_ESCAPE = Pattern.compile("\\\\u[dD][89a-fA-F]");

  private record Held(JsonNode value, long expiresAtMillis) {}

  private ImportFuzz() {}

  /** Called by Jazzer with each input. */
  public static void fuzzerTestOneInput(byte[] input) {
    String[] lines = new String(input, StandardCharsets.UTF_8).split("\n", -1);
    Program kv = new Program();
    kv.in = new ByteArrayInputStream(input);
    Result result = kv.run("import", "-", "--on-exists", "replace");
    int refused = refusedLine(result, lines.length);
    String export = kv.run("export").out();
    if (!SURROGATE_ESCAPE.matcher(String.join("\n", lines)).find()) {
      assertEquals(entries(lines, refused - 1), entries(export.split("\n", -1), Integer.MAX_VALUE));
    }
    kv.runWithInput(export, "-s", "other", "import", "-").prints("");
    assertEquals(export, kv.run("-s", "other", "export").out());
  }

  /** The number of the line that was refused, from 1; that behind the last if none was. */
  private static int refusedLine(Result result, int lines) {
    assertEquals("", result.out());
    if (result.status() == 0) {
      assertEquals("", result.err());
      return lines + 1;
    }
    assertEquals(5, result.status(), result::err);
    String error = result.err().substring(0, result.err().length() - 1);
    assertTrue(error.codePoints().noneMatch(Printable::isHarmful), error);
    Matcher refusal = REFUSAL.matcher(error);
    assertTrue(refusal.matches(), error);
    return Integer.parseInt(refusal.group(1));
  }

  /** The entries that the first {@code count} lines bring, the last one of each key, without those that have expired. */
  private static Map<String, Held> entries(String[] lines, int count) {
    Map<String, Held> entries = new TreeMap<>();
    for (int i = 0; i < Math.min(count, lines.length); i++) {
      if (LineReader.isBlank(lines[i].getBytes(StandardCharsets.UTF_8))) {
        continue;
      }
      JsonNode line = JSON.readTree(lines[i]);
      JsonNode expiresAt = line.get("expiresAt");
      long expiry =
          expiresAt == null ? Entry.NEVER : Instant.parse(expiresAt.asString()).toEpochMilli();
      if (expiry > Program.START) {
        entries.put(line.get("key").asString(), new Held(line.get("value"), expiry));
      }
    }
    return entries;
  }
}
