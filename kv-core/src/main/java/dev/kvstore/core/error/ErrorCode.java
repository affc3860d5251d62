package dev.kvstore.core.error;

/**
 * Every way in which a call on a store can fail. The list is closed, and each {@link StoreException} carries exactly one of
 * them. The command line shows the same names, and two of its own for what never reaches a store.
 */
public enum ErrorCode {
  /** A key breaks the rule for keys. */
  INVALID_KEY,
  /** A value is no JSON text, is of a type that the store does not take, is too large or nests too deeply. */
  INVALID_VALUE,
  /** A time to live is not a whole number of seconds from 1, or its expiry lies beyond the year 9999. */
  INVALID_TTL,
  /** A create met a live entry. */
  KEY_EXISTS,
  /** A read or delete met no live entry. */
  KEY_NOT_FOUND,
  /** A key that a session read or wrote has changed since; nothing of the session was applied. */
  CONFLICT,
  /** A session or a load would hold more than the engine commits at once. */
  SESSION_TOO_LARGE,
  /** The write does not fit under the size cap; nothing was changed. */
  STORE_FULL,
  /** Another opening, in this or another process, owns the store. */
  STORE_LOCKED,
  /** The stored bytes are damaged; the message names the file and the place. */
  STORE_CORRUPT,
  /** The file is not a store, or one of a format that this version does not know; it was left unchanged. */
  UNSUPPORTED_FORMAT,
  /** A store that must exist is not there; nothing was made. */
  STORE_MISSING,
  /**
   * The write may have taken place or not. On a file: forcing it to the disk failed, and the store takes no more writes until
   * it is opened again. On a cluster: the answer was lost; a read tells.
   */
  OUTCOME_UNKNOWN,
  /** Reading or writing the storage failed; a failed write was not applied. */
  STORAGE_FAILED,
  /** A path or address that is refused. */
  INVALID_LOCATION,
  /** The engine cannot do what was asked, or the store was opened for reading only. */
  UNSUPPORTED,
  /** The store or session was closed before the call. */
  STORE_CLOSED
}
