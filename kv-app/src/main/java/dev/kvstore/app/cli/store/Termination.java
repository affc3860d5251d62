package dev.kvstore.app.cli.store;

import dev.kvstore.core.KeyValueStore;
import dev.kvstore.core.error.StoreException;
import dev.kvstore.core.error.StoreUnavailableException;
import dev.kvstore.core.port.ProgressListener;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Closes the stores when the process is asked to end (Ctrl-C, SIGTERM): waits for the call in flight, so that what was begun is
 * done or was not begun; and for work that makes something new, so that nothing half done stays. Safe for any number of threads.
 */
public final class Termination implements Runnable {

  private final List<KeyValueStore> stores = new ArrayList<>();
  private boolean begun;
  private int worksUnderWay;
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

  /**
   * Does work that takes back what it has made if its listener throws. The listener does once the process is to end, and that waits
   * until the work is over, if its listener was called before.
   *
   * @param listener told how far the work is
   * @throws StoreUnavailableException STORE_CLOSED, through the work, if the process is to end
   */
  <T> T during(ProgressListener listener, Function<ProgressListener, T> work) {
    Stoppable stoppable = new Stoppable(listener);
    try {
      return work.apply(stoppable);
    } finally {
      stoppable.end();
    }
  }

  private final class Stoppable implements ProgressListener {

    private final ProgressListener listener;
    private boolean isUnderWay;

    Stoppable(ProgressListener listener) {
      this.listener = listener;
    }

    @Override
    public void reached(long done, long total) {
      synchronized (Termination.this) {
        if (begun) {
          throw StoreUnavailableException.closed("store");
        }
        if (!isUnderWay) {
          isUnderWay = true;
          worksUnderWay++;
        }
      }
      listener.reached(done, total);
    }

    void end() {
      synchronized (Termination.this) {
        if (isUnderWay) {
          worksUnderWay--;
          Termination.this.notifyAll();
        }
      }
    }
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
    awaitWorks();
  }

  private synchronized void awaitWorks() {
    try {
      while (worksUnderWay > 0) {
        wait();
      }
    } catch (InterruptedException e) {
      // Whoever wants the end at once gets it.
      Thread.currentThread().interrupt();
    }
  }
}
