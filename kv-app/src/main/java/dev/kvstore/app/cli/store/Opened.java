package dev.kvstore.app.cli.store;

import dev.kvstore.app.cli.args.UsageException;
import dev.kvstore.core.KeyValueOperations;
import dev.kvstore.core.KeyValueStore;
import dev.kvstore.core.Session;
import org.jspecify.annotations.Nullable;

/** A store as a command finds it: opened for it alone, or that of the shell, with or without a session. */
public final class Opened implements AutoCloseable {

  private final KeyValueStore store;
  private final @Nullable Session session;
  private final boolean owned;

  Opened(KeyValueStore store, @Nullable Session session, boolean owned) {
    this.store = store;
    this.session = session;
    this.owned = owned;
  }

  /** The entries: those of the session, if there is one. */
  public KeyValueOperations entries() {
    return session == null ? store : session;
  }

  /**
   * The store itself.
   *
   * @throws UsageException if there is a session, which does not reach so far
   */
  public KeyValueStore store() {
    if (session != null) {
      throw new UsageException("this does not go within a session; commit or discard it first");
    }
    return store;
  }

  /** Closes what was opened for the command. */
  @Override
  public void close() {
    if (owned) {
      store.close();
    }
  }
}
