package dev.kvstore.app.cli.store;

import dev.kvstore.core.error.StoreUnavailableException;
import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.model.KeyRange;
import dev.kvstore.core.model.Page;
import dev.kvstore.core.model.StoreStatus;
import dev.kvstore.core.port.CommitResult;
import dev.kvstore.core.port.Mutation;
import dev.kvstore.core.port.ProgressListener;
import dev.kvstore.core.port.SessionLimits;
import dev.kvstore.core.port.StoragePort;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A store that is not there: empty until the first commit makes it. So a command that is refused before it writes leaves
 * nothing behind, and one that only tries makes nothing. Safe for any number of threads, which take turns.
 */
final class UnmadeStore implements StoragePort {

  private final Supplier<StoragePort> maker;
  private final SessionLimits limits;
  private @Nullable StoragePort made;

  // Read and written without the monitor: who makes the store has that, and may wait for its lock.
  private volatile boolean closed;
  private volatile boolean making;

  /** A store that {@code maker} makes and opens, and that will have these limits. */
  UnmadeStore(Supplier<StoragePort> maker, SessionLimits limits) {
    this.maker = maker;
    this.limits = limits;
  }

  @Override
  public synchronized Optional<Entry> find(Key key, long nowMillis) {
    requireOpen();
    return made == null ? Optional.empty() : made.find(key, nowMillis);
  }

  @Override
  public synchronized Page<Entry> scan(KeyRange range, int limit, long nowMillis) {
    requireOpen();
    return made == null ? new Page<>(List.of(), false) : made.scan(range, limit, nowMillis);
  }

  @Override
  public synchronized Page<Key> scanKeys(KeyRange range, int limit, long nowMillis) {
    requireOpen();
    return made == null ? new Page<>(List.of(), false) : made.scanKeys(range, limit, nowMillis);
  }

  @Override
  public synchronized CommitResult commit(List<Mutation> mutations, long nowMillis) {
    return making().commit(mutations, nowMillis);
  }

  /** Makes the store: only a store that is there has figures. */
  @Override
  public synchronized StoreStatus status(long nowMillis) {
    return making().status(nowMillis);
  }

  @Override
  public synchronized void compact(long nowMillis) {
    making().compact(nowMillis);
  }

  @Override
  public synchronized void compact(long nowMillis, ProgressListener listener) {
    making().compact(nowMillis, listener);
  }

  /** Whether the store is there by now. */
  synchronized boolean isMade() {
    return made != null;
  }

  @Override
  public synchronized SessionLimits sessionLimits() {
    requireOpen();
    return made == null ? limits : made.sessionLimits();
  }

  /** Does not wait for a store that is just being made; it is closed as soon as it is. */
  @Override
  public void close() {
    closed = true;
    if (!making) {
      closeMade();
    }
  }

  private synchronized void closeMade() {
    if (made != null) {
      made.close();
    }
  }

  private StoragePort making() {
    requireOpen();
    if (made == null) {
      making = true;
      try {
        // Either close() has seen that, or this sees it closed.
        requireOpen();
        made = maker.get();
      } finally {
        making = false;
      }
      if (closed) {
        closeMade();
      }
      requireOpen();
    }
    return made;
  }

  private void requireOpen() {
    if (closed) {
      throw StoreUnavailableException.closed("store");
    }
  }
}
