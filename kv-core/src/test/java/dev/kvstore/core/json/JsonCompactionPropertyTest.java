package dev.kvstore.core.json;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Taking the white space out of a text gives back the tokens it was made of, and nothing else changes. */
class JsonCompactionPropertyTest {

  private static final int TEXTS_PER_SEED = 2_000;

  @RepeatedTest(10)
  void compactingAPrettyTextGivesItsTokensBack(RepetitionInfo repetition) {
    long seed = repetition.getCurrentRepetition();
    JsonTexts texts = new JsonTexts(new Random(seed));
    for (int i = 0; i < TEXTS_PER_SEED; i++) {
      List<String> tokens = texts.tokens();
      String compact = String.join("", tokens);
      String pretty = texts.pretty(tokens);
      String where = "seed " + seed + ", text " + i + ": " + pretty;
      assertEquals(compact, Compacting.compact(pretty), where);
      assertEquals(compact, Compacting.compact(compact), where);
    }
  }

  @RepeatedTest(3)
  void theInputIsNeitherChangedNorShared(RepetitionInfo repetition) {
    long seed = repetition.getCurrentRepetition();
    JsonTexts texts = new JsonTexts(new Random(seed));
    for (int i = 0; i < 100; i++) {
      byte[] input = texts.pretty(texts.tokens()).getBytes(StandardCharsets.UTF_8);
      byte[] before = input.clone();
      byte[] compact = JsonCompactor.compact(input, 500, 1 << 20);
      Arrays.fill(compact, (byte) '!');
      assertArrayEquals(before, input, "seed " + seed + ", text " + i);
    }
  }
}
