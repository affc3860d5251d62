package dev.kvstore.core.contract;

import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.model.KeyRange;
import dev.kvstore.core.model.Page;
import dev.kvstore.core.model.StoreStatus;
import dev.kvstore.core.port.CommitResult;
import dev.kvstore.core.port.Mutation;
import dev.kvstore.core.port.SessionLimits;
import dev.kvstore.core.port.StoragePort;
import java.util.List;
import java.util.Optional;

/** Hands every call on; a subclass spoils one of them. */
public class ForwardingStorage implements StoragePort {

  private final StoragePort sound;

  /** Hands on to {@code sound}, and closes it. */
  public ForwardingStorage(StoragePort sound) {
    this.sound = sound;
  }

  @Override
  public Optional<Entry> find(Key key, long nowMillis) {
    return sound.find(key, nowMillis);
  }

  @Override
  public Page<Entry> scan(KeyRange range, int limit, long nowMillis) {
    return sound.scan(range, limit, nowMillis);
  }

  @Override
  public Page<Key> scanKeys(KeyRange range, int limit, long nowMillis) {
    return sound.scanKeys(range, limit, nowMillis);
  }

  @Override
  public CommitResult commit(List<Mutation> mutations, long nowMillis) {
    return sound.commit(mutations, nowMillis);
  }

  @Override
  public StoreStatus status(long nowMillis) {
    return sound.status(nowMillis);
  }

  @Override
  public void compact(long nowMillis) {
    sound.compact(nowMillis);
  }

  @Override
  public SessionLimits sessionLimits() {
    return sound.sessionLimits();
  }

  @Override
  public void close() {
    sound.close();
  }
}
