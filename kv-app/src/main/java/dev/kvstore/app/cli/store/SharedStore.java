package dev.kvstore.app.cli.store;

import dev.kvstore.app.cli.args.UsageException;
import dev.kvstore.core.KeyValueStore;
import dev.kvstore.core.Session;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The one store of a shell, opened at the first command that needs it, and its session. For one thread. */
public final class SharedStore implements AutoCloseable {

  private @Nullable Found found;
  private @Nullable Session session;

  /**
   * A store that a command has opened.
   *
   * @param store the store
   * @param isThere whether it exists, or is still to be made by its first write
   */
  record Found(KeyValueStore store, BooleanSupplier isThere) {

    /** A store that exists. */
    static Found there(KeyValueStore store) {
      return new Found(store, () -> true);
    }
  }

  /** What a command gets; {@code opener} opens the store if it is not open. */
  Opened open(Supplier<Found> opener) {
    if (found == null) {
      found = opener.get();
    }
    return new Opened(found.store(), session, false);
  }

  /** Whether the store is open. */
  boolean isOpen() {
    return found != null;
  }

  /**
   * Fails within a session.
   *
   * @throws UsageException that says what to do
   */
  void requireNoSession() {
    if (session != null) {
      throw new UsageException("this does not go within a session; commit or discard it first");
    }
  }

  /** Closes the store until the next command opens it. There is no session. */
  void release() {
    if (found != null) {
      KeyValueStore released = found.store();
      // First, since it is closed whatever the close says.
      found = null;
      released.close();
    }
  }

  /** To be called after each command: a store that it has not made, though it might have, is missing for the next one again. */
  public void settle() {
    if (session == null && found != null && !found.isThere().getAsBoolean()) {
      release();
    }
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
    if (found == null) {
      throw new IllegalStateException("the store is not open");
    }
    return found.store();
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
    release();
  }
}
