package dev.kvstore.etcd;

import dev.kvstore.core.error.LimitExceededException;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.port.CommitResult;
import dev.kvstore.core.port.Effect;
import dev.kvstore.core.port.Effect.SetEntry;
import dev.kvstore.core.port.Mutation;
import dev.kvstore.core.port.SessionLimits;
import dev.kvstore.etcd.rpc.EtcdCluster;
import dev.kvstore.etcd.rpc.RangeRequest;
import dev.kvstore.etcd.rpc.RpcException;
import dev.kvstore.etcd.rpc.TimeLimit;
import dev.kvstore.etcd.rpc.TxnAnswer;
import dev.kvstore.etcd.rpc.TxnRequest;
import java.util.List;
import java.util.Optional;

/**
 * Applies commits: looks at the keys, judges the expectations, and writes under the condition that nothing has changed since; if
 * something has, once more.
 */
final class Commits {

  /** Half of what etcd takes by default, so that names and checksums have room. */
  static final SessionLimits LIMITS = new SessionLimits(64, 1L << 20);

  private final EtcdCluster cluster;
  private final Place place;
  private final Leases leases;
  private final Failures failures;
  private final Settlement settlement;
  private final WriteIds writeIds = new WriteIds();

  Commits(EtcdCluster cluster, Place place, Failures failures) {
    this.cluster = cluster;
    this.place = place;
    this.failures = failures;
    this.leases = new Leases(cluster, place.namespace());
    this.settlement = new Settlement(cluster, place, leases, failures);
  }

  CommitResult commit(List<Mutation> mutations, long nowMillis) {
    if (mutations.isEmpty()) {
      return CommitResult.APPLIED;
    }
    requireWithinLimits(mutations);
    TimeLimit limit = failures.newLimit();
    Seen seen = Seen.assume(mutations).orElseGet(() -> read(mutations, limit));
    while (true) {
      if (!seen.assumed()) {
        Optional<Key> refusal = seen.refusal(mutations, place, nowMillis);
        if (refusal.isPresent()) {
          return CommitResult.refused(refusal.get());
        }
        if (mutations.stream().allMatch(mutation -> mutation.effect().equals(Effect.NONE))) {
          return CommitResult.APPLIED;
        }
      }
      if (limit.isOver()) {
        throw failures.contended();
      }
      Optional<Seen> changed = write(mutations, seen, nowMillis, limit);
      if (changed.isEmpty()) {
        return CommitResult.APPLIED;
      }
      seen = changed.get();
    }
  }

  /** Writes; what is there instead of what was seen, if nothing was written. */
  private Optional<Seen> write(
      List<Mutation> mutations, Seen seen, long nowMillis, TimeLimit limit) {
    WriteAttempt attempt = new WriteAttempt(place.namespace(), mutations, seen, writeIds.next());
    TxnRequest request = attempt.request(leases, nowMillis, limit);
    long since = cluster.revision();
    try {
      TxnAnswer answer = cluster.once(request, limit);
      return answer.succeeded() ? Optional.empty() : Optional.of(Seen.of(answer.reads()));
    } catch (RpcException e) {
      switch (e.kind()) {
        case ANSWER_LOST -> {
          if (settlement.tookPlace(attempt, since, nowMillis, limit)) {
            return Optional.empty();
          }
        }
        case LEASE_GONE -> leases.forgetAll();
        default -> throw e;
      }
      return Optional.of(read(mutations, limit));
    }
  }

  private Seen read(List<Mutation> mutations, TimeLimit limit) {
    TxnRequest request = new TxnRequest();
    mutations.forEach(
        mutation -> request.read(RangeRequest.of(place.namespace().of(mutation.key()))));
    return Seen.of(cluster.repeatable(request, limit).reads());
  }

  private static void requireWithinLimits(List<Mutation> mutations) {
    if (mutations.size() > LIMITS.maxOperations()) {
      throw LimitExceededException.sessionTooLarge(
          "operations", mutations.size(), LIMITS.maxOperations());
    }
    long bytes = bytes(mutations);
    // One entry is never too large, however its bytes are counted.
    if (bytes > LIMITS.maxBytes() && mutations.size() > 1) {
      throw LimitExceededException.sessionTooLarge("bytes", bytes, LIMITS.maxBytes());
    }
  }

  /** What the keys and values of a commit take, in bytes. */
  static long bytes(List<Mutation> mutations) {
    long bytes = 0;
    for (Mutation mutation : mutations) {
      if (mutation.effect() instanceof SetEntry set) {
        bytes += mutation.key().utf8().length + set.value().sizeInBytes();
      }
    }
    return bytes;
  }
}
