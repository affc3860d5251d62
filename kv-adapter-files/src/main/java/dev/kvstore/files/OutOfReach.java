package dev.kvstore.files;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Runs file operations on a thread that no caller can interrupt: an interrupt of a thread in a FileChannel closes the channel,
 * and the outcome of what it did is lost. Costs the start of a thread, so it is for what is done seldom.
 */
public final class OutOfReach {

  /**
   * A piece of work on files. On the way to the first read of a process it is better a class than a lambda: the first lambda takes
   * about as long to link as all the rest of an opening.
   */
  public interface Work<T> {
    T run() throws IOException;
  }

  private OutOfReach() {}

  /**
   * Does {@code work} and waits for it. An interrupt of the caller changes nothing; the caller stays interrupted. Where no thread
   * can be started, the caller does it, and then an interrupt that comes meanwhile lets it fail.
   *
   * @return what the work returned; what it threw is thrown
   */
  public static <T> T run(Work<T> work) throws IOException {
    Errand<T> errand = new Errand<>(work);
    Thread thread = new Thread(errand, "kv-files");
    thread.setDaemon(true);
    try {
      thread.start();
    } catch (OutOfMemoryError e) {
      // Mostly the limit of threads. What is left undone here, such as giving a lock up, nobody
      // would do later.
      return runHere(work);
    }
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return errand.outcome();
  }

  private static <T> T runHere(Work<T> work) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      return work.run();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Its fields are read when the thread that sets them has ended. */
  private static final class Errand<T> implements Runnable {

    private final Work<T> work;
    private @Nullable T result;
    private @Nullable IOException failure;
    private @Nullable RuntimeException fault;
    private @Nullable Error error;

    Errand(Work<T> work) {
      this.work = work;
    }

    @Override
    public void run() {
      try {
        result = work.run();
      } catch (IOException e) {
        failure = e;
      } catch (RuntimeException e) {
        fault = e;
      } catch (Error e) {
        error = e;
      }
    }

    T outcome() throws IOException {
      if (failure != null) {
        throw failure;
      }
      if (fault != null) {
        throw fault;
      }
      if (error != null) {
        throw error;
      }
      if (result == null) {
        throw new IllegalStateException("the work gave no result");
      }
      return result;
    }
  }
}
