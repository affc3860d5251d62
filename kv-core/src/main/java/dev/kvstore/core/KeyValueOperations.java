package dev.kvstore.core;

import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.JsonValue;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.model.KeyRange;
import dev.kvstore.core.model.Page;
import dev.kvstore.core.model.TimeToLive;
import java.util.Optional;

/**
 * What can be done with entries, either at once on a {@link KeyValueStore} or staged in a {@link Session}. An expired entry
 * is not there, for any of these. Safe for any number of threads.
 *
 * <p>Besides what each method says, all throw {@link dev.kvstore.core.error.StoreException} with STORE_CLOSED after close, and
 * STORAGE_FAILED or STORE_CORRUPT if the storage fails or is damaged. What writes to the store (a create, put or delete on a
 * {@link KeyValueStore}, the commit of a session) also throws STORE_FULL if it does not fit under the size cap, UNSUPPORTED if
 * the store was opened for reading only, and OUTCOME_UNKNOWN if the storage failed so that nobody can tell whether the write
 * took place; after every other code it did not. The methods that take strings throw INVALID_KEY, INVALID_VALUE or INVALID_TTL
 * for text that breaks a rule, before anything else is looked at.
 */
public interface KeyValueOperations {

  /** The most items of one page. */
  int MAX_PAGE_SIZE = 1_000;

  /**
   * Stores a new entry.
   *
   * @throws dev.kvstore.core.error.PreconditionFailedException KEY_EXISTS if a live entry is there; it stays as it is
   * @throws dev.kvstore.core.error.InvalidInputException INVALID_VALUE if the store does not take values of this type;
   *     INVALID_TTL if the entry would expire after the year 9999
   */
  void create(Key key, JsonValue value, TimeToLive timeToLive);

  /** Creates or replaces an entry; the old one's time to live goes with it. Throws as {@link #create} but KEY_EXISTS. */
  void put(Key key, JsonValue value, TimeToLive timeToLive);

  /**
   * Removes an entry.
   *
   * @throws dev.kvstore.core.error.PreconditionFailedException KEY_NOT_FOUND if none is live
   */
  void delete(Key key);

  /** The live entry of a key, or empty. */
  Optional<Entry> find(Key key);

  /**
   * A page of the live entries of a range, in order of their keys by code point. The page is consistent in itself; a walk over
   * several pages sees what others write meanwhile.
   *
   * @param limit the most entries to return, 1 to {@value #MAX_PAGE_SIZE}; fewer come only at the end of the range
   * @throws IllegalArgumentException if the limit is outside these bounds
   */
  Page<Entry> list(KeyRange range, int limit);

  /** Like {@link #list}, but the keys alone, which costs less. */
  Page<Key> listKeys(KeyRange range, int limit);

  /**
   * What is left of an entry's time to live, rounded up to whole seconds.
   *
   * @throws dev.kvstore.core.error.PreconditionFailedException KEY_NOT_FOUND if no entry is live
   */
  TimeToLive timeToLive(Key key);

  /**
   * The value of a key.
   *
   * @throws dev.kvstore.core.error.PreconditionFailedException KEY_NOT_FOUND if no entry is live
   */
  default JsonValue read(Key key) {
    return find(key).map(Entry::value).orElseThrow(() -> Refusals.notFound(key));
  }

  /** Whether a live entry is there. */
  default boolean exists(Key key) {
    return find(key).isPresent();
  }

  /** {@link #create(Key, JsonValue, TimeToLive)} without a time to live. */
  default void create(String key, String json) {
    create(Key.of(key), JsonValue.parse(json), TimeToLive.unlimited());
  }

  /** {@link #create(Key, JsonValue, TimeToLive)} with a time to live in seconds. */
  default void create(String key, String json, long timeToLiveSeconds) {
    create(Key.of(key), JsonValue.parse(json), TimeToLive.ofSeconds(timeToLiveSeconds));
  }

  /** {@link #put(Key, JsonValue, TimeToLive)} without a time to live. */
  default void put(String key, String json) {
    put(Key.of(key), JsonValue.parse(json), TimeToLive.unlimited());
  }

  /** {@link #put(Key, JsonValue, TimeToLive)} with a time to live in seconds. */
  default void put(String key, String json, long timeToLiveSeconds) {
    put(Key.of(key), JsonValue.parse(json), TimeToLive.ofSeconds(timeToLiveSeconds));
  }

  /** {@link #read(Key)} as text in compact form. */
  default String read(String key) {
    return read(Key.of(key)).text();
  }

  /** {@link #delete(Key)}. */
  default void delete(String key) {
    delete(Key.of(key));
  }

  /** {@link #exists(Key)}. */
  default boolean exists(String key) {
    return exists(Key.of(key));
  }
}
