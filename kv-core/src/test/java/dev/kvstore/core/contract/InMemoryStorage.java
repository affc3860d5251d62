package dev.kvstore.core.contract;

import dev.kvstore.core.error.StoreUnavailableException;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** An engine for tests: a sorted map under one lock. What it held is still there when its {@link Disk} is opened again. */
public final class InMemoryStorage implements StoragePort {

  /** What outlives a closed engine. */
  public static final class Disk {
    private final TreeMap<Key, Entry> entries = new TreeMap<>();
    private long version;
    private boolean open;

    /** An empty disk. */
    public Disk() {}
  }

  private final Disk disk;
  private boolean closed;

  private InMemoryStorage(Disk disk) {
    this.disk = disk;
  }

  /** Opens the store on {@code disk}; STORE_LOCKED if it is open already. */
  public static InMemoryStorage open(Disk disk) {
    synchronized (disk) {
      if (disk.open) {
        throw StoreUnavailableException.locked(
            "memory", "another opening in this process", Map.of());
      }
      disk.open = true;
      return new InMemoryStorage(disk);
    }
  }

  @Override
  public Optional<Entry> find(Key key, long nowMillis) {
    synchronized (disk) {
      requireOpen();
      return Optional.ofNullable(disk.entries.get(key)).filter(entry -> entry.isLiveAt(nowMillis));
    }
  }

  @Override
  public Page<Entry> scan(KeyRange range, int limit, long nowMillis) {
    Page.requireLimit(limit);
    synchronized (disk) {
      requireOpen();
      List<Entry> found = disk.entries.values().stream()
          .filter(entry -> range.contains(entry.key()) && entry.isLiveAt(nowMillis))
          .limit(limit + 1L)
          .toList();
      boolean hasMore = found.size() > limit;
      return new Page<>(hasMore ? found.subList(0, limit) : found, hasMore);
    }
  }

  @Override
  public Page<Key> scanKeys(KeyRange range, int limit, long nowMillis) {
    Page<Entry> page = scan(range, limit, nowMillis);
    return new Page<>(page.items().stream().map(Entry::key).toList(), page.hasMore());
  }

  @Override
  public CommitResult commit(List<Mutation> mutations, long nowMillis) {
    Mutation.requireDistinctKeys(mutations);
    synchronized (disk) {
      requireOpen();
      for (Mutation mutation : mutations) {
        Optional<Entry> live = find(mutation.key(), nowMillis);
        if (!mutation
            .expectation()
            .isMet(live.isPresent(), live.map(Entry::version).orElse(0L))) {
          return CommitResult.refused(mutation.key());
        }
      }
      mutations.forEach(this::apply);
      return CommitResult.APPLIED;
    }
  }

  private void apply(Mutation mutation) {
    Key key = mutation.key();
    if (mutation.effect() instanceof Effect.SetEntry set) {
      disk.entries.put(key, new Entry(key, set.value(), set.expiresAtMillis(), ++disk.version));
    } else if (mutation.effect() instanceof Effect.Remove) {
      disk.entries.remove(key);
    }
  }

  @Override
  public StoreStatus status(long nowMillis) {
    synchronized (disk) {
      requireOpen();
      List<Entry> live = disk.entries.values().stream()
          .filter(entry -> entry.isLiveAt(nowMillis))
          .toList();
      long bytes = live.stream().mapToLong(entry -> entry.value().sizeInBytes()).sum();
      return new StoreStatus(
          "memory",
          "memory",
          live.size(),
          disk.entries.size() - live.size(),
          bytes,
          bytes,
          Long.MAX_VALUE);
    }
  }

  @Override
  public void compact(long nowMillis) {
    synchronized (disk) {
      requireOpen();
      disk.entries.values().removeIf(entry -> !entry.isLiveAt(nowMillis));
    }
  }

  @Override
  public SessionLimits sessionLimits() {
    return SessionLimits.FILE_ENGINE;
  }

  @Override
  public void close() {
    synchronized (disk) {
      if (!closed) {
        closed = true;
        disk.open = false;
      }
    }
  }

  private void requireOpen() {
    if (closed) {
      throw StoreUnavailableException.closed("store");
    }
  }
}
