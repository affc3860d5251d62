package dev.kvstore.jsonfile.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.core.error.CorruptStoreException;
import dev.kvstore.core.port.DamagedPlace;
import dev.kvstore.jsonfile.file.ReadableFile;
import dev.kvstore.jsonfile.file.Segment;
import dev.kvstore.jsonfile.index.Hash;
import dev.kvstore.jsonfile.index.KeyIndex;
import dev.kvstore.jsonfile.index.LineReads;
import dev.kvstore.jsonfile.log.LogHeader;
import dev.kvstore.jsonfile.log.LogLine.Place;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file that changes while it is read. */
class SnapshotScanTest {

  private static final LogHeader HEADER = LogText.HEADER;
  private static final int SPARE = 1_000;

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5})
  void aLineThatWasBeingWrittenIsReadAgain(int goodFrom) throws IOException {
    byte[] whole = lines(5, SPARE);
    int third = lines(2, 0).length;
    byte[] holed = holed(whole, third + 10, 20);
    // The first read looks for the end of the text, the second for lines, the third for proofs.
    assertEquals(5, scan(look -> look < goodFrom ? holed : whole));
  }

  @Test
  void aLineThatStaysBadIsDamage() {
    byte[] holed = holed(lines(5, SPARE), lines(2, 0).length + 10, 20);
    CorruptStoreException damage =
        assertThrows(CorruptStoreException.class, () -> scan(look -> holed));
    assertEquals((long) lines(2, 0).length, damage.details().get("offset"));
    assertEquals(4L, damage.details().get("line"));
  }

  @Test
  void anUnfinishedLastLineIsNotTaken() throws IOException {
    byte[] whole = lines(5, SPARE);
    byte[] holed = holed(whole, lines(5, 0).length - 10, 5);
    assertEquals(4, scan(look -> holed));
  }

  @Test
  void aWriterThatIsAlwaysAheadDoesNotHoldTheReaderUp() throws IOException {
    // Each look finds the line that was missing before, and another one bad.
    int lines = scan(look -> {
      byte[] whole = lines(10 + 3 * look, SPARE);
      return holed(whole, lines(4 + 2 * look, 0).length + 10, 20);
    });
    assertTrue(lines >= 11 && lines < 60, () -> lines + " lines");
  }

  @Test
  void whatWasThereAtTheBeginningIsTakenThoughLaterLinesLookBad() throws IOException {
    byte[] first = lines(6, SPARE);
    byte[] later = holed(lines(9, SPARE - 300), lines(7, 0).length + 5, 20);
    int lines = scan(look -> look == 1 ? first : later);
    assertTrue(lines >= 6, () -> lines + " lines");
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void aFileThatIsCutBehindItsTextMeanwhileIsReadAgain(int cutFrom) throws IOException {
    byte[] whole = lines(5, 200_000);
    byte[] cut = lines(5, 0);
    assertEquals(5, scan(look -> look < cutFrom ? whole : cut));
  }

  /** One who verifies a file that another process writes. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5})
  void aSessionThatIsBeingWrittenIsNoDamage(int wholeFrom) throws IOException {
    byte[] whole = session(5, 3, 2, SPARE);
    byte[] half =
        holed(whole, session(5, 2, 0, 0).length, whole.length - session(5, 2, 0, 0).length);
    Seen seen = survey(look -> look < wholeFrom ? half : whole);
    assertEquals(List.of(), seen.lost);
    assertTrue(seen.whole >= 5, () -> seen.whole + " commits");
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void aFileThatIsCutBehindItsTextMeanwhileIsSurveyed(int cutFrom) throws IOException {
    byte[] whole = lines(5, 200_000);
    byte[] cut = lines(5, 0);
    Seen seen = survey(look -> look < cutFrom + 3 ? whole : cut);
    assertEquals(5, seen.whole);
    assertEquals(List.of(), seen.lost);
  }

  @Test
  void manyDamagedPlacesAreSurveyedWithOneSearchForProofs() throws IOException {
    // Nothing but the last line knows the others to be durable.
    byte[] file = session(20_000, 1, 1, 0);
    int[] starts = lineStarts(file);
    int[] reads = {0, 0};
    for (int damaged : new int[] {1, 200}) {
      byte[] bytes = file.clone();
      for (int i = 1; i <= damaged; i++) {
        bytes[starts[10 * i] + 30] ^= 1;
      }
      int[] count = {0};
      Seen seen = survey(look -> {
        count[0] = Math.max(count[0], look);
        return bytes;
      });
      assertEquals(damaged, seen.lost.size());
      reads[damaged == 1 ? 0 : 1] = count[0];
    }
    assertTrue(reads[1] < 2 * reads[0], () -> reads[0] + " and " + reads[1] + " reads");
  }

  /** What a survey has told. */
  private static final class Seen implements LogSurvey.Visitor {

    private final List<DamagedPlace> lost = new ArrayList<>();
    private int whole;

    @Override
    public void whole(List<SurveyedLine> commit) {
      whole++;
    }

    @Override
    public void lost(DamagedPlace place) {
      lost.add(place);
    }
  }

  private static Seen survey(IntFunction<byte[]> looks) throws IOException {
    Seen seen = new Seen();
    long unused = new LogSurvey(new Changing(looks), "s", HEADER, HEADER.line().length, seen).run();
    return seen;
  }

  private static int[] lineStarts(byte[] file) {
    return IntStream.range(0, file.length)
        .filter(i -> i == 0 || file[i - 1] == '\n')
        .toArray();
  }

  /** So many commits of a line, that know nothing to be durable, a session of three as far as it is there, and so many forced after it. */
  private static byte[] session(int count, int ofSession, int after, int spare) {
    LogText log = new LogText();
    for (int i = 1; i <= count + ofSession + after; i++) {
      int part = i > count && i <= count + ofSession ? i - count : 1;
      long lag = i > count + ofSession ? 0 : i - 1;
      int of = i > count && i <= count + ofSession && ofSession > 1 ? 3 : 1;
      log.add(new Place(i, i - 1, lag, part, of), LogText.put("key" + i));
    }
    return log.bytes(spare);
  }

  private static int scan(IntFunction<byte[]> looks) throws IOException {
    ReadableFile file = new Changing(looks);
    KeyIndex index = KeyIndex.empty(new LineReads(file, Path.of("s"), HEADER), new Hash(7));
    new SnapshotScan(file, "s", HEADER, index).run(LogEnd.durable(HEADER.line().length, 0, false));
    return index.size();
  }

  private static byte[] holed(byte[] file, int from, int length) {
    byte[] holed = file.clone();
    Arrays.fill(holed, from, from + length, (byte) '\n');
    return holed;
  }

  private static byte[] lines(int count, int spare) {
    LogText log = new LogText();
    for (int i = 1; i <= count; i++) {
      log.put(i, "key" + i);
    }
    return log.bytes(spare);
  }

  /** Shows other bytes at each read; its length is that of the read before. */
  private static final class Changing implements ReadableFile {

    private final IntFunction<byte[]> looks;
    private int look;

    Changing(IntFunction<byte[]> looks) {
      this.looks = looks;
    }

    @Override
    public long size() {
      return looks.apply(Math.max(1, look)).length;
    }

    @Override
    public void read(long offset, byte[] target) throws IOException {
      byte[] bytes = looks.apply(++look);
      if (offset + target.length > bytes.length) {
        throw new EOFException();
      }
      System.arraycopy(bytes, (int) offset, target, 0, target.length);
    }

    @Override
    public Segment segment(long offset, int length) throws IOException {
      byte[] bytes = looks.apply(Math.max(1, look));
      if (offset + length > bytes.length) {
        throw new EOFException();
      }
      byte[] part = Arrays.copyOfRange(bytes, (int) offset, (int) offset + length);
      return new Segment(offset, ByteBuffer.wrap(part).order(ByteOrder.LITTLE_ENDIAN));
    }

    @Override
    public void close() {}
  }
}
