package dev.kvstore.jsonfile.order;

import dev.kvstore.core.model.Key;
import dev.kvstore.core.model.KeyPrefix;
import dev.kvstore.core.model.KeyRange;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** A process that lists millions of keys with a small heap. Prints one line about what it found. */
public final class SmallHeapLoad {

  /** As in a data file, a line takes more bytes than an offset. */
  private static final int LINE_BYTES = 64;

  private SmallHeapLoad() {}

  /** Lists {@code args[0]} keys, which are made up from their offsets, so that they take no memory. */
  public static void main(String[] args) {
    int count = Integer.parseInt(args[0]);
    OrderedView view = new OrderedView(SmallHeapLoad::keyAt);
    OrderedReads reads = new OrderedReads(
        view,
        sink -> {
          for (int i = count; i > 0; i--) {
            sink.accept((long) i * LINE_BYTES);
          }
        },
        new OrderedReads.Protection() {
          @Override
          public <T> T shared(Supplier<T> work) {
            return work.get();
          }
        });
    KeyRange all = KeyRange.of(KeyPrefix.of("user:"));
    long first = reads.read(all, SmallHeapLoad::countInOrder);
    for (int i = 1; i <= 100_000; i++) {
      view.noteCreated((long) (count + i) * LINE_BYTES);
    }
    long second = reads.read(all, SmallHeapLoad::countInOrder);
    KeyRange end = all.startingAfter(Key.of("user:ffffffff"));
    System.out.println(first + " " + second + " " + reads.read(end, SmallHeapLoad::countInOrder));
  }

  /** How many keys the cursor walks over; fewer if one is not higher than the one before. */
  private static long countInOrder(Cursor cursor) {
    long keys = 0;
    String last = "";
    while (cursor.next()) {
      String key = new String(cursor.key(), 0, cursor.keyLength(), StandardCharsets.US_ASCII);
      if (key.compareTo(last) > 0) {
        keys++;
      }
      last = key;
    }
    return keys;
  }

  /** Multiplying by an odd number gives each line another key, in no order. */
  private static int keyAt(long offset, byte[] into) {
    int number = (int) (offset / LINE_BYTES) * 0x9e3779b1;
    byte[] prefix = {'u', 's', 'e', 'r', ':'};
    System.arraycopy(prefix, 0, into, 0, prefix.length);
    for (int digit = 0; digit < 8; digit++) {
      into[prefix.length + digit] = (byte) Character.forDigit(number >>> (28 - 4 * digit) & 15, 16);
    }
    return prefix.length + 8;
  }
}
