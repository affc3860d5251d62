package dev.kvstore.core;

/** What a load does with an entry whose key is live already. */
public enum OnExisting {
  /** It is refused with KEY_EXISTS. */
  FAIL,
  /** The entry that is there stays. */
  SKIP,
  /** The entry that is there is replaced. */
  REPLACE
}
