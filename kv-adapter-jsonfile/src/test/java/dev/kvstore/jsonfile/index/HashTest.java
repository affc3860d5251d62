package dev.kvstore.jsonfile.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HashTest {

  private static final Hash HASH = new Hash(42);

  @ParameterizedTest
  @ValueSource(strings = {"%d", "user:%08d", "session/%06d/profile/settings", "%016d%016d"})
  void numberedKeysSpreadLikeRandomNumbers(String pattern) {
    spreads(i -> pattern.formatted(i, i).getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void keysThatDifferInOneBitSpreadLikeRandomNumbers() {
    spreads(i -> {
      byte[] key = new byte[32];
      for (int bit = 0; bit < 17; bit++) {
        if ((i >> bit & 1) == 1) {
          key[bit * 15 / 8] |= (byte) (1 << bit % 8);
        }
      }
      return key;
    });
  }

  /** The highest bits, from which the place in the table is taken, by a test of chi squares. */
  private static void spreads(IntFunction<byte[]> keys) {
    int cells = 1 << 12;
    int count = 1 << 17;
    int[] hits = new int[cells];
    Set<Long> seen = new HashSet<>();
    for (int i = 0; i < count; i++) {
      long hash = HASH.of(keys.apply(i));
      hits[(int) (hash >>> 52)]++;
      assertTrue(seen.add(hash), "two equal hashes");
    }
    double expected = (double) count / cells;
    double sum = Arrays.stream(hits)
        .mapToDouble(n -> (n - expected) * (n - expected) / expected)
        .sum();
    // The mean is the number of cells, the deviation the root of twice that: five of them.
    assertEquals(cells, sum, 5 * Math.sqrt(2.0 * cells));
  }

  @Test
  void everyBitOfKeyAndSeedBearsOnEveryBit() {
    Random random = new Random(7);
    for (int length : new int[] {1, 2, 3, 4, 7, 8, 11, 16, 17, 32, 33}) {
      for (int flipped = -64; flipped < 8 * length; flipped++) {
        int[] changed = new int[64];
        int rounds = 300;
        for (int round = 0; round < rounds; round++) {
          byte[] key = new byte[length];
          random.nextBytes(key);
          long seed = random.nextLong();
          long before = new Hash(seed).of(key);
          if (flipped < 0) {
            seed ^= 1L << (-flipped - 1);
          } else {
            key[flipped / 8] ^= (byte) (1 << flipped % 8);
          }
          long difference = before ^ new Hash(seed).of(key);
          for (int bit = 0; bit < 64; bit++) {
            changed[bit] += (int) (difference >>> bit & 1);
          }
        }
        for (int bit = 0; bit < 64; bit++) {
          // Half of the times, within 6.5 deviations of a fair coin.
          assertEquals(
              rounds / 2.0,
              changed[bit],
              6.5 * Math.sqrt(rounds / 4.0),
              "length " + length + ", flipped " + flipped + ", bit " + bit);
        }
      }
    }
  }

  @Test
  void dependsOnTheRangeAlone() {
    byte[] text =
        "a key of more than thirty-two bytes, to be sure".getBytes(StandardCharsets.UTF_8);
    for (int from = 0; from <= text.length; from++) {
      for (int to = from; to <= text.length; to++) {
        byte[] around = text.clone();
        Arrays.fill(around, 0, from, (byte) 1);
        Arrays.fill(around, to, text.length, (byte) 2);
        assertEquals(HASH.of(Arrays.copyOfRange(text, from, to)), HASH.of(around, from, to));
      }
    }
  }

  @Test
  void lengthsAndSeedsTellApart() {
    Set<Long> seen = new HashSet<>();
    for (int length = 0; length < 200; length++) {
      assertTrue(seen.add(HASH.of(new byte[length])), "length " + length);
    }
    assertNotEquals(HASH.of(new byte[8]), new Hash(43).of(new byte[8]));
    assertEquals(42, HASH.seed());
  }

  /** Indexes on disks hold these hashes: a change here needs a new version of their format. */
  @Test
  void staysTheSame() {
    assertEquals(0xb56fa8f0a2ddb412L, HASH.of("".getBytes(StandardCharsets.UTF_8)));
    assertEquals(0xb0a06bc072935a64L, HASH.of("a".getBytes(StandardCharsets.UTF_8)));
    assertEquals(0x20e2674dfbb02519L, HASH.of("user:7".getBytes(StandardCharsets.UTF_8)));
    assertEquals(
        0x2a958ee79994e7ebL,
        HASH.of("session/000007/profile/settings".getBytes(StandardCharsets.UTF_8)));
  }
}
