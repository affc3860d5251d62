package dev.kvstore.h2;

import dev.kvstore.core.model.JsonValue;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.port.Effect;
import dev.kvstore.core.port.Mutation;
import java.util.List;

/**
 * How the file's size is judged. H2 writes every page that a commit changes anew, and cannot use the old space again for 45
 * seconds, so the file grows by far more than what is stored, and is rewritten now and then. The constants are measured, with
 * pages of 4 KiB; where they fail, {@link GuardedFile} still keeps the cap, and the write is tried again after a rewrite.
 *
 * @param maxBytes the cap
 */
record Space(long maxBytes) {

  /** An empty store. */
  private static final long EMPTY_BYTES = 40_960;

  /** What a row takes in the file beside its value and twice its key... */
  private static final int ROW_OVERHEAD = 56;

  /** ... and beside this part of its value, lost at the ends of pages. */
  private static final int LOST_SHARE = 128;

  /** A commit writes at least the pages on the way to its rows, and its counters. */
  private static final long COMMIT_BYTES = 32_768;

  /** A row's neighbours on its pages, in the table and in its index. */
  private static final long MUTATION_BYTES = 6_144;

  /** Mutations beyond this many share most of their pages. */
  private static final int SCATTERED_MUTATIONS = 16;

  private static final int RESERVE_SHARE = 16;
  private static final int LEAST_WIN_SHARE = 16;
  private static final long TOLERATED_GARBAGE = 64L << 20;
  private static final long LEAST_COUNT_BYTES = 256L << 10;
  private static final int COUNT_SHARE = 16;

  /** What an entry takes in the file. */
  static int rowBytes(Key key, JsonValue value) {
    int bytes = value.sizeInBytes();
    return 2 * key.utf8().length + bytes + bytes / LOST_SHARE + ROW_OVERHEAD;
  }

  /** To which size a commit may let the file grow; what only removes may use the reserve. */
  long limitFor(boolean removesOnly) {
    return removesOnly ? maxBytes : maxBytes - maxBytes / RESERVE_SHARE;
  }

  /** By how much a commit will let the file grow, about. */
  static long growthOf(List<Mutation> mutations) {
    long bytes = 0;
    long changed = 0;
    for (Mutation mutation : mutations) {
      if (mutation.effect() instanceof Effect.SetEntry set) {
        bytes += rowBytes(mutation.key(), set.value());
        changed++;
      } else if (mutation.effect() instanceof Effect.Remove) {
        changed++;
      }
    }
    if (changed == 0) {
      return 0;
    }
    return COMMIT_BYTES + bytes + Math.min(changed, SCATTERED_MUTATIONS) * MUTATION_BYTES;
  }

  /** How long the file would be if it were rewritten with this much in it. */
  static long rewritten(long storedBytes) {
    return EMPTY_BYTES + storedBytes;
  }

  /** How much a rewrite must win to be worth its time when the file is full. */
  long leastWin() {
    return maxBytes / LEAST_WIN_SHARE;
  }

  /** Whether so much of the file is garbage that it should be rewritten though there is room. */
  boolean isMostlyGarbage(long fileBytes, long storedBytes) {
    return expiredBytesToBeMostlyGarbage(fileBytes, storedBytes) <= 0;
  }

  /** How much of what is stored has to be expired for {@link #isMostlyGarbage} to hold without it. */
  long expiredBytesToBeMostlyGarbage(long fileBytes, long storedBytes) {
    long tolerated = 2 * rewritten(storedBytes) + Math.min(TOLERATED_GARBAGE, maxBytes / 4);
    return Math.floorDiv(tolerated - fileBytes, 2) + 1;
  }

  /** How much is to be written between two counts of what has expired. */
  long worthACount(long storedBytes) {
    return Math.max(LEAST_COUNT_BYTES, storedBytes / COUNT_SHARE);
  }
}
