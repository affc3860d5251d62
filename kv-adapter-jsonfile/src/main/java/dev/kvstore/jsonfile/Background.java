package dev.kvstore.jsonfile;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs what no caller waits for. No thread is made before there is something to run. Safe for any number of threads. */
interface Background {

  /** So many tasks at once; two of them may take long. */
  int THREADS = 3;

  /** Runs a task soon. If it throws, the task is never run. */
  void run(Runnable task);

  /** Runs a task after some milliseconds, unless ended before. If it throws, the task is never run. */
  void runLater(Runnable task, long delayMillis);

  /** Takes no more tasks, and forgets those whose time has not come. */
  void end();

  /** Runs tasks at once in the thread that hands them over, and later ones never. */
  static Background inline() {
    return new Background() {
      @Override
      public void run(Runnable task) {
        task.run();
      }

      @Override
      public void runLater(Runnable task, long delayMillis) {}

      @Override
      public void end() {}
    };
  }

  /** Daemon threads of its own: for a compaction, for an index, and for what is short. */
  static Background threads() {
    return threads(work -> {
      Thread thread = new Thread(work, "kv-store");
      thread.setDaemon(true);
      return thread;
    });
  }

  /** The same with threads that another makes. */
  static Background threads(ThreadFactory factory) {
    return new Background() {
      private @Nullable ScheduledThreadPoolExecutor executor;
      private boolean ended;

      @Override
      public void run(Runnable task) {
        runLater(task, 0);
      }

      @Override
      public synchronized void runLater(Runnable task, long delayMillis) {
        if (ended) {
          return;
        }
        if (executor == null) {
          executor = new ScheduledThreadPoolExecutor(THREADS, factory);
          executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        }
        OneShot once = new OneShot(task);
        try {
          // Tasks report their own failures.
          Future<?> unused = executor.schedule(once, delayMillis, TimeUnit.MILLISECONDS);
        } catch (RuntimeException | Error e) {
          // The executor queues a task before it starts a thread for it; where it could not, an
          // older
          // thread may take it all the same.
          if (once.callOff()) {
            throw e;
          }
        }
      }

      @Override
      public synchronized void end() {
        ended = true;
        if (executor != null) {
          executor.shutdown();
        }
      }
    };
  }
}
