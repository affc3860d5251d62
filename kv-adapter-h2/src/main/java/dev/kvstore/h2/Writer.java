package dev.kvstore.h2;

import dev.kvstore.core.error.StoreException;
import dev.kvstore.core.error.StoreUnavailableException;
import dev.kvstore.core.port.CommitResult;
import dev.kvstore.core.port.ProgressListener;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The one thread that writes, and those who wait for it. What queues up while it is busy goes into the next group. An
 * interrupt of a waiting caller changes nothing: it waits on, and finds itself interrupted when it returns.
 */
final class Writer implements Changes {

  private static final int MAX_GROUP = 256;
  private static final long MAX_GROUP_BYTES = 4L << 20;

  /** How long a write may wait to be forced, in the mode in which it may; half of what is promised. */
  private static final long FORCE_WITHIN_NANOS = 50_000_000;

  private final LiveStore live;
  private final GroupCommit commits;
  private final BlockingQueue<Task> queue = new LinkedBlockingQueue<>();
  private final Thread thread;
  private boolean closed;

  // The thread's own.
  private boolean forceAwaited;
  private long forceDue;

  private Writer(LiveStore live, Space space) {
    this.live = live;
    this.commits = new GroupCommit(live, space);
    this.thread = new Thread(this::work, "kv-h2-writer");
    thread.setDaemon(true);
  }

  static Writer start(LiveStore live, Space space) {
    Writer writer = new Writer(live, space);
    writer.thread.start();
    return writer;
  }

  @Override
  public CommitResult commit(Commit commit) {
    submit(commit);
    return await(commit.answer());
  }

  @Override
  public void compact(long nowMillis, ProgressListener listener) {
    run(() -> commits.rewrite(nowMillis, listener));
  }

  @Override
  public void ensureUsable() {
    run(live::ensureUsable);
  }

  /** Ends the thread, too. */
  @Override
  public void close() {
    Task.End end = new Task.End(new CompletableFuture<>());
    synchronized (queue) {
      closed = true;
      queue.add(end);
    }
    await(end.answer());
  }

  private void run(Runnable work) {
    Task.Errand errand = new Task.Errand(work);
    submit(errand);
    await(errand.answer());
  }

  private void submit(Task task) {
    synchronized (queue) {
      if (closed) {
        throw StoreUnavailableException.closed("store");
      }
      queue.add(task);
    }
  }

  private static <T> T await(CompletableFuture<T> answer) {
    try {
      return answer.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof StoreException failure) {
        throw failure;
      }
      throw e;
    }
  }

  private void work() {
    Task task = take();
    while (true) {
      List<Commit> group = new ArrayList<>();
      long bytes = 0;
      while (task instanceof Commit commit && group.size() < MAX_GROUP && bytes < MAX_GROUP_BYTES) {
        group.add(commit);
        bytes += Space.growthOf(commit.mutations());
        task = queue.poll();
      }
      if (!group.isEmpty()) {
        serve(group);
      }
      if (task instanceof Task.End end) {
        end.answer().complete(null);
        return;
      }
      if (task instanceof Task.Errand errand) {
        serve(errand);
        task = null;
      }
      if (task == null) {
        task = take();
      }
    }
  }

  private void serve(List<Commit> group) {
    try {
      commits.serve(group);
      forceIfDue();
      commits.tidy(group.get(group.size() - 1).nowMillis());
    } catch (RuntimeException | Error e) {
      stop(e);
      for (Commit commit : group) {
        commit.answer().completeExceptionally(live.outcomeUnknown(e));
      }
    }
  }

  private void serve(Task.Errand errand) {
    try {
      errand.work().run();
      errand.answer().complete(null);
    } catch (StoreException e) {
      errand.answer().completeExceptionally(e);
    } catch (RuntimeException | Error e) {
      stop(e);
      errand.answer().completeExceptionally(live.outcomeUnknown(e));
    }
  }

  /** The thread itself must go on, or callers would wait for ever. */
  private void stop(Throwable e) {
    System.getLogger(Writer.class.getName())
        .log(System.Logger.Level.ERROR, "the store stops after an unforeseen failure", e);
    live.stop(e);
  }

  private void forceIfDue() {
    if (!live.awaitsForce()) {
      forceAwaited = false;
    } else if (!forceAwaited) {
      forceAwaited = true;
      forceDue = System.nanoTime() + FORCE_WITHIN_NANOS;
    } else if (System.nanoTime() - forceDue >= 0) {
      live.force();
      forceAwaited = false;
    }
  }

  private Task take() {
    while (true) {
      try {
        if (!forceAwaited) {
          return queue.take();
        }
        Task task = queue.poll(forceDue - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (task != null) {
          return task;
        }
        forceIfDue();
      } catch (InterruptedException e) {
        // Nobody has a reason to interrupt this thread, and nothing here may be left half done.
      }
    }
  }
}
