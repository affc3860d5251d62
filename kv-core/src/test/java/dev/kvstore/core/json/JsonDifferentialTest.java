package dev.kvstore.core.json;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On damaged texts the compactor and Jackson agree: what is JSON, and which tokens it has. */
class JsonDifferentialTest {

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void agreesOnTenThousandMutatedTexts(long seed) {
    agrees(seed, 10_000);
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(longs = {101, 102, 103, 104})
  void agreesOnManyMutatedTexts(long seed) {
    agrees(seed, 250_000);
  }

  private static void agrees(long seed, int texts) {
    TextMutator mutator = new TextMutator(new Random(seed));
    int accepted = 0;
    for (int i = 0; i < texts; i++) {
      accepted += JsonAgreement.check(mutator.next(), "seed " + seed + ", text " + i) ? 1 : 0;
    }
    String share = accepted + " of " + texts + " texts were accepted, seed " + seed;
    assertTrue(accepted > texts / 20 && accepted < texts - texts / 20, share);
  }
}
