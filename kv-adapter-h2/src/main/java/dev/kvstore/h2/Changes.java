package dev.kvstore.h2;

import dev.kvstore.core.port.CommitResult;
import dev.kvstore.core.port.ProgressListener;

/** What changes a store. Safe for any thread. */
interface Changes {

  /** Carries a commit out and waits for its result. */
  CommitResult commit(Commit commit);

  /** Rewrites the file without what is garbage at {@code nowMillis}; tells in bytes how far it is. */
  void compact(long nowMillis, ProgressListener listener);

  /** Makes the store usable again if a failure has closed its database, and does {@code then} before anybody writes. */
  void ensureUsable(Runnable then);

  /** Returns when everything begun before is done. To be called once. */
  void close();
}
