package dev.kvstore.files;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Runs channel operations where no interrupt of the caller reaches them: an interrupt would close the channel and hide whether
 * the operation was done.
 */
final class Undisturbed {

  /** A file operation. */
  interface Operation {
    void run() throws IOException;
  }

  private Undisturbed() {}

  /** Runs {@code operation} in a thread of its own and waits for it; an interrupted caller waits on and stays interrupted. */
  static void run(Operation operation) throws IOException {
    FutureTask<Void> task = new FutureTask<>(() -> {
      operation.run();
      return null;
    });
    Thread thread = new Thread(task, "kv-file-operation");
    thread.setDaemon(true);
    thread.start();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          task.get();
          return;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new IOException("a file operation ended abnormally", e.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
