package dev.kvstore.etcd;

import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.model.KeyRange;
import dev.kvstore.core.model.Page;
import dev.kvstore.core.model.StoreStatus;
import dev.kvstore.core.port.CommitResult;
import dev.kvstore.core.port.Expectation;
import dev.kvstore.core.port.Mutation;
import dev.kvstore.core.port.SessionLimits;
import dev.kvstore.core.port.StoragePort;
import java.util.List;
import java.util.Optional;

/** An engine with a bug: it looks whether its expectations hold, and then writes without a condition. */
final class CarelessStorage implements StoragePort {

  private final StoragePort storage;

  CarelessStorage(StoragePort storage) {
    this.storage = storage;
  }

  @Override
  public CommitResult commit(List<Mutation> mutations, long nowMillis) {
    for (Mutation mutation : mutations) {
      Optional<Entry> entry = storage.find(mutation.key(), nowMillis);
      if (!mutation
          .expectation()
          .isMet(entry.isPresent(), entry.map(Entry::version).orElse(0L))) {
        return CommitResult.refused(mutation.key());
      }
    }
    List<Mutation> unconditional = mutations.stream()
        .map(mutation -> new Mutation(mutation.key(), Expectation.ANY, mutation.effect()))
        .toList();
    return storage.commit(unconditional, nowMillis);
  }

  @Override
  public Optional<Entry> find(Key key, long nowMillis) {
    return storage.find(key, nowMillis);
  }

  @Override
  public Page<Entry> scan(KeyRange range, int limit, long nowMillis) {
    return storage.scan(range, limit, nowMillis);
  }

  @Override
  public Page<Key> scanKeys(KeyRange range, int limit, long nowMillis) {
    return storage.scanKeys(range, limit, nowMillis);
  }

  @Override
  public StoreStatus status(long nowMillis) {
    return storage.status(nowMillis);
  }

  @Override
  public void compact(long nowMillis) {
    storage.compact(nowMillis);
  }

  @Override
  public SessionLimits sessionLimits() {
    return storage.sessionLimits();
  }

  @Override
  public void close() {
    storage.close();
  }
}
