package dev.kvstore.jsonfile.order;

import dev.kvstore.core.model.Key;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands for a data file: holds keys at offsets, for good. Appending and reading may overlap. */
final class Lines implements KeySource {

  private volatile byte[] bytes = new byte[1024];
  private volatile int end = 1;
  private volatile boolean failing;
  private final AtomicInteger keysRead = new AtomicInteger();

  /** Appends a line of {@code key} and returns its offset. */
  synchronized int append(Key key) {
    byte[] utf8 = key.utf8();
    int offset = end;
    if (bytes.length < offset + 1 + utf8.length) {
      bytes = Arrays.copyOf(bytes, 2 * bytes.length);
    }
    bytes[offset] = (byte) utf8.length;
    System.arraycopy(utf8, 0, bytes, offset + 1, utf8.length);
    end = offset + 1 + utf8.length;
    return offset;
  }

  @Override
  public int keyAt(long offset, byte[] into) {
    keysRead.incrementAndGet();
    if (failing) {
      failing = false;
      throw new IllegalStateException("this line cannot be read");
    }
    return copyKey(offset, into);
  }

  /** Lets the next {@link #keyAt} fail. */
  void failNextRead() {
    failing = true;
  }

  /** How many keys were read through {@link #keyAt}. */
  int keysRead() {
    return keysRead.get();
  }

  /** Like {@link #keyAt}, but not counted. */
  int copyKey(long offset, byte[] into) {
    if (offset < 1 || offset >= end) {
      throw new IllegalStateException("there is no line at " + offset);
    }
    byte[] all = bytes;
    int length = all[(int) offset] & 0xff;
    System.arraycopy(all, (int) offset + 1, into, 0, length);
    // What a reader finds behind the key is no part of it.
    Arrays.fill(into, length, Key.MAX_UTF8_BYTES, (byte) 0xee);
    return length;
  }
}
