package dev.kvstore.etcd;

import dev.kvstore.core.error.StoreUnavailableException;
import dev.kvstore.core.error.UnsupportedByEngineException;
import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.model.KeyRange;
import dev.kvstore.core.model.Page;
import dev.kvstore.core.model.StoreStatus;
import dev.kvstore.core.port.CommitResult;
import dev.kvstore.core.port.Effect;
import dev.kvstore.core.port.Mutation;
import dev.kvstore.core.port.SessionLimits;
import dev.kvstore.core.port.StoragePort;
import dev.kvstore.etcd.rpc.EtcdCluster;
import dev.kvstore.etcd.rpc.RpcException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * A store in an etcd cluster, under a name of its own. Any number of threads, processes and machines may have it open and write at the
 * same time; all that they do is linearizable. What a call acknowledges is on the disks of most members. An interrupt of a calling
 * thread changes nothing.
 *
 * <p>Every call ends within the timeout of the options, but {@link #compact} and {@link #status}, which go through the store piece
 * by piece. While most members are not there a call throws STORAGE_FAILED with the endpoints. A commit whose answer was lost is looked into; it throws OUTCOME_UNKNOWN only if that does not
 * tell whether it was applied.
 */
public final class EtcdStorage implements StoragePort {

  /** The engine's name. */
  public static final String ENGINE = "etcd";

  /** How much one commit may hold: half of what etcd takes by default. */
  public static final SessionLimits SESSION_LIMITS = Commits.LIMITS;

  private final EtcdOptions options;
  private final Failures failures;
  private final EtcdCluster cluster;
  private final Scans scans;
  private final Commits commits;
  private final Reclaim reclaim;
  private final Figures figures;

  /** Held for reading by each call, so that close can wait for them. */
  private final ReadWriteLock closing = new ReentrantReadWriteLock();

  private volatile boolean closed;

  private EtcdStorage(EtcdOptions options) {
    this.options = options;
    this.failures = new Failures(options.location(), options.endpoints(), options.timeout());
    this.cluster = options.connect();
    Place place = new Place(options.location(), new Namespace(options.namespace()));
    this.scans = new Scans(cluster, place, failures);
    this.commits = new Commits(cluster, place, failures, options.reserve());
    this.reclaim = new Reclaim(cluster, place, failures);
    this.figures = new Figures(cluster, options, failures);
  }

  /**
   * Opens a store.
   *
   * @throws dev.kvstore.core.error.InvalidInputException INVALID_LOCATION if a file of the options cannot be used
   * @throws StoreUnavailableException STORE_MISSING if it is not there and may not be made
   * @throws dev.kvstore.core.error.CorruptStoreException UNSUPPORTED_FORMAT if the namespace holds keys of others, or a store of a
   *     newer format
   * @throws dev.kvstore.core.error.StorageFailedException STORAGE_FAILED if the cluster does not answer in time, or refuses
   */
  public static EtcdStorage open(EtcdOptions options) {
    EtcdStorage storage = new EtcdStorage(options);
    try {
      storage.requireStore();
      return storage;
    } catch (RuntimeException | Error e) {
      storage.close();
      throw e;
    }
  }

  private void requireStore() {
    Place place = new Place(options.location(), new Namespace(options.namespace()));
    call(() -> {
      new Marker(cluster, place, failures).require(options.createIfMissing());
      return true;
    });
  }

  @Override
  public Optional<Entry> find(Key key, long nowMillis) {
    return call(() -> scans.find(key, nowMillis));
  }

  @Override
  public Page<Entry> scan(KeyRange range, int limit, long nowMillis) {
    Page.requireLimit(limit);
    return call(() -> scans.entries(range, limit, nowMillis));
  }

  @Override
  public Page<Key> scanKeys(KeyRange range, int limit, long nowMillis) {
    Page.requireLimit(limit);
    return call(() -> scans.keys(range, limit, nowMillis));
  }

  @Override
  public CommitResult commit(List<Mutation> mutations, long nowMillis) {
    Mutation.requireDistinctKeys(mutations);
    List<Mutation> copy = List.copyOf(mutations);
    if (!copy.stream().allMatch(mutation -> mutation.effect().equals(Effect.NONE))) {
      requireWritable();
    }
    return call(() -> commits.commit(copy, nowMillis), () -> figures.needed(Commits.bytes(copy)));
  }

  /** {@inheritDoc} Reads all entries. Bytes of the file are those of the largest member, with all that the cluster holds. */
  @Override
  public StoreStatus status(long nowMillis) {
    return call(() -> figures.status(scans.count(nowMillis)));
  }

  /**
   * {@inheritDoc} Forgets the history of the whole cluster, and shortens the files of the members, each of which stands still
   * meanwhile; and lets a cluster that was full write again. What this user may not do is left out, and logged.
   */
  @Override
  public void compact(long nowMillis) {
    requireWritable();
    call(() -> {
      reclaim.run(nowMillis);
      return true;
    });
  }

  @Override
  public SessionLimits sessionLimits() {
    return SESSION_LIMITS;
  }

  @Override
  public void close() {
    // First, so that who comes now is told, and does not wait for a compaction behind this.
    closed = true;
    closing.writeLock().lock();
    try {
      cluster.close();
    } finally {
      closing.writeLock().unlock();
    }
  }

  private <T> T call(Supplier<T> work) {
    return call(work, () -> failures.full(0, 0, 0));
  }

  private <T> T call(Supplier<T> work, Supplier<? extends RuntimeException> full) {
    requireOpen();
    closing.readLock().lock();
    try {
      requireOpen();
      return work.get();
    } catch (RpcException e) {
      throw e.kind() == RpcException.Kind.NO_SPACE ? full.get() : failures.of(e);
    } finally {
      closing.readLock().unlock();
    }
  }

  private void requireOpen() {
    if (closed) {
      throw StoreUnavailableException.closed("store");
    }
  }

  private void requireWritable() {
    if (options.readOnly()) {
      throw UnsupportedByEngineException.readOnly(options.location());
    }
  }
}
