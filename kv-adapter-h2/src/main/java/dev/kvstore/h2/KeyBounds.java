package dev.kvstore.h2;

import dev.kvstore.core.model.Key;
import dev.kvstore.core.model.KeyPrefix;
import dev.kvstore.core.model.KeyRange;
import java.util.Arrays;

/** A {@link KeyRange} as bounds on the bytes of UTF-8 of keys. */
final class KeyBounds {

  /** Below every key. */
  static final byte[] BEGIN = {};

  /** Above every key: no UTF-8 has a byte as high as this. */
  static final byte[] END = {(byte) 0xff};

  private KeyBounds() {}

  /** The least bytes that a key of the range can have. */
  static byte[] from(KeyRange range) {
    byte[] prefix = range.prefix().utf8();
    Key after = range.after();
    if (after == null) {
      return prefix;
    }
    byte[] next = after(after.utf8());
    return Arrays.compareUnsigned(next, prefix) > 0 ? next : prefix;
  }

  /** The least bytes above all keys that begin with {@code prefix}. */
  static byte[] to(KeyPrefix prefix) {
    byte[] bytes = prefix.utf8();
    if (bytes.length == 0) {
      return END;
    }
    bytes[bytes.length - 1]++;
    return bytes;
  }

  /** The least bytes above those of {@code key}. */
  static byte[] after(byte[] key) {
    return Arrays.copyOf(key, key.length + 1);
  }
}
