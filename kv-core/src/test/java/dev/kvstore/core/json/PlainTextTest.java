package dev.kvstore.core.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Against the definition, a byte at a time. */
class PlainTextTest {

  @Test
  void everyPairOfBytesEndsARunWhereTheFirstThatIsNotPlainStands() {
    byte[] text = new byte[19];
    for (int first = 0; first < 256; first++) {
      for (int second = 0; second < 256; second++) {
        for (int at : new int[] {0, 3, 6, 7, 8, 15, 17}) {
          Arrays.fill(text, (byte) 'a');
          text[at] = (byte) first;
          text[at + 1] = (byte) second;
          check(text, 0, text.length, "bytes " + first + " " + second + " at " + at);
        }
      }
    }
  }

  @Test
  void anyRunEndsWhereTheFirstThatIsNotPlainStands() {
    long seed = new Random().nextInt(1_000_000);
    Random random = new Random(seed);
    for (int i = 0; i < 100_000; i++) {
      byte[] text = new byte[random.nextInt(40)];
      for (int at = 0; at < text.length; at++) {
        text[at] = (byte) (random.nextInt(8) == 0 ? random.nextInt(256) : ' ' + random.nextInt(95));
      }
      int from = random.nextInt(text.length + 1);
      int end = from + random.nextInt(text.length - from + 1);
      check(text, from, end, "seed " + seed);
    }
  }

  private static void check(byte[] text, int from, int end, String message) {
    int expected = from;
    while (expected < end
        && text[expected] >= 0x20
        && text[expected] != '"'
        && text[expected] != '\\') {
      expected++;
    }
    assertEquals(expected, PlainText.end(text, from, end), () -> message);
  }
}
