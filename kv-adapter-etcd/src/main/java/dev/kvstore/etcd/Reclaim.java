package dev.kvstore.etcd;

import dev.kvstore.core.model.KeyPrefix;
import dev.kvstore.core.model.KeyRange;
import dev.kvstore.etcd.rpc.ClusterAdministration;
import dev.kvstore.etcd.rpc.Endpoint;
import dev.kvstore.etcd.rpc.EtcdCluster;
import dev.kvstore.etcd.rpc.RpcException;
import dev.kvstore.etcd.rpc.RpcException.Kind;
import dev.kvstore.etcd.rpc.TimeLimit;
import dev.kvstore.etcd.rpc.TxnRequest;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Gives space back: removes what has expired, forgets the history, shortens the members' files, and lets a full cluster write again. */
final class Reclaim {

  /** How many entries one transaction removes. */
  private static final int BATCH = 64;

  /**
   * How long the history may take to forget (10 ms for a thousand writes), and a member to shorten its file, standing still (a minute
   * for one of the largest size).
   */
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private final EtcdCluster cluster;
  private final Place place;
  private final Failures failures;

  Reclaim(EtcdCluster cluster, Place place, Failures failures) {
    this.cluster = cluster;
    this.place = place;
    this.failures = failures;
  }

  void run(long nowMillis) {
    removeExpired(nowMillis);
    // As far as this user may: the cluster belongs to others, too.
    ClusterAdministration administration = cluster.administration();
    long newest = cluster.revision();
    attempt("compact the history", () -> administration.compact(newest, TimeLimit.after(LONGEST)));
    List<Endpoint> members = new ArrayList<>();
    attempt("ask who leads", () -> members.addAll(administration.leaderLast(failures.newLimit())));
    for (Endpoint member : members) {
      attempt(
          "shorten the file of " + member,
          () -> administration.defragment(member, TimeLimit.after(LONGEST)));
    }
    attempt("take back alarms", () -> administration.disarm(failures.newLimit()));
  }

  private void removeExpired(long nowMillis) {
    Walk walk = new Walk(cluster, place, KeyRange.of(KeyPrefix.all()), false);
    try {
      while (walk.hasMore()) {
        remove(walk.keys(Integer.MAX_VALUE, failures.newLimit()).stream()
            .filter(found -> !Scans.isLive(found, nowMillis))
            .toList());
      }
    } catch (RpcException e) {
      // Some versions of etcd, once full, refuse even this. What follows lets them write again.
      if (e.kind() != Kind.NO_SPACE) {
        throw e;
      }
      warn("remove what has expired", e);
    }
  }

  private void remove(List<Walk.Found> expired) {
    for (int i = 0; i < expired.size(); i += BATCH) {
      List<Walk.Found> batch = expired.subList(i, Math.min(i + BATCH, expired.size()));
      // If somebody has replaced one of them, the others can still go.
      if (!removeAll(batch) && batch.size() > 1) {
        batch.forEach(one -> removeAll(List.of(one)));
      }
    }
  }

  private boolean removeAll(List<Walk.Found> expired) {
    TxnRequest request = new TxnRequest();
    for (Walk.Found found : expired) {
      byte[] key = place.namespace().of(found.key());
      request.requireModified(key, found.revision()).delete(key);
    }
    return cluster.repeatable(request, failures.newLimit()).succeeded();
  }

  private static void attempt(String what, Runnable step) {
    try {
      step.run();
    } catch (RpcException e) {
      warn(what, e);
    }
  }

  private static void warn(String what, RpcException e) {
    System.getLogger(Reclaim.class.getName())
        .log(Level.WARNING, "cannot {0}: {1}", what, e.getMessage());
  }
}
