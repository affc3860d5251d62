package dev.kvstore.app.cli.command;

import dev.kvstore.app.cli.io.Progress;
import dev.kvstore.core.KeyValueOperations;
import dev.kvstore.core.error.CorruptStoreException;
import dev.kvstore.core.error.Printable;
import dev.kvstore.core.model.Entry;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compares all entries of two stores: keys, values and expiries. An instance serves one comparison. */
final class Comparison {

  private final EntryWalk one;
  private final EntryWalk other;
  private final InstantSource clock;

  Comparison(KeyValueOperations one, KeyValueOperations other, InstantSource clock) {
    this.one = new EntryWalk(one);
    this.other = new EntryWalk(other);
    this.clock = clock;
  }

  /**
   * Returns if they are the same, but for what expires while it runs.
   *
   * @param progress told of each entry
   * @throws CorruptStoreException STORE_CORRUPT with the first key at which they differ
   */
  void run(Progress progress) {
    Entry left = one.next();
    Entry right = other.next();
    while (left != null || right != null) {
      if (isSame(left, right)) {
        left = one.next();
        right = other.next();
        progress.step();
        continue;
      }
      Entry first = first(left, right);
      // One side may have been read before its expiry, and the other after it.
      if (first.isLiveAt(clock.millis())) {
        String key = first.key().text();
        throw CorruptStoreException.damaged(
            "the copy differs from its source at key " + Printable.quote(key)
                + "; remove the copy and copy again, while nobody writes to either",
            Map.of("key", key));
      }
      left = left != null && left.key().equals(first.key()) ? one.next() : left;
      right = right != null && right.key().equals(first.key()) ? other.next() : right;
    }
  }

  private static boolean isSame(@Nullable Entry left, @Nullable Entry right) {
    return left != null
        && right != null
        && left.key().equals(right.key())
        && left.value().equals(right.value())
        && left.expiresAtMillis() == right.expiresAtMillis();
  }

  private static Entry first(@Nullable Entry left, @Nullable Entry right) {
    if (left == null) {
      if (right == null) {
        throw new IllegalArgumentException("there is neither");
      }
      return right;
    }
    return right == null || left.key().compareTo(right.key()) <= 0 ? left : right;
  }
}
