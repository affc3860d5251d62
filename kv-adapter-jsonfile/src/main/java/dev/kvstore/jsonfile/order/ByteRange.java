package dev.kvstore.jsonfile.order;

import dev.kvstore.core.model.KeyRange;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A range of keys in UTF-8. */
final class ByteRange {

  private final byte[] prefix;
  private final byte @Nullable [] after;

  ByteRange(KeyRange range) {
    prefix = range.prefix().utf8();
    byte[] key = range.after() == null ? null : range.after().utf8();
    after = key == null || Arrays.compareUnsigned(key, prefix) < 0 ? null : key;
  }

  /** What the keys begin with. */
  byte[] prefix() {
    return prefix;
  }

  /** The first key that could be in it, or the one before that. */
  byte[] start() {
    return after == null ? prefix : after;
  }

  /** Whether {@link #start} itself is left out. */
  boolean isStartLeftOut() {
    return after != null;
  }
}
