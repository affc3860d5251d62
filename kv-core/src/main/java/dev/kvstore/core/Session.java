package dev.kvstore.core;

import dev.kvstore.core.error.ErrorCode;
import dev.kvstore.core.error.StorageFailedException;
import dev.kvstore.core.error.StoreUnavailableException;
import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.JsonValue;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.model.KeyRange;
import dev.kvstore.core.model.Page;
import dev.kvstore.core.model.TimeToLive;
import dev.kvstore.core.model.ValueTypes;
import dev.kvstore.core.port.CommitResult;
import dev.kvstore.core.port.Mutation;
import dev.kvstore.core.port.StoragePort;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * A temporary database beside the master: it stages creates, puts and deletes, reads its own writes, and on {@link #commit}
 * applies them to the master all at once or not at all, also over a crash. Closing without a commit discards them.
 *
 * <p>The session remembers the state of every key that it reads or writes. If one of them has changed by the time of the
 * commit (or of a second look at it), the session fails with CONFLICT, so committed sessions are strictly serializable. Lists
 * show what is staged but are not remembered. A time to live begins with the commit; until then a staged entry does not
 * expire.
 *
 * <p>The engine bounds the operations (creates, puts, deletes) that a session stages, the keys that it looks at, and the bytes
 * of keys and values that it holds; engines on files allow 10,000, 10,000 and 64 MiB. Beyond, an operation throws
 * SESSION_TOO_LARGE and is not staged. Safe for any number of threads, which take turns.
 */
public final class Session implements KeyValueOperations, AutoCloseable {

  private final StoragePort port;
  private final StoreClock clock;
  private final ValueTypes valueTypes;
  private final BooleanSupplier storeIsClosed;
  private final Observations observations;
  private final Staging staging;
  private boolean ended;

  /**
   * A session.
   *
   * @param storeIsClosed asked before each operation: what is staged is discarded with the store
   */
  Session(
      StoragePort port, StoreClock clock, ValueTypes valueTypes, BooleanSupplier storeIsClosed) {
    this.port = port;
    this.clock = clock;
    this.valueTypes = valueTypes;
    this.storeIsClosed = storeIsClosed;
    this.staging = new Staging(port.sessionLimits());
    this.observations = new Observations(port, staging);
  }

  @Override
  public synchronized void create(Key key, JsonValue value, TimeToLive timeToLive) {
    long now = begin();
    valueTypes.check(value);
    timeToLive.expiryFrom(now);
    if (isThere(key, now)) {
      throw Refusals.exists(key);
    }
    staging.write(key, value, timeToLive);
  }

  @Override
  public synchronized void put(Key key, JsonValue value, TimeToLive timeToLive) {
    long now = begin();
    valueTypes.check(value);
    timeToLive.expiryFrom(now);
    isThere(key, now);
    staging.write(key, value, timeToLive);
  }

  @Override
  public synchronized void delete(Key key) {
    long now = begin();
    if (!isThere(key, now)) {
      throw Refusals.notFound(key);
    }
    staging.remove(key);
  }

  /**
   * The entry as this session sees it; one that is staged has version 0, and an expiry as if committed now.
   *
   * @throws dev.kvstore.core.error.InvalidInputException INVALID_TTL if that is after the year 9999 by now
   */
  @Override
  public synchronized Optional<Entry> find(Key key) {
    return lookUp(key, begin());
  }

  /**
   * {@inheritDoc}
   *
   * <p>What is staged is laid over the master. Where staged deletes thin out a page, the master is read in several steps, so the
   * page is not consistent in itself if others write meanwhile.
   */
  @Override
  public synchronized Page<Entry> list(KeyRange range, int limit) {
    long now = begin();
    Refusals.checkPageSize(limit);
    return staging.overlay(
        range, limit, now, part -> port.scan(part, limit, now), Entry::key, entry -> entry);
  }

  @Override
  public synchronized Page<Key> listKeys(KeyRange range, int limit) {
    long now = begin();
    Refusals.checkPageSize(limit);
    return staging.overlay(
        range, limit, now, part -> port.scanKeys(part, limit, now), key -> key, Entry::key);
  }

  /** What is left of an entry's time to live; of a staged one all of it. */
  @Override
  public synchronized TimeToLive timeToLive(Key key) {
    long now = begin();
    Entry entry = lookUp(key, now).orElseThrow(() -> Refusals.notFound(key));
    return TimeToLive.remaining(entry.expiresAtMillis(), now);
  }

  /** How many creates, puts and deletes were staged, those on the same key counted each; may be asked after the end too. */
  public synchronized int stagedOperations() {
    return staging.operations();
  }

  /** What the commit will do, in order of the keys; a key that is written and removed again is in it as removed. */
  public synchronized List<StagedChange> changes() {
    begin();
    return staging.list();
  }

  /**
   * Applies everything staged to the master in one step, and ends the session. If it throws, nothing was applied and the session
   * goes on as it was; but after OUTCOME_UNKNOWN it has ended, since all of it may have been applied, or nothing.
   *
   * @throws dev.kvstore.core.error.PreconditionFailedException CONFLICT with the first key that has changed since this
   *     session read or wrote it
   * @throws dev.kvstore.core.error.LimitExceededException STORE_FULL if it does not fit under the size cap
   * @throws dev.kvstore.core.error.InvalidInputException INVALID_TTL if an entry would now expire after the year 9999
   * @throws dev.kvstore.core.error.StorageFailedException STORAGE_FAILED or OUTCOME_UNKNOWN
   */
  public synchronized void commit() {
    long now = begin();
    List<Mutation> mutations = observations.mutations(now);
    CommitResult result;
    try {
      result = port.commit(mutations, now);
    } catch (StorageFailedException e) {
      if (e.code() == ErrorCode.OUTCOME_UNKNOWN) {
        // A second commit would be refused for what the first has done, as if nothing were applied.
        close();
      }
      throw e;
    }
    if (result instanceof CommitResult.Refused refused) {
      throw Refusals.conflict(refused.key());
    }
    close();
  }

  /** Discards what is staged and not committed. A second close does nothing; operations then throw STORE_CLOSED. */
  @Override
  public synchronized void close() {
    ended = true;
    staging.clear();
    observations.clear();
  }

  private long begin() {
    if (ended) {
      throw StoreUnavailableException.closed("session");
    }
    if (storeIsClosed.getAsBoolean()) {
      close();
      throw StoreUnavailableException.closed("store");
    }
    return clock.millis();
  }

  private Optional<Entry> lookUp(Key key, long now) {
    return staging.holds(key) ? staging.find(key, now) : observations.observe(key, now);
  }

  private boolean isThere(Key key, long now) {
    return staging.holds(key)
        ? staging.writes(key)
        : observations.observe(key, now).isPresent();
  }
}
