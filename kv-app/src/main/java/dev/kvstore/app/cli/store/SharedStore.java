package dev.kvstore.app.cli.store;

import dev.kvstore.core.KeyValueStore;
import dev.kvstore.core.Session;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The one store of a shell, opened at the first command that needs it, and its session. For one thread. */
public final class SharedStore implements AutoCloseable {

  private @Nullable KeyValueStore store;
  private @Nullable Session session;

  /** What a command gets; {@code opener} opens the store if it is not open. */
  Opened open(Supplier<KeyValueStore> opener) {
    if (store == null) {
      store = opener.get();
    }
    return new Opened(store, session, false);
  }

  /** The session; null if there is none. */
  public @Nullable Session session() {
    return session;
  }

  /**
   * The store below the session.
   *
   * @throws IllegalStateException if it is not open
   */
  public KeyValueStore master() {
    if (store == null) {
      throw new IllegalStateException("the store is not open");
    }
    return store;
  }

  /** Makes {@code begun} what commands work on; null for the store itself. The one before is discarded. */
  public void use(@Nullable Session begun) {
    if (session != null) {
      session.close();
    }
    session = begun;
  }

  @Override
  public void close() {
    use(null);
    if (store != null) {
      store.close();
    }
  }
}
