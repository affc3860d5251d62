package dev.kvstore.etcd;

import dev.kvstore.core.error.LimitExceededException;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.port.CommitResult;
import dev.kvstore.core.port.Effect.SetEntry;
import dev.kvstore.core.port.Mutation;
import dev.kvstore.core.port.SessionLimits;
import dev.kvstore.etcd.rpc.EtcdCluster;
import dev.kvstore.etcd.rpc.RangeRequest;
import dev.kvstore.etcd.rpc.RpcException;
import dev.kvstore.etcd.rpc.TimeLimit;
import dev.kvstore.etcd.rpc.TxnAnswer;
import dev.kvstore.etcd.rpc.TxnRequest;
import java.time.Duration;
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
  private final Duration reserve;

  /**
   * Commits to a store.
   *
   * @param reserve how much of the time of a call is kept for finding out what became of a write
   */
  Commits(EtcdCluster cluster, Place place, Failures failures, Duration reserve) {
    this.cluster = cluster;
    this.place = place;
    this.failures = failures;
    this.reserve = reserve;
    this.leases = new Leases(cluster, place.namespace());
    this.settlement = new Settlement(cluster, leases, failures);
  }

  CommitResult commit(List<Mutation> mutations, long nowMillis) {
    if (mutations.isEmpty()) {
      return CommitResult.APPLIED;
    }
    requireWithinLimits(mutations);
    TimeLimit limit = failures.newLimit();
    TimeLimit writing = limit.earlier(reserve);
    // Who has not heard of the cluster for long reads first: its history may not reach so far back.
    Optional<Seen> assumed = cluster.hasHeardLately() ? Seen.assume(mutations) : Optional.empty();
    Seen seen = assumed.orElseGet(() -> read(mutations, limit));
    int attempts = 0;
    while (true) {
      if (!seen.assumed()) {
        Optional<Key> refusal = seen.refusal(mutations, place, nowMillis);
        if (refusal.isPresent()) {
          return CommitResult.refused(refusal.get());
        }
        if (seen.isAlreadyAsWanted(mutations)) {
          return CommitResult.APPLIED;
        }
      }
      if (attempts++ > 0 && writing.isOver()) {
        throw failures.contended();
      }
      Optional<Seen> changed = write(mutations, seen, nowMillis, writing, limit);
      if (changed.isEmpty()) {
        return CommitResult.APPLIED;
      }
      seen = changed.get();
    }
  }

  /** Writes; what is there instead of what was seen, if nothing was written. */
  private Optional<Seen> write(
      List<Mutation> mutations, Seen seen, long nowMillis, TimeLimit writing, TimeLimit limit) {
    WriteAttempt attempt = new WriteAttempt(place.namespace(), mutations, seen, writeIds.next());
    TxnRequest request = attempt.request(leases, nowMillis, writing);
    long since = cluster.revision();
    try {
      TxnAnswer answer = cluster.once(request, writing);
      return answer.succeeded() ? Optional.empty() : Optional.of(Seen.of(answer.reads()));
    } catch (RpcException e) {
      switch (e.kind()) {
        case ANSWER_LOST -> {
          if (settlement.tookPlace(attempt, since, nowMillis, limit)) {
            return Optional.empty();
          }
        }
        case NO_SPACE -> {
          if (settlement.tookPlaceInFullCluster(attempt, since, limit)) {
            return Optional.empty();
          }
          throw e;
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
