package dev.kvstore.jsonfile.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kvstore.jsonfile.file.StoreFile;
import dev.kvstore.jsonfile.simulation.SimulatedDisk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineReaderTest {

  private static final Path FILE = Path.of("/store/lines").toAbsolutePath();
  private static final int BUFFER = 1 << 16;

  @Test
  void linesAroundTheEndOfTheBufferAreWhole() throws IOException {
    for (int length = 1; length < 40; length++) {
      String line = "x".repeat(length - 1) + "\n";
      for (int before = BUFFER - 45; before <= BUFFER + 5; before += 3) {
        expectSameLines(line.repeat(before / length) + line + "end");
      }
    }
  }

  @Test
  void aLineOfTheLongestLengthIsWholeAndALongerOneIsNone() throws IOException {
    for (int length = LogFormat.MAX_LINE_BYTES - 2;
        length < LogFormat.MAX_LINE_BYTES + 3;
        length++) {
      for (int before : new int[] {0, 1, BUFFER - LogFormat.MAX_LINE_BYTES, BUFFER - 10}) {
        expectSameLines("\n".repeat(before) + "y".repeat(length - 1) + "\nnext\n");
      }
    }
    expectSameLines("z".repeat(3 * BUFFER) + "\n\nnext\n");
    expectSameLines("z".repeat(3 * BUFFER));
    expectSameLines("");
    expectSameLines("\n");
  }

  @Test
  void randomLinesAreCutAsTheyShould() throws IOException {
    long seed = new Random().nextInt(1_000_000);
    Random random = new Random(seed);
    for (int file = 0; file < 50; file++) {
      StringBuilder text = new StringBuilder();
      while (text.length() < 2 * BUFFER) {
        int length = random.nextInt(5) == 0 ? random.nextInt(30_000) : random.nextInt(200);
        text.append("r".repeat(length)).append("\n".repeat(random.nextInt(3)));
      }
      expectSameLines(text.toString());
    }
  }

  private static void expectSameLines(String text) throws IOException {
    List<String> expected = new ArrayList<>();
    for (int start = 0; start < text.length(); ) {
      int feed = text.indexOf('\n', start);
      int end = feed < 0 ? text.length() : feed + 1;
      boolean valid = feed >= 0 && end - start <= LogFormat.MAX_LINE_BYTES;
      expected.add(start + "+" + (end - start) + " " + valid + " " + (valid ? end - start - 1 : 0));
      start = end;
    }
    SimulatedDisk disk = new SimulatedDisk();
    disk.place(FILE, text.getBytes(StandardCharsets.US_ASCII));
    List<String> found = new ArrayList<>();
    try (StoreFile file = disk.open(FILE)) {
      LineReader reader = new LineReader(file, 0);
      for (Optional<RawLine> line = reader.next(); line.isPresent(); line = reader.next()) {
        RawLine raw = line.get();
        found.add(
            raw.offset() + "+" + raw.length() + " " + raw.terminated() + " " + raw.text().length);
      }
    }
    assertEquals(expected, found);
  }
}
