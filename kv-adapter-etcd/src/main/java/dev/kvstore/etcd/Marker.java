package dev.kvstore.etcd;

import dev.kvstore.core.error.StoreUnavailableException;
import dev.kvstore.core.model.KeyPrefix;
import dev.kvstore.core.model.KeyRange;
import dev.kvstore.etcd.rpc.EtcdCluster;
import dev.kvstore.etcd.rpc.KeyValue;
import dev.kvstore.etcd.rpc.RangeRequest;
import dev.kvstore.etcd.rpc.TimeLimit;
import dev.kvstore.etcd.rpc.TxnAnswer;
import dev.kvstore.etcd.rpc.TxnRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The key that says that a namespace holds a store, and of which format. */
final class Marker {

  private static final String KIND = "kv store, format ";
  private static final String FORMAT = "1";

  private final EtcdCluster cluster;
  private final Place place;
  private final Failures failures;

  Marker(EtcdCluster cluster, Place place, Failures failures) {
    this.cluster = cluster;
    this.place = place;
    this.failures = failures;
  }

  /** Makes sure that there is a store of this format; makes one in a namespace where nothing is, if that is wanted. */
  void require(boolean createIfMissing) {
    TimeLimit limit = failures.newLimit();
    RangeRequest read = RangeRequest.of(place.namespace().marker());
    List<KeyValue> found = cluster.range(read, limit).items();
    if (found.isEmpty()) {
      if (!createIfMissing) {
        throw StoreUnavailableException.missing(place.location());
      }
      found = make(read, limit);
    }
    if (!found.isEmpty()) {
      check(found.get(0));
    }
  }

  /** Makes the store; if somebody else has made it meanwhile, what he wrote. */
  private List<KeyValue> make(RangeRequest read, TimeLimit limit) {
    KeyRange all = KeyRange.of(KeyPrefix.all());
    RangeRequest any =
        RangeRequest.between(place.namespace().from(all), place.namespace().to(all), 1);
    if (!cluster.range(any, limit).items().isEmpty()) {
      throw failures.unsupported(
          "is a namespace in which others keep keys, and no store; take another name");
    }
    byte[] text = (KIND + FORMAT + "\n").getBytes(StandardCharsets.US_ASCII);
    // Made twice, if an answer is lost, it is the same.
    TxnAnswer answer = cluster.repeatable(
        new TxnRequest()
            .requireModified(place.namespace().marker(), 0)
            .put(place.namespace().marker(), text, 0)
            .otherwiseRead(read),
        limit);
    return answer.succeeded() ? List.of() : answer.reads().get(0).items();
  }

  private void check(KeyValue marker) {
    String text = new String(marker.value(), StandardCharsets.UTF_8).strip();
    if (!text.startsWith(KIND)) {
      throw failures.unsupported("holds keys of others, and no store; take another name");
    }
    if (!text.equals(KIND + FORMAT)) {
      throw failures.unsupported("is a store of format " + text.substring(KIND.length())
          + "; this version of kv knows format " + FORMAT);
    }
  }
}
