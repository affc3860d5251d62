package dev.kvstore.etcd;

import dev.kvstore.core.error.LimitExceededException;
import dev.kvstore.core.model.StoreStatus;
import dev.kvstore.etcd.rpc.EtcdCluster;
import dev.kvstore.etcd.rpc.MemberStatus;
import dev.kvstore.etcd.rpc.RpcException;
import dev.kvstore.etcd.rpc.TimeLimit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the cluster tells of itself. */
final class Figures {

  private final EtcdCluster cluster;
  private final EtcdOptions options;
  private final Failures failures;

  Figures(EtcdCluster cluster, EtcdOptions options, Failures failures) {
    this.cluster = cluster;
    this.options = options;
    this.failures = failures;
  }

  StoreStatus status(Scans.Count count) {
    Map<String, Object> members = cluster.administration().statuses(failures.newLimit());
    List<MemberStatus> answering = members.values().stream()
        .filter(MemberStatus.class::isInstance)
        .map(MemberStatus.class::cast)
        .toList();
    Optional<Long> quota = quota(answering);
    Map<String, String> details = new LinkedHashMap<>();
    members.forEach((endpoint, status) -> details.put("member " + endpoint, describe(status)));
    details.put("revision", Long.toString(cluster.revision()));
    details.put("quota", quota.map(String::valueOf).orElse("not told by this version of etcd"));
    long bytes = fileBytes(answering);
    return new StoreStatus(
        EtcdStorage.ENGINE,
        options.location(),
        count.live(),
        count.expired(),
        count.liveBytes(),
        bytes,
        Math.max(bytes, quota.orElse(Long.MAX_VALUE)),
        details);
  }

  /** STORE_FULL for a write of so many bytes, with what the members tell. */
  LimitExceededException needed(long bytes) {
    try {
      // The commit has had its time: what cannot be told soon is left out.
      TimeLimit soon = TimeLimit.after(options.callTimeout());
      List<MemberStatus> answering = cluster.administration().answering(soon);
      return failures.full(bytes, fileBytes(answering), quota(answering).orElse(0L));
    } catch (RpcException e) {
      return failures.full(bytes, 0, 0);
    }
  }

  private Optional<Long> quota(List<MemberStatus> answering) {
    for (MemberStatus member : answering) {
      Optional<Long> quota = member.quotaBytes();
      if (quota.isEmpty() && !options.isEncrypted()) {
        quota = QuotaMetric.read(member.endpoint());
      }
      if (quota.isPresent()) {
        return quota;
      }
    }
    return Optional.empty();
  }

  private static long fileBytes(List<MemberStatus> answering) {
    return answering.stream().mapToLong(MemberStatus::dbBytes).max().orElse(0);
  }

  private static String describe(Object status) {
    return status instanceof MemberStatus member
        ? "etcd " + member.version() + ", " + member.dbBytes() + " bytes"
            + (member.isLeader() ? ", leader" : "")
        : "does not answer";
  }
}
