package dev.kvstore.jsonfile.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kvstore.jsonfile.log.LineDecoder;
import dev.kvstore.jsonfile.log.LogLine.Place;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Rule 4 of FORMAT.md, also for one who asks again and again. */
class DurabilityProofTest {

  private static DurabilityProof of(byte[] bytes) throws IOException {
    return new DurabilityProof(LogText.file(bytes), new LineDecoder(LogText.HEADER), bytes.length);
  }

  @Test
  void aLineProvesWhatItKnewToBeDurableAndNoMore() throws IOException {
    LogText log = new LogText().put(1, "a").add(new Place(5, 4, 2, 1, 1), LogText.put("b"));
    assertEquals(true, of(log.bytes()).existsFor(2, log.start(0)));
    assertEquals(false, of(log.bytes()).existsFor(3, log.start(0)));
    assertEquals(true, of(log.bytes()).existsFor(2, log.start(1)));
    assertEquals(false, of(log.bytes()).existsFor(1, log.end()));
    assertEquals(false, of(log.flipped(1, 30)).existsFor(1, log.start(0)));
  }

  @Test
  void aLineWhoseLineFeedBeforeItIsLostStillProves() throws IOException {
    LogText log = new LogText().put(1, "a").put(2, "b");
    byte[] joined = log.bytes();
    joined[(int) log.start(1) - 1] = 'x';
    assertEquals(true, of(joined).existsFor(1, log.start(0)));
    assertEquals(false, of(joined).existsFor(2, log.start(0)));
  }

  /** Whatever was asked before, and in whatever order. */
  @Test
  void everyAnswerIsThatOfAFreshSearch() throws IOException {
    long seed = new Random().nextInt(1_000_000);
    Random random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      LogText log = new LogText();
      int count = 2 + random.nextInt(8);
      for (int i = 1; i <= count; i++) {
        if (random.nextInt(4) == 0) {
          log.text("damaged");
        } else {
          log.add(new Place(i, i - 1, random.nextInt(i), 1, 1), LogText.put("k" + i));
        }
      }
      byte[] bytes = log.bytes();
      DurabilityProof proof = of(bytes);
      for (int question = 0; question < 12; question++) {
        long seq = 1L + random.nextInt(count + 1);
        long offset = log.start(random.nextInt(count + 1));
        assertEquals(
            of(bytes).existsFor(seq, offset),
            proof.existsFor(seq, offset),
            () -> "seed " + seed + ": " + seq + " from " + offset);
      }
    }
  }
}
