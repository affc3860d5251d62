package dev.kvstore.etcd;

import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.model.KeyPrefix;
import dev.kvstore.core.model.KeyRange;
import dev.kvstore.core.model.Page;
import dev.kvstore.etcd.rpc.EtcdCluster;
import dev.kvstore.etcd.rpc.RangeRequest;
import dev.kvstore.etcd.rpc.RpcException;
import dev.kvstore.etcd.rpc.RpcException.Kind;
import dev.kvstore.etcd.rpc.TimeLimit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads entries. */
final class Scans {

  /** What a count of all entries has found. */
  record Count(long live, long expired, long liveBytes) {}

  private final EtcdCluster cluster;
  private final Place place;
  private final Failures failures;

  Scans(EtcdCluster cluster, Place place, Failures failures) {
    this.cluster = cluster;
    this.place = place;
    this.failures = failures;
  }

  Optional<Entry> find(Key key, long nowMillis) {
    RangeRequest request = RangeRequest.of(place.namespace().of(key));
    return cluster.range(request, failures.newLimit()).items().stream()
        .findFirst()
        .map(place::entry)
        .filter(entry -> entry.isLiveAt(nowMillis));
  }

  Page<Entry> entries(KeyRange range, int most, long nowMillis) {
    return page(range, most, nowMillis, false, found -> {
      StoredValue value = found.value().orElseThrow();
      return new Entry(found.key(), value.json(), value.expiresAtMillis(), found.revision());
    });
  }

  Page<Key> keys(KeyRange range, int most, long nowMillis) {
    return page(range, most, nowMillis, true, Walk.Found::key);
  }

  /** Counts all entries; other than a page, not at one instant. */
  Count count(long nowMillis) {
    Walk walk = new Walk(cluster, place, KeyRange.of(KeyPrefix.all()), false);
    long live = 0;
    long expired = 0;
    long bytes = 0;
    while (walk.hasMore()) {
      for (Walk.Found found : walk.values(Integer.MAX_VALUE, failures.newLimit())) {
        if (isLive(found, nowMillis)) {
          live++;
          bytes +=
              found.key().utf8().length + found.value().orElseThrow().json().sizeInBytes();
        } else {
          expired++;
        }
      }
    }
    return new Count(live, expired, bytes);
  }

  static boolean isLive(Walk.Found found, long nowMillis) {
    return found
        .value()
        .map(value -> Entry.isLive(value.expiresAtMillis(), nowMillis))
        .orElse(true);
  }

  private <T> Page<T> page(
      KeyRange range, int most, long nowMillis, boolean keys, Function<Walk.Found, T> item) {
    TimeLimit limit = failures.newLimit();
    while (true) {
      try {
        return pageOnce(range, most, nowMillis, keys, item, limit);
      } catch (RpcException e) {
        // The history was compacted past the revision of this page.
        if (e.kind() != Kind.COMPACTED || limit.isOver()) {
          throw e;
        }
      }
    }
  }

  private <T> Page<T> pageOnce(
      KeyRange range,
      int most,
      long nowMillis,
      boolean keys,
      Function<Walk.Found, T> item,
      TimeLimit limit) {
    List<T> items = new ArrayList<>();
    Walk walk = new Walk(cluster, place, range, true);
    long beyond = 1;
    while (walk.hasMore()) {
      long wanted = most - items.size() + beyond;
      // Many that have expired may stand in a row.
      beyond = Math.min(2 * beyond, Walk.KEYS);
      for (Walk.Found found : keys ? walk.keys(wanted, limit) : walk.values(wanted, limit)) {
        if (!isLive(found, nowMillis)) {
          continue;
        }
        if (items.size() == most) {
          return new Page<>(items, true);
        }
        items.add(item.apply(found));
      }
    }
    return new Page<>(items, false);
  }
}
