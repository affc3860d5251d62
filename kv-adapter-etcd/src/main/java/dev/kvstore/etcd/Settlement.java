package dev.kvstore.etcd;

import dev.kvstore.core.error.StorageFailedException;
import dev.kvstore.etcd.rpc.Change;
import dev.kvstore.etcd.rpc.EtcdCluster;
import dev.kvstore.etcd.rpc.RpcException;
import dev.kvstore.etcd.rpc.TimeLimit;
import dev.kvstore.etcd.rpc.TxnRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Finds out what became of an attempt to write whose answer is lost. It may still be on its way, held by a member that stands still;
 * and it may have taken place and been overwritten by others. So first the attempt is fenced off: a key is written that the attempt
 * requires not to be there. From then on it cannot take place any more. Then the history of one of its keys up to that fence tells
 * whether it did.
 */
final class Settlement {

  /** How long a fence stands: longer than any message is on its way. */
  private static final Duration FENCE_STANDS = Duration.ofDays(1);

  private static final byte[] FENCE =
      "kv fence\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

  private final EtcdCluster cluster;
  private final Place place;
  private final Leases leases;
  private final Failures failures;

  Settlement(EtcdCluster cluster, Place place, Leases leases, Failures failures) {
    this.cluster = cluster;
    this.place = place;
    this.leases = leases;
    this.failures = failures;
  }

  /**
   * Whether the attempt took place; if not, it will not any more.
   *
   * @param since a revision before the attempt
   * @throws StorageFailedException OUTCOME_UNKNOWN if that cannot be found out
   */
  boolean tookPlace(WriteAttempt attempt, long since, long nowMillis, TimeLimit limit) {
    List<Change> changes;
    try {
      long lease = leases.forExpiry(nowMillis + FENCE_STANDS.toMillis(), nowMillis, limit);
      cluster.repeatable(new TxnRequest().put(attempt.fence(), FENCE, lease), limit);
      changes = cluster.history(attempt.witnessKey(), attempt.fence(), since + 1, limit);
    } catch (RpcException e) {
      throw failures.outcomeUnknown(String.valueOf(e.getMessage()));
    }
    byte[] witness = attempt.witnessKey();
    List<Change> own = changes.stream()
        .filter(change -> Arrays.equals(change.state().key(), witness))
        .toList();
    if (attempt.isSigned()) {
      return own.stream().anyMatch(change -> isOf(attempt, change));
    }
    // A removal bears no name. After somebody else's write it could not take place.
    boolean mayHave = attempt.removesWhatWasSeen()
        ? !own.isEmpty() && own.get(0).removed()
        : own.stream().anyMatch(Change::removed);
    if (mayHave) {
      throw failures.outcomeUnknown("the entry is gone, by this removal or by another");
    }
    return false;
  }

  private boolean isOf(WriteAttempt attempt, Change change) {
    return !change.removed()
        && place
            .value(place.key(change.state()), change.state())
            .writeId()
            .equals(attempt.writeId());
  }
}
