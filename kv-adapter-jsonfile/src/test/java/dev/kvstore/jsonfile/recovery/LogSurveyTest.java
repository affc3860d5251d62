package dev.kvstore.jsonfile.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kvstore.core.model.Key;
import dev.kvstore.core.port.DamagedPlace;
import dev.kvstore.jsonfile.log.LogLine.Delete;
import dev.kvstore.jsonfile.log.LogLine.Place;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is told of a damaged file: which commits count, and what is lost where. */
class LogSurveyTest {

  private static final String DAMAGED = "the line is damaged: its checksum or its form is wrong";
  private static final String WITH_OTHERS =
      "other lines of its commit are lost, so it does not count";

  /** The sequence numbers of the lines of each commit that counts, and what is lost as {@code offset line key: fault}. */
  private static final class Told implements LogSurvey.Visitor {

    private final List<List<Long>> whole = new ArrayList<>();
    private final List<String> lost = new ArrayList<>();
    private final List<Long> reached = new ArrayList<>();
    private long torn;

    @Override
    public void whole(List<SurveyedLine> commit) {
      whole.add(commit.stream().map(line -> line.line().place().seq()).toList());
    }

    @Override
    public void lost(DamagedPlace place) {
      lost.add(place.offset().getAsLong() + " " + place.line().getAsLong() + " "
          + place.key().orElse("-") + ": " + place.fault());
    }

    @Override
    public void reached(long offset) {
      reached.add(offset);
    }
  }

  private static Told survey(byte[] bytes) throws IOException {
    Told told = new Told();
    long start = LogText.HEADER.line().length;
    told.torn = new LogSurvey(LogText.file(bytes), "s", LogText.HEADER, start, told).run();
    return told;
  }

  private static String lost(LogText log, int index, String key, String fault) {
    return log.start(index) + " " + (index + 2) + " " + key + ": " + fault;
  }

  /** Three commits: of one line, of three, and of one that knows all before it. */
  private static LogText session() {
    return new LogText()
        .put(1, "a")
        .add(new Place(2, 1, 0, 1, 3), LogText.put("b"))
        .add(new Place(3, 2, 1, 2, 3), new Delete(Key.of("a")))
        .add(new Place(4, 3, 2, 3, 3), LogText.put("c"))
        .put(5, "d");
  }

  @Test
  void aWholeFileIsToldCommitByCommit() throws IOException {
    LogText log = session();
    Told told = survey(log.bytes());
    assertEquals(List.of(List.of(1L), List.of(2L, 3L, 4L), List.of(5L)), told.whole);
    assertEquals(List.of(), told.lost);
    assertEquals(0, told.torn);
    assertEquals(
        List.of(log.start(1), log.start(2), log.start(3), log.start(4), log.end()), told.reached);
  }

  @Test
  void aDamagedLineTakesItsCommitWithIt() throws IOException {
    LogText log = session();
    List<String> all = List.of(
        lost(log, 1, "b", WITH_OTHERS),
        lost(log, 2, "a", WITH_OTHERS),
        lost(log, 3, "c", WITH_OTHERS));
    for (int damaged = 1; damaged <= 3; damaged++) {
      Told told = survey(log.flipped(damaged, 12));
      assertEquals(List.of(List.of(1L), List.of(5L)), told.whole);
      List<String> expected = new ArrayList<>(all);
      expected.set(damaged - 1, all.get(damaged - 1).replace(WITH_OTHERS, DAMAGED));
      assertEquals(expected, told.lost);
      assertEquals(0, told.torn);
    }
  }

  @Test
  void anUnfinishedCommitThatIsProvenIsLostAndAnotherIsTorn() throws IOException {
    LogText torn = new LogText().put(1, "a").add(new Place(2, 1, 0, 1, 2), LogText.put("b"));
    Told told = survey(torn.bytes());
    assertEquals(List.of(List.of(1L)), told.whole);
    assertEquals(List.of(), told.lost);
    assertEquals(torn.end() - torn.start(1), told.torn);
    LogText proven = new LogText()
        .put(1, "a")
        .add(new Place(2, 1, 0, 1, 2), LogText.put("b"))
        .put(4, "d");
    told = survey(proven.bytes());
    assertEquals(List.of(List.of(1L), List.of(4L)), told.whole);
    assertEquals(
        List.of(
            lost(proven, 1, "b", WITH_OTHERS),
            proven.start(2) + " 4 -: lines are missing before this one: numbers 3 to 3"),
        told.lost);
    // The last line itself is proof enough that its commit was on the disk.
    LogText last = new LogText()
        .put(1, "a")
        .add(new Place(2, 1, 0, 1, 3), LogText.put("b"))
        .add(new Place(3, 2, 0, 2, 3), LogText.put("c"));
    told = survey(last.bytes());
    assertEquals(
        List.of(lost(last, 1, "b", WITH_OTHERS), lost(last, 2, "c", WITH_OTHERS)), told.lost);
    assertEquals(0, told.torn);
  }

  @Test
  void aTornTailBeginsWhereItsCommitDoes() throws IOException {
    LogText log = new LogText()
        .put(1, "a")
        .add(new Place(2, 1, 0, 1, 2), LogText.put("b"))
        .add(new Place(3, 2, 1, 2, 2), LogText.put("c"));
    for (byte[] bytes :
        List.of(log.flipped(2, 12), Arrays.copyOf(log.bytes(), (int) log.end() - 1))) {
      Told told = survey(bytes);
      assertEquals(List.of(List.of(1L)), told.whole);
      assertEquals(List.of(), told.lost);
      assertEquals(bytes.length - log.start(1), told.torn);
    }
  }

  @Test
  void aLineThatIsThereAgainIsTold() throws IOException {
    LogText log = new LogText().put(1, "a").put(2, "b").put(1, "a").put(3, "c").put(4, "d");
    Told told = survey(log.bytes());
    assertEquals(List.of(List.of(1L), List.of(2L), List.of(3L), List.of(4L)), told.whole);
    assertEquals(
        List.of(lost(log, 2, "a", "the line is numbered 1 and stands behind number 2")), told.lost);
  }

  @Test
  void missingLinesAreToldWhereTheNextOneStands() throws IOException {
    LogText log = new LogText().put(1, "a").put(4, "d").put(5, "e");
    Told told = survey(log.bytes());
    assertEquals(List.of(List.of(1L), List.of(4L), List.of(5L)), told.whole);
    assertEquals(
        List.of(lost(log, 1, "-", "lines are missing before this one: numbers 2 to 3")), told.lost);
  }

  @Test
  void aBlankLineAndWhatIsNoLineAreToldApart() throws IOException {
    LogText log = new LogText()
        .put(1, "a")
        .text("")
        .put(2, "b")
        .text("x".repeat(40_000))
        .put(3, "c")
        .put(4, "d");
    Told told = survey(log.bytes());
    assertEquals(List.of(List.of(1L), List.of(2L), List.of(3L), List.of(4L)), told.whole);
    assertEquals(
        List.of(
            lost(log, 1, "-", "a blank line stands before other lines"),
            lost(log, 3, "-", "this is no line of a store")),
        told.lost);
  }

  @Test
  void aLineBehindALostLineFeedCounts() throws IOException {
    LogText log = new LogText().put(1, "a").put(2, "b").put(3, "c");
    byte[] bytes = log.bytes();
    bytes[(int) log.start(1) - 1] = 'x';
    Told told = survey(bytes);
    assertEquals(List.of(List.of(2L), List.of(3L)), told.whole);
    assertEquals(List.of(lost(log, 0, "-", DAMAGED)), told.lost);
  }

  @Test
  void aPartOfAnotherCommitDoesNotCount() throws IOException {
    LogText log = new LogText()
        .put(1, "a")
        .add(new Place(2, 1, 0, 1, 2), LogText.put("b"))
        .add(new Place(3, 2, 0, 2, 3), LogText.put("c"))
        .put(4, "d");
    Told told = survey(log.bytes());
    assertEquals(List.of(List.of(1L), List.of(4L)), told.whole);
    assertEquals(
        List.of(lost(log, 1, "b", WITH_OTHERS), lost(log, 2, "c", WITH_OTHERS)), told.lost);
  }
}
