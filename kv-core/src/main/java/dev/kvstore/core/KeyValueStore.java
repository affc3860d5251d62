package dev.kvstore.core;

import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.JsonValue;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.model.KeyPrefix;
import dev.kvstore.core.model.KeyRange;
import dev.kvstore.core.model.Page;
import dev.kvstore.core.model.StoreStatus;
import dev.kvstore.core.model.TimeToLive;
import dev.kvstore.core.model.ValueTypes;
import dev.kvstore.core.port.CommitResult;
import dev.kvstore.core.port.Mutation;
import dev.kvstore.core.port.ProgressListener;
import dev.kvstore.core.port.SessionLimits;
import dev.kvstore.core.port.StoragePort;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * A key-value store for JSON: the rules, over an engine of the caller's choice. Single operations are linearizable; what a
 * call has written is as durable on return as the engine was opened to make it. Safe for any number of threads.
 *
 * <pre>{@code
 * try (KeyValueStore store = new KeyValueStore(engine, InstantSource.system())) {
 *   store.create("user:7", "{\"name\":\"Ada\"}", 3600);
 *   String json = store.read("user:7");
 * }
 * }</pre>
 */
public final class KeyValueStore implements KeyValueOperations, AutoCloseable {

  private final StoragePort port;
  private final StoreClock clock;
  private final ValueTypes valueTypes;
  private volatile boolean closed;

  /**
   * A store that takes JSON objects.
   *
   * @param port the engine; the store owns it from here on and closes it
   * @param clock tells the time; steps back of less than an hour are not followed
   */
  public KeyValueStore(StoragePort port, InstantSource clock) {
    this(port, clock, ValueTypes.OBJECTS);
  }

  /** Like {@link #KeyValueStore(StoragePort, InstantSource)}, with a choice of the value types that writes may bring. */
  public KeyValueStore(StoragePort port, InstantSource clock, ValueTypes valueTypes) {
    this.port = port;
    this.clock = new StoreClock(clock);
    this.valueTypes = valueTypes;
  }

  @Override
  public void create(Key key, JsonValue value, TimeToLive timeToLive) {
    valueTypes.check(value);
    long now = clock.millis();
    if (refused(Mutation.create(key, value, timeToLive.expiryFrom(now)), now)) {
      throw Refusals.exists(key);
    }
  }

  @Override
  public void put(Key key, JsonValue value, TimeToLive timeToLive) {
    valueTypes.check(value);
    long now = clock.millis();
    if (refused(Mutation.put(key, value, timeToLive.expiryFrom(now)), now)) {
      throw new IllegalStateException("the engine refused a write that expects nothing");
    }
  }

  @Override
  public void delete(Key key) {
    if (refused(Mutation.delete(key), clock.millis())) {
      throw Refusals.notFound(key);
    }
  }

  @Override
  public Optional<Entry> find(Key key) {
    return port.find(key, clock.millis());
  }

  @Override
  public Page<Entry> list(KeyRange range, int limit) {
    Refusals.checkPageSize(limit);
    return port.scan(range, limit, clock.millis());
  }

  @Override
  public Page<Key> listKeys(KeyRange range, int limit) {
    Refusals.checkPageSize(limit);
    return port.scanKeys(range, limit, clock.millis());
  }

  @Override
  public TimeToLive timeToLive(Key key) {
    long now = clock.millis();
    Entry entry = port.find(key, now).orElseThrow(() -> Refusals.notFound(key));
    return TimeToLive.remaining(entry.expiresAtMillis(), now);
  }

  /**
   * How many live entries have a key with this prefix. For all keys one consistent figure; for a longer prefix a walk over
   * pages, at the cost of listing them.
   */
  public long count(KeyPrefix prefix) {
    if (prefix.text().isEmpty()) {
      return status().liveEntries();
    }
    long count = 0;
    KeyRange range = KeyRange.of(prefix);
    while (true) {
      Page<Key> page = listKeys(range, MAX_PAGE_SIZE);
      count += page.items().size();
      if (!page.hasMore()) {
        return count;
      }
      range = range.startingAfter(page.items().get(page.items().size() - 1));
    }
  }

  /**
   * Stores entries that lived elsewhere before, such as in a file or another store, in one step: all that are to be stored, or
   * none. Each keeps its expiry as the instant that it is; one that has expired is left out. Their versions do not matter.
   *
   * @param entries each key at most once; together within {@link #loadLimits}, of which those that are left out use as much
   * @param onExisting what to do with those whose key is live here
   * @return what became of them
   * @throws dev.kvstore.core.error.PreconditionFailedException KEY_EXISTS with the first key that is live, for {@link
   *     OnExisting#FAIL}; nothing was stored
   * @throws dev.kvstore.core.error.InvalidInputException INVALID_VALUE if the store does not take values of a type; INVALID_TTL
   *     if one expires after the year 9999; nothing was stored
   * @throws dev.kvstore.core.error.LimitExceededException SESSION_TOO_LARGE if they are more than the limits, STORE_FULL if they
   *     do not fit; nothing was stored
   * @throws dev.kvstore.core.error.StorageFailedException STORAGE_FAILED or OUTCOME_UNKNOWN, as of every write
   * @throws IllegalArgumentException if a key occurs twice
   */
  public LoadResult load(List<Entry> entries, OnExisting onExisting) {
    return new Loading(port, valueTypes, onExisting, clock.millis()).run(entries);
  }

  /**
   * What {@link #load} would do, with everything checked but the size of the store, and nothing changed. Looks at each key, so it
   * may cost more. Throws as load but STORE_FULL.
   */
  public LoadResult checkLoad(List<Entry> entries, OnExisting onExisting) {
    return new Loading(port, valueTypes, onExisting, clock.millis()).check(entries);
  }

  /** How much one load may hold. Constant while the store is open. */
  public SessionLimits loadLimits() {
    return port.sessionLimits();
  }

  /** What the store holds and takes. May cost time in proportion to the number of entries. */
  public StoreStatus status() {
    return port.status(clock.millis());
  }

  /**
   * Begins a session: a temporary database whose operations reach this store all at once on {@link Session#commit}. Any number
   * of sessions may be open; they do not see each other. Costs nothing until used.
   */
  public Session session() {
    return new Session(port, clock, valueTypes, () -> closed);
  }

  /**
   * Gives the space of deleted, replaced and expired entries back.
   *
   * @throws dev.kvstore.core.error.StorageFailedException STORAGE_FAILED if there is no room to do it; nothing is lost
   */
  public void compact() {
    port.compact(clock.millis());
  }

  /** Like {@link #compact()}, and tells {@code listener} in bytes how far it is, if the engine can. */
  public void compact(ProgressListener listener) {
    port.compact(clock.millis(), listener);
  }

  /**
   * Waits for the calls in flight and closes the engine. Open sessions are discarded. A second close does nothing.
   *
   * @throws dev.kvstore.core.error.StorageFailedException as {@link StoragePort#close()}; the store is closed all the same
   */
  @Override
  public void close() {
    closed = true;
    port.close();
  }

  private boolean refused(Mutation mutation, long nowMillis) {
    return port.commit(List.of(mutation), nowMillis) instanceof CommitResult.Refused;
  }
}
