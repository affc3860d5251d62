package example;

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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** An engine that keeps its entries in a map; several of the same name share it, one at a time. */
public final class MapEngine implements StoragePort {

  private static final class Shelf {
    final ReentrantLock lock = new ReentrantLock();
    final TreeMap<Key, Entry> entries = new TreeMap<>();
    long version;
    boolean taken;
  }

  private static final Map<String, Shelf> SHELVES = new ConcurrentHashMap<>();

  private final String name;
  private final Shelf shelf;
  private boolean closed;

  public MapEngine(String name) {
    this.name = name;
    this.shelf = SHELVES.computeIfAbsent(name, any -> new Shelf());
    shelf.lock.lock();
    try {
      if (shelf.taken) {
        throw StoreUnavailableException.locked(name, "another engine in this program", Map.of());
      }
      shelf.taken = true;
    } finally {
      shelf.lock.unlock();
    }
  }

  @Override
  public Optional<Entry> find(Key key, long nowMillis) {
    return locked(() -> live(key, nowMillis));
  }

  @Override
  public Page<Entry> scan(KeyRange range, int limit, long nowMillis) {
    Page.requireLimit(limit);
    return locked(() -> {
      List<Entry> found = shelf.entries.values().stream()
          .filter(entry -> range.contains(entry.key()) && entry.isLiveAt(nowMillis))
          .limit(limit + 1L)
          .toList();
      return new Page<>(found.subList(0, Math.min(limit, found.size())), found.size() > limit);
    });
  }

  @Override
  public Page<Key> scanKeys(KeyRange range, int limit, long nowMillis) {
    Page<Entry> page = scan(range, limit, nowMillis);
    return new Page<>(page.items().stream().map(Entry::key).toList(), page.hasMore());
  }

  @Override
  public CommitResult commit(List<Mutation> mutations, long nowMillis) {
    Mutation.requireDistinctKeys(mutations);
    return locked(() -> {
      for (Mutation mutation : mutations) {
        Optional<Entry> live = live(mutation.key(), nowMillis);
        if (!mutation.expectation().isMet(live.isPresent(), live.map(Entry::version).orElse(0L))) {
          return CommitResult.refused(mutation.key());
        }
      }
      for (Mutation mutation : mutations) {
        Key key = mutation.key();
        if (mutation.effect() instanceof Effect.SetEntry set) {
          shelf.entries.put(key, new Entry(key, set.value(), set.expiresAtMillis(), ++shelf.version));
        } else if (mutation.effect() instanceof Effect.Remove) {
          shelf.entries.remove(key);
        }
      }
      return CommitResult.APPLIED;
    });
  }

  @Override
  public StoreStatus status(long nowMillis) {
    return locked(() -> {
      long live = shelf.entries.values().stream().filter(entry -> entry.isLiveAt(nowMillis)).count();
      long bytes = shelf.entries.values().stream().mapToLong(entry -> entry.value().sizeInBytes()).sum();
      return new StoreStatus("map", name, live, shelf.entries.size() - live, bytes, bytes, Long.MAX_VALUE);
    });
  }

  @Override
  public void compact(long nowMillis) {
    locked(() -> shelf.entries.values().removeIf(entry -> !entry.isLiveAt(nowMillis)));
  }

  @Override
  public SessionLimits sessionLimits() {
    return new SessionLimits(1_000, 1 << 20);
  }

  @Override
  public void close() {
    shelf.lock.lock();
    try {
      shelf.taken &= closed;
      closed = true;
    } finally {
      shelf.lock.unlock();
    }
  }

  private Optional<Entry> live(Key key, long nowMillis) {
    return Optional.ofNullable(shelf.entries.get(key)).filter(entry -> entry.isLiveAt(nowMillis));
  }

  private <T> T locked(Supplier<T> work) {
    shelf.lock.lock();
    try {
      if (closed) {
        throw StoreUnavailableException.closed("store");
      }
      return work.get();
    } finally {
      shelf.lock.unlock();
    }
  }
}
