package dev.kvstore.etcd;

import dev.kvstore.core.model.Key;
import dev.kvstore.core.model.KeyRange;
import dev.kvstore.etcd.rpc.EtcdCluster;
import dev.kvstore.etcd.rpc.KeyValue;
import dev.kvstore.etcd.rpc.RangeAnswer;
import dev.kvstore.etcd.rpc.RangeRequest;
import dev.kvstore.etcd.rpc.TimeLimit;
import dev.kvstore.etcd.rpc.TxnRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Goes over a range in the order of its keys, a piece at a time, so that no answer passes what one message may hold. */
final class Walk {

  /** The most values of one piece: half of the 4 MiB that a message may have, if all are as large as they can be. */
  private static final int VALUES = 128;

  /** The most keys of one piece. */
  static final int KEYS = 1_000;

  /** What lies under one key; without its value where none was needed to know that it does not expire. */
  record Found(Key key, long revision, Optional<StoredValue> value) {}

  private final EtcdCluster cluster;
  private final Place place;
  private final byte[] end;
  private byte[] next;
  private long revision;
  private boolean hasMore = true;

  /** Begins; if {@code steady}, all pieces are of the revision of the first. */
  Walk(EtcdCluster cluster, Place place, KeyRange range, boolean steady) {
    this.cluster = cluster;
    this.place = place;
    this.next = place.namespace().from(range);
    this.end = place.namespace().to(range);
    this.revision = steady ? 0 : -1;
  }

  boolean hasMore() {
    return hasMore;
  }

  /** The next entries, at most {@code most} of them, with their values; expired ones, too. */
  List<Found> values(long most, TimeLimit limit) {
    List<Found> found = new ArrayList<>();
    for (KeyValue item : piece(Math.min(most, VALUES), false, limit)) {
      Key key = place.key(item);
      found.add(new Found(key, item.modRevision(), Optional.of(place.value(key, item))));
    }
    return found;
  }

  /** The next entries, at most {@code most} of them, with the values of those that expire. */
  List<Found> keys(long most, TimeLimit limit) {
    List<KeyValue> items = piece(Math.min(most, KEYS), true, limit);
    Map<Key, StoredValue> expiring = expiring(items, limit);
    List<Found> found = new ArrayList<>();
    for (KeyValue item : items) {
      Key key = place.key(item);
      Optional<StoredValue> value = Optional.ofNullable(expiring.get(key));
      // Without a steady revision, one that expires may be gone meanwhile.
      if (item.lease() == 0 || value.isPresent()) {
        found.add(new Found(key, item.modRevision(), value));
      }
    }
    return found;
  }

  private List<KeyValue> piece(long most, boolean keysOnly, TimeLimit limit) {
    RangeRequest request = RangeRequest.between(next, end, most).at(Math.max(0, revision));
    RangeAnswer answer = cluster.range(keysOnly ? request.withoutValues() : request, limit);
    if (revision == 0) {
      revision = answer.revision();
    }
    List<KeyValue> items = answer.items();
    hasMore = answer.hasMore() && !items.isEmpty();
    if (hasMore) {
      next = Namespace.next(items.get(items.size() - 1).key());
    }
    return items.stream().filter(Namespace::isEntry).toList();
  }

  /** The values of the keys that are bound to a lease: no other entry expires. */
  private Map<Key, StoredValue> expiring(List<KeyValue> items, TimeLimit limit) {
    List<KeyValue> leased = items.stream().filter(item -> item.lease() != 0).toList();
    Map<Key, StoredValue> values = new HashMap<>();
    for (int i = 0; i < leased.size(); i += VALUES) {
      TxnRequest request = new TxnRequest();
      leased
          .subList(i, Math.min(i + VALUES, leased.size()))
          .forEach(item -> request.read(RangeRequest.of(item.key()).at(Math.max(0, revision))));
      for (RangeAnswer read : cluster.repeatable(request, limit).reads()) {
        for (KeyValue item : read.items()) {
          Key key = place.key(item);
          values.put(key, place.value(key, item));
        }
      }
    }
    return values;
  }
}
