package dev.kvstore.etcd;

import dev.kvstore.core.error.CorruptStoreException;
import dev.kvstore.core.error.LimitExceededException;
import dev.kvstore.core.error.Printable;
import dev.kvstore.core.error.StorageFailedException;
import dev.kvstore.core.error.StoreException;
import dev.kvstore.etcd.rpc.RpcException;
import dev.kvstore.etcd.rpc.TimeLimit;
import java.time.Duration;
import java.util.Map;

/** Turns what the cluster answers, or does not answer, into the store's own errors. */
final class Failures {

  private final String location;
  private final String endpoints;
  private final Duration timeout;

  Failures(String location, String endpoints, Duration timeout) {
    this.location = location;
    this.endpoints = endpoints;
    this.timeout = timeout;
  }

  /** The time that one call of the store may take. */
  TimeLimit newLimit() {
    return TimeLimit.after(timeout);
  }

  /** The error for a call of which it is known that nothing came of it. */
  StoreException of(RpcException e) {
    String cluster = "the etcd cluster at " + Printable.quote(endpoints);
    String reason = Printable.escape(String.valueOf(e.getMessage()));
    return switch (e.kind()) {
      case UNREACHABLE, ANSWER_LOST ->
        failed(
            cluster + " has not answered within " + timeout.toMillis() + " ms (" + reason
                + "); nothing was changed. Check the addresses, and that most members run",
            e);
      case DENIED ->
        failed(
            cluster + " denies access (" + reason
                + "); name a user in ETCDCTL_USER and the password in ETCDCTL_PASSWORD",
            e);
      case NO_SPACE -> full(0, 0, 0);
      case COMPACTED, LEASE_GONE, LEASE_EXISTS, REFUSED ->
        failed(cluster + " refuses the call (" + reason + ")", e);
    };
  }

  /** STORE_FULL: the quota of the cluster is used up. */
  LimitExceededException full(long needed, long used, long quota) {
    return LimitExceededException.clusterFull(location, needed, used, quota);
  }

  /** The error for a commit that may or may not have been applied, and will not be any more. */
  StorageFailedException outcomeUnknown(String why) {
    return StorageFailedException.outcomeUnknown(
        "the etcd cluster at " + Printable.quote(endpoints)
            + " has not said whether it applied the write, and it cannot be found out ("
            + Printable.escape(why)
            + "); read the keys to see",
        Map.of("endpoints", endpoints),
        null);
  }

  /** The error for a commit whose keys others kept changing. */
  StorageFailedException contended() {
    return StorageFailedException.failed(
        "others have changed the keys of the write again and again for " + timeout.toMillis()
            + " ms; nothing was changed. Try again",
        Map.of("endpoints", endpoints),
        null);
  }

  /** What lies there is not a store of this format. */
  CorruptStoreException unsupported(String what) {
    return CorruptStoreException.unsupportedFormat(
        Printable.quote(location) + " " + what, Map.of("location", location));
  }

  private StorageFailedException failed(String message, RpcException e) {
    return StorageFailedException.failed(message, Map.of("endpoints", endpoints), e);
  }
}
