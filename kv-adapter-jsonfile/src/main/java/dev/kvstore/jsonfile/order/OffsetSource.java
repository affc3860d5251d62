package dev.kvstore.jsonfile.order;

import java.util.function.LongConsumer;

/** Lists the offsets from which a run is built. */
@FunctionalInterface
public interface OffsetSource {

  /**
   * Hands over the offset of the line of every key that has an entry from the start of the call to its end. Those that come or
   * go meanwhile may be among them or not. The order is free, and a key may come twice.
   */
  void forEachOffset(LongConsumer sink);
}
