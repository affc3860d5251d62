package dev.kvstore.etcd;

import dev.kvstore.etcd.rpc.EtcdCluster;
import dev.kvstore.etcd.rpc.RpcException;
import dev.kvstore.etcd.rpc.RpcException.Kind;
import dev.kvstore.etcd.rpc.TimeLimit;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The leases at whose end etcd sweeps expired entries out. Whether an entry is there is judged by its expiry alone; so a lease may
 * last longer, and entries that expire at about the same time share one, over all clients: its number follows from the time. A lease
 * ends at least half of {@link #GRACE} after the entries that are bound to it expire by the clock of this machine, whoever made it,
 * since it is asked how long it still lasts. (If this clock is further ahead of the others than that, it ends too early for them.)
 */
final class Leases {

  /** How much longer than its entries a new lease lasts; an old one may last half of it. */
  private static final Duration GRACE = Duration.ofMinutes(10);

  private static final long LEAST_WIDTH_MILLIS = 60_000;

  /** etcd removes all that is bound to a lease in one step, in which the cluster stands still. */
  private static final long MOST_WIDTH_MILLIS = 1L << 22;

  /** What etcd allows: 285 years. */
  private static final long MOST_SECONDS = 9_000_000_000L;

  private static final int MOST_KNOWN = 1_024;

  /** Entries that expire between {@code end - width} and {@code end}, in milliseconds since 1970. */
  private record Slot(long width, long end) {

    static Slot of(long expiresAtMillis, long remainingMillis) {
      long fitting = Math.min(MOST_WIDTH_MILLIS, Long.highestOneBit(remainingMillis / 8));
      long width = Math.max(LEAST_WIDTH_MILLIS, fitting);
      long end = Math.floorDiv(expiresAtMillis, width) * width;
      return new Slot(width, end > Long.MAX_VALUE - width ? Long.MAX_VALUE : end + width);
    }
  }

  private record Lease(long id, TimeLimit end) {}

  private final EtcdCluster cluster;
  private final Namespace namespace;

  private final Map<Slot, Lease> known = new LinkedHashMap<>(16, 0.75f, true) {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<Slot, Lease> eldest) {
      return size() > MOST_KNOWN;
    }
  };

  Leases(EtcdCluster cluster, Namespace namespace) {
    this.cluster = cluster;
    this.namespace = namespace;
  }

  /** The number of a lease for an entry that expires then. */
  long forExpiry(long expiresAtMillis, long nowMillis, TimeLimit limit) {
    long remaining = Math.max(0, expiresAtMillis - nowMillis);
    Slot slot = Slot.of(expiresAtMillis, remaining);
    long needed = Math.min(MOST_SECONDS / 2, (remaining + GRACE.toMillis() / 2) / 1_000 + 1);
    Lease lease = known(slot);
    if (lease == null || lease.end().left().toSeconds() < needed) {
      long whole = (slot.end() - Math.max(0, nowMillis)) / 1_000 + GRACE.toSeconds();
      lease = obtain(slot, needed, Math.min(MOST_SECONDS, whole), limit);
      remember(slot, lease);
    }
    return lease.id();
  }

  /** Forgets a lease that etcd does not know any more. */
  synchronized void forgetAll() {
    known.clear();
  }

  private Lease obtain(Slot slot, long needed, long whole, TimeLimit limit) {
    long shared = number(slot);
    try {
      return lease(cluster.grantLease(shared, whole, limit), whole);
    } catch (RpcException e) {
      if (e.kind() != Kind.LEASE_EXISTS) {
        throw e;
      }
    }
    long left = cluster.leaseSecondsLeft(shared, limit);
    return left >= needed
        ? lease(shared, left)
        // Somebody with another clock has made it, or somebody else with another purpose.
        : lease(cluster.grantLease(0, whole, limit), whole);
  }

  private static Lease lease(long id, long seconds) {
    // In nanoseconds no more than 292 years can be said.
    return new Lease(id, TimeLimit.after(Duration.ofSeconds(Math.min(seconds, MOST_SECONDS / 2))));
  }

  private long number(Slot slot) {
    try {
      String name = namespace.name() + "/" + slot.width() + "/" + slot.end();
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
      // etcd takes positive numbers; zero would let it choose.
      return (ByteBuffer.wrap(hash).getLong() >>> 1) | 1;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private synchronized @Nullable Lease known(Slot slot) {
    return known.get(slot);
  }

  private synchronized void remember(Slot slot, Lease lease) {
    known.put(slot, lease);
  }
}
