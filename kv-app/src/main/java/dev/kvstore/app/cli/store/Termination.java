package dev.kvstore.app.cli.store;

import dev.kvstore.core.KeyValueStore;
import dev.kvstore.core.error.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Closes the stores when the process is asked to end (Ctrl-C, SIGTERM): waits for the call in flight, so that what was begun is
 * done or was not begun. Safe for any number of threads.
 */
public final class Termination implements Runnable {

  private final List<KeyValueStore> stores = new ArrayList<>();
  private boolean begun;
  private volatile Consumer<StoreException> failed = e -> {};

  /** Says who is told of a store that could not be closed as it should; the others are closed all the same. */
  public void reportTo(Consumer<StoreException> listener) {
    failed = listener;
  }

  /** Runs it at the end of this process, however that comes. */
  public void install() {
    Runtime.getRuntime().addShutdownHook(new Thread(this, "kv-termination"));
  }

  /** Whether the process is ending; a store that is found closed then is no error. */
  public synchronized boolean hasBegun() {
    return begun;
  }

  /** Has {@code opened} closed at the end; at once if that has come already. */
  void watch(KeyValueStore opened) {
    synchronized (this) {
      stores.add(opened);
      if (!begun) {
        return;
      }
    }
    opened.close();
  }

  @Override
  public void run() {
    List<KeyValueStore> open;
    synchronized (this) {
      begun = true;
      open = List.copyOf(stores);
    }
    for (KeyValueStore store : open) {
      try {
        store.close();
      } catch (StoreException e) {
        failed.accept(e);
      }
    }
  }
}
