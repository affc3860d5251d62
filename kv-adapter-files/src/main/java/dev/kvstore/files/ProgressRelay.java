package dev.kvstore.files;

import dev.kvstore.core.port.ProgressListener;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Brings progress from the thread that does the work to the one that waits for it, and there to a listener: that may then use the
 * store, or fail, without harm to the work. For one piece of work.
 */
public final class ProgressRelay implements ProgressListener {

  private static final long PAUSE_MILLIS = 50;

  private record Progress(long done, long total) {}

  private volatile @Nullable Progress newest;

  /** Nothing was reached yet. */
  public ProgressRelay() {}

  @Override
  public void reached(long done, long total) {
    newest = new Progress(done, total);
  }

  /**
   * Tells {@code listener} now and then in the calling thread, and returns when the work has ended; throws what the listener throws, and
   * the work goes on then. An interrupt of the thread has no effect but that it stays interrupted.
   *
   * @param work the end of the work; how it ended does not matter here
   */
  public void tell(ProgressListener listener, CompletableFuture<?> work) {
    boolean interrupted = false;
    Progress told = null;
    try {
      while (true) {
        boolean over = work.isDone();
        Progress known = newest;
        if (known != null && !known.equals(told)) {
          listener.reached(known.done(), known.total());
          told = known;
        }
        if (over) {
          return;
        }
        try {
          work.get(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException | TimeoutException e) {
          // Either it goes on, or who asks for the answer is told.
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
