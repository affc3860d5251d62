package dev.kvstore.jsonfile;

import dev.kvstore.core.port.CommitResult;
import dev.kvstore.core.port.Mutation;
import dev.kvstore.core.port.ProgressListener;
import java.util.List;

/** What changes a store, as far as it was opened to be changed. See {@link dev.kvstore.core.port.StoragePort}. */
interface Changes {

  /** Applies all mutations, whose keys are distinct, or none. */
  CommitResult commit(List<Mutation> mutations, long nowMillis);

  /** Gives the space back that no live entry takes; tells in bytes how far it is. */
  void compact(long nowMillis, ProgressListener listener);

  /** Takes note of the time of a read that is over. Waits for nothing and throws nothing. */
  void timeIs(long nowMillis);

  /** Waits for the calls in flight, and ends the use of the file; a second time it does nothing. */
  void close();
}
