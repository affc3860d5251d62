package dev.kvstore.etcd;

import dev.kvstore.core.error.StorageFailedException;
import dev.kvstore.etcd.rpc.Change;
import dev.kvstore.etcd.rpc.EtcdCluster;
import dev.kvstore.etcd.rpc.KeyValue;
import dev.kvstore.etcd.rpc.RangeAnswer;
import dev.kvstore.etcd.rpc.RangeRequest;
import dev.kvstore.etcd.rpc.RpcException;
import dev.kvstore.etcd.rpc.RpcException.Kind;
import dev.kvstore.etcd.rpc.TimeLimit;
import dev.kvstore.etcd.rpc.TxnRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Finds out what became of an attempt to write, where the answer does not tell.
 *
 * <p>If it is lost, the attempt may still be on its way, held by a member that stands still; and it may have taken place and been
 * overwritten by others. So first the attempt is fenced off: a key is written that the attempt requires not to be there. From then on
 * it cannot take place any more. Then the witness, one of its keys, or its history up to that fence, tells whether it did.
 *
 * <p>If it is that the quota is used up, the attempt has ended. But the write that uses it up takes place and gets that answer all the
 * same (etcd, server/etcdserver/apply: {@code quotaApplierV3}).
 */
final class Settlement {

  /** How long a fence stands: longer than any message is on its way. */
  private static final Duration FENCE_STANDS = Duration.ofDays(1);

  private static final byte[] FENCE = "kv fence\n".getBytes(StandardCharsets.US_ASCII);

  private final EtcdCluster cluster;
  private final Leases leases;
  private final Failures failures;

  Settlement(EtcdCluster cluster, Leases leases, Failures failures) {
    this.cluster = cluster;
    this.leases = leases;
    this.failures = failures;
  }

  /**
   * Whether the attempt took place whose answer was lost; if not, it will not any more.
   *
   * @param since a revision before the attempt
   * @throws StorageFailedException OUTCOME_UNKNOWN if that cannot be found out
   */
  boolean tookPlace(WriteAttempt attempt, long since, long nowMillis, TimeLimit limit) {
    byte[] witness = attempt.witnessKey();
    try {
      return tookPlace(
          attempt,
          since,
          fenceOff(attempt, nowMillis, limit),
          () -> cluster.history(witness, attempt.fence(), since + 1, limit));
    } catch (RpcException e) {
      throw failures.outcomeUnknown(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Whether the attempt took place to which the cluster answered that it is full.
   *
   * @param since a revision before the attempt
   * @throws StorageFailedException OUTCOME_UNKNOWN if that cannot be found out
   */
  boolean tookPlaceInFullCluster(WriteAttempt attempt, long since, TimeLimit limit) {
    byte[] witness = attempt.witnessKey();
    try {
      Optional<KeyValue> there =
          cluster.range(RangeRequest.of(witness), limit).items().stream().findFirst();
      return tookPlace(
          attempt,
          since,
          there,
          () -> cluster.history(witness, there.map(KeyValue::modRevision), since + 1, limit));
    } catch (RpcException e) {
      throw failures.outcomeUnknown(String.valueOf(e.getMessage()));
    }
  }

  private Optional<KeyValue> fenceOff(WriteAttempt attempt, long nowMillis, TimeLimit limit) {
    while (true) {
      long lease = leases.forExpiry(nowMillis + FENCE_STANDS.toMillis(), nowMillis, limit);
      TxnRequest request = new TxnRequest()
          .put(attempt.fence(), FENCE, lease)
          .read(RangeRequest.of(attempt.witnessKey()));
      try {
        RangeAnswer witness = cluster.repeatable(request, limit).reads().get(0);
        return witness.items().stream().findFirst();
      } catch (RpcException e) {
        if (e.kind() != Kind.LEASE_GONE) {
          throw e;
        }
        leases.forgetAll();
      }
    }
  }

  /**
   * Judges an attempt that has ended.
   *
   * @param there what lies under the witness since it ended
   * @param history what has changed since then, up to a change after the attempt
   */
  private boolean tookPlace(
      WriteAttempt attempt, long since, Optional<KeyValue> there, Supplier<List<Change>> history) {
    if (there.isPresent() && isOf(attempt, there.get())) {
      return true;
    }
    if (there.isPresent() && there.get().modRevision() <= since) {
      return false;
    }
    byte[] witness = attempt.witnessKey();
    List<Change> own = history.get().stream()
        .filter(change -> Arrays.equals(change.state().key(), witness))
        .toList();
    if (attempt.isSigned()) {
      return own.stream().anyMatch(change -> !change.removed() && isOf(attempt, change.state()));
    }
    // A removal bears no name. After somebody else's write it could not take place.
    boolean mayHave = !own.isEmpty() && own.get(0).removed();
    if (mayHave) {
      throw failures.outcomeUnknown("the entry is gone, by this removal or by another");
    }
    return false;
  }

  private static boolean isOf(WriteAttempt attempt, KeyValue found) {
    try {
      return StoredValue.decode(attempt.witness(), found.value())
          .writeId()
          .equals(attempt.writeId());
    } catch (StoredValue.FaultException e) {
      // Another program has written there.
      return false;
    }
  }
}
