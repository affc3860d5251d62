package dev.kvstore.etcd.rpc;

import java.util.ArrayList;
import java.util.List;

/**
 * Keys that were found.
 *
 * @param items in the order of the keys
 * @param hasMore whether the range goes on
 * @param revision the newest revision when they were read
 */
public record RangeAnswer(List<KeyValue> items, boolean hasMore, long revision) {

  static RangeAnswer read(ProtoReader reader) {
    List<KeyValue> items = new ArrayList<>();
    boolean hasMore = false;
    long revision = 0;
    while (reader.next()) {
      switch (reader.field()) {
        case 1 -> revision = Header.revision(reader.message());
        case 2 -> items.add(KeyValue.read(reader.message()));
        case 3 -> hasMore = reader.flag();
        default -> {}
      }
    }
    return new RangeAnswer(items, hasMore, revision);
  }
}
