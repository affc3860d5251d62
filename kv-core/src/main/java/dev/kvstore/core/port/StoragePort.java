package dev.kvstore.core.port;

import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.model.KeyRange;
import dev.kvstore.core.model.Page;
import dev.kvstore.core.model.StoreStatus;
import java.util.List;
import java.util.Optional;

/**
 * What the store asks of an engine that keeps entries. The rules about keys, values and time live above it: what comes in is
 * valid, and every call brings the time with it, so an engine never reads a clock. Several processes on several machines may
 * write through engines of a kind that allows it; all coordination is in {@link #commit}.
 *
 * <p>Any number of threads may call. Calls are linearizable: each takes effect at one instant between its start and its
 * return. Whether an entry is there at a time, and whether an expectation is met, is decided by {@link Entry#isLive} and
 * {@link Expectation#isMet} and nowhere else. Times are in milliseconds since 1970.
 *
 * <p>Every method throws only the exceptions of {@link dev.kvstore.core.error}: STORE_CLOSED once {@link #close} was called,
 * STORAGE_FAILED if the storage cannot be read or written, STORE_CORRUPT if it is damaged; and IllegalArgumentException for
 * a broken call. A value that is returned is a value that was stored.
 *
 * <p>The contract is executable: an engine extends {@code StoragePortContract} of this module's test jar.
 */
public interface StoragePort extends AutoCloseable {

  /** The entry of {@code key} that is live at {@code nowMillis}; empty if there is none. */
  Optional<Entry> find(Key key, long nowMillis);

  /**
   * The first entries of a range that are live at {@code nowMillis}, in key order.
   *
   * @param limit the most entries that the page may hold, from 1; it holds fewer only if the range ends
   * @return a page that is consistent: it shows all of a commit or nothing of it
   * @throws IllegalArgumentException if the limit is less than 1
   */
  Page<Entry> scan(KeyRange range, int limit, long nowMillis);

  /** Like {@link #scan}, but the keys alone, which an engine may be able to list without reading values. */
  Page<Key> scanKeys(KeyRange range, int limit, long nowMillis);

  /**
   * Applies all mutations or none. If every expectation holds at {@code nowMillis}, every effect takes place in one step, and
   * when the call returns they are durable as far as the engine was opened to make them. Each set entry gets a version that
   * the key never had before.
   *
   * @param mutations what to do, each key at most once; may be empty
   * @return applied, or the first expectation that does not hold
   * @throws IllegalArgumentException if a key occurs twice
   * @throws dev.kvstore.core.error.LimitExceededException STORE_FULL if the effects do not fit under the size cap, after what
   *     can be reclaimed was reclaimed; nothing is applied. A commit that only removes is refused so only if even the space
   *     kept back for removals does not suffice
   * @throws dev.kvstore.core.error.StorageFailedException STORAGE_FAILED if it was not applied; OUTCOME_UNKNOWN if that
   *     cannot be told
   */
  CommitResult commit(List<Mutation> mutations, long nowMillis);

  /** What the store holds and takes. May cost time in proportion to the number of entries. */
  StoreStatus status(long nowMillis);

  /**
   * Gives the space of removed, replaced and expired entries back, as far as the engine can. Returns when that is done; the
   * entries are the same before and after.
   *
   * @throws dev.kvstore.core.error.StorageFailedException STORAGE_FAILED if there is no room to do it; nothing is lost
   */
  void compact(long nowMillis);

  /**
   * Like {@link #compact(long)}, and tells how far it is. An engine that cannot tell leaves this method as it is.
   *
   * @param listener told in bytes now and then, until it is done
   */
  default void compact(long nowMillis, ProgressListener listener) {
    compact(nowMillis);
  }

  /** How much one commit may hold. Constant while the engine is open. */
  SessionLimits sessionLimits();

  /**
   * Waits for the calls in flight, then gives up the store. Everything acknowledged is durable on return, unless the engine
   * was opened not to be. A second close does nothing; every other call after it but {@link #sessionLimits} throws STORE_CLOSED.
   *
   * @throws dev.kvstore.core.error.StorageFailedException OUTCOME_UNKNOWN if it is not certain that all that was acknowledged
   *     survives a crash, though the store tried; STORAGE_FAILED if something else failed. The store is closed all the same
   */
  @Override
  void close();
}
