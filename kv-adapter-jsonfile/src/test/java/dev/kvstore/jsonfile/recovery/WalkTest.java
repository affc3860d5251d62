package dev.kvstore.jsonfile.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kvstore.jsonfile.log.LogLine.Place;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Lines that are read by one who knows which of them count. */
class WalkTest {

  private static final LogText LOG =
      new LogText().put(1, "a").put(2, "b").add(new Place(5, 2, 0, 1, 1), LogText.put("c"));

  private record Walk(List<String> seen, OptionalLong damaged) {}

  private static Walk walk(byte[] bytes, long from, long to) throws IOException {
    List<String> seen = new ArrayList<>();
    OptionalLong damaged = LineWalk.over(
        LogText.file(bytes),
        LogText.HEADER,
        from,
        to,
        (line, offset) -> seen.add(line.place().seq() + "@" + offset));
    return new Walk(seen, damaged);
  }

  @Test
  void aWalkShowsSoundLinesAndTheFirstThatIsNot() throws IOException {
    String first = "1@" + LOG.start(0);
    String second = "2@" + LOG.start(1);
    String third = "5@" + LOG.start(2);
    assertEquals(
        new Walk(List.of(first, second, third), OptionalLong.empty()),
        walk(LOG.bytes(), LOG.start(0), LOG.end()));
    assertEquals(
        new Walk(List.of(second), OptionalLong.empty()),
        walk(LOG.bytes(), LOG.start(1), LOG.start(2)));
    assertEquals(
        new Walk(List.of(), OptionalLong.empty()), walk(LOG.bytes(), LOG.start(1), LOG.start(1)));
    byte[] damaged = LOG.flipped(1, 20);
    assertEquals(
        new Walk(List.of(first, third), OptionalLong.of(LOG.start(1))),
        walk(damaged, LOG.start(0), LOG.end()));
    damaged[(int) LOG.start(2) + 20] ^= 1;
    assertEquals(
        new Walk(List.of(first), OptionalLong.of(LOG.start(1))),
        walk(damaged, LOG.start(0), LOG.end()));
  }

  @Test
  void aFileThatEndsTooEarlyIsDamagedThere() throws IOException {
    byte[] cut = Arrays.copyOf(LOG.bytes(), (int) LOG.start(2));
    assertEquals(
        OptionalLong.of(LOG.start(2)), walk(cut, LOG.start(0), LOG.end()).damaged());
    byte[] torn = Arrays.copyOf(LOG.bytes(), (int) LOG.end() - 1);
    assertEquals(
        OptionalLong.of(LOG.start(2)), walk(torn, LOG.start(0), LOG.end()).damaged());
    byte[] both = Arrays.copyOf(LOG.flipped(0, 20), (int) LOG.start(2));
    assertEquals(
        OptionalLong.of(LOG.start(0)), walk(both, LOG.start(0), LOG.end()).damaged());
  }

  private static boolean sound(byte[] bytes, long to, long before, long last) throws IOException {
    List<String> told = new ArrayList<>();
    boolean sound = WrittenLines.areSound(
        LogText.file(bytes),
        LogText.HEADER,
        LOG.start(0),
        to,
        before,
        last,
        (done, total) -> told.add(done + " of " + total));
    if (sound) {
      assertEquals(LOG.start(1) + " of " + to, told.get(0));
      assertEquals(to + " of " + to, told.get(told.size() - 1));
    }
    return sound;
  }

  @Test
  void writtenLinesAreSoundOnlyAsAWhole() throws IOException {
    assertEquals(true, sound(LOG.bytes(), LOG.end(), 0, 5));
    assertEquals(true, sound(LOG.bytes(), LOG.start(2), 0, 2));
    assertEquals(false, sound(LOG.bytes(), LOG.end(), 1, 5), "another line was before");
    assertEquals(false, sound(LOG.bytes(), LOG.end(), 0, 6), "the last one is missing");
    assertEquals(false, sound(LOG.bytes(), LOG.end() - 1, 0, 5), "they end elsewhere");
    assertEquals(false, sound(LOG.bytes(), LOG.end() + 1, 0, 5), "the file is too short");
    for (int line = 0; line < 3; line++) {
      assertEquals(false, sound(LOG.flipped(line, 20), LOG.end(), 0, 5));
    }
    byte[] unfinished = Arrays.copyOf(LOG.bytes(), (int) LOG.end() - 1);
    assertEquals(false, sound(unfinished, LOG.end(), 0, 5));
    assertEquals(false, sound(unfinished, LOG.end() - 1, 0, 5));
  }
}
