package dev.kvstore.h2;

import dev.kvstore.core.port.CommitResult;

/** What changes a store. Safe for any thread. */
interface Changes {

  /** Carries a commit out and waits for its result. */
  CommitResult commit(Commit commit);

  /** Rewrites the file without what is garbage at {@code nowMillis}. */
  void compact(long nowMillis);

  /** Makes the store usable again if a failure has closed its database. */
  void ensureUsable();

  /** Returns when everything begun before is done. To be called once. */
  void close();
}
