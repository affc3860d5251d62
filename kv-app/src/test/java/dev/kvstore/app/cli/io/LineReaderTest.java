package dev.kvstore.app.cli.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kvstore.core.error.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineReaderTest {

  @TempDir
  Path folder;

  private List<String> lines(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("lines"), text);
    List<String> lines = new ArrayList<>();
    try (Input input = Input.file(file.toString())) {
      LineReader reader = new LineReader(input);
      for (byte[] line = reader.next(); line != null; line = reader.next()) {
        lines.add(new String(line, StandardCharsets.UTF_8));
        assertEquals(lines.size(), reader.number());
      }
    }
    return lines;
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "a\n", "\n", "\n\n", "a\nb", "a\r\n\nb\n", "é\n\u0000\n"})
  void splitsAtLineFeeds(String text) throws IOException {
    List<String> expected = new ArrayList<>(List.of(text.split("\n", -1)));
    if (expected.get(expected.size() - 1).isEmpty()) {
      expected.remove(expected.size() - 1);
    }
    assertEquals(expected, lines(text));
  }

  @ParameterizedTest
  @ValueSource(ints = {8_191, 8_192, 8_193, 16_384, 100_000, LineReader.MAX_LINE_BYTES})
  void linesMayBeLongerThanTheBuffer(int length) throws IOException {
    String line = "x".repeat(length);
    assertEquals(List.of(line, line, "y"), lines(line + "\n" + line + "\ny"));
  }

  @Test
  void aLineThatIsTooLongIsRefusedWithTheFigures() {
    InvalidInputException e = assertThrows(
        InvalidInputException.class, () -> lines("x".repeat(LineReader.MAX_LINE_BYTES + 1)));
    assertEquals((long) LineReader.MAX_LINE_BYTES, e.details().get("limit"));
    assertEquals((long) LineReader.MAX_LINE_BYTES + 1, e.details().get("actual"));
  }
}
