package dev.kvstore.h2;

import dev.kvstore.core.error.StoreException;
import dev.kvstore.core.error.StoreUnavailableException;
import dev.kvstore.core.port.CommitResult;
import dev.kvstore.core.port.ProgressListener;
import dev.kvstore.files.Futures;
import dev.kvstore.files.ProgressRelay;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Who writes, one at a time. A caller that finds nobody else writing or waiting carries its commit out itself: to hand it to another
 * thread and to wait would take about as long as the work. Else a thread of its own serves all who wait, and what queues up while
 * somebody writes goes into its next group. It also does what takes long, forces in time, and tries again what has failed.
 *
 * <p>An interrupt of a caller changes nothing: it goes on, and finds itself interrupted when it returns.
 */
final class Writer implements Changes {

  private static final int MAX_GROUP = 256;
  private static final long MAX_GROUP_BYTES = 4L << 20;

  /** A group waits for more for this part of the time that the last one took, and not longer than that. */
  private static final int PATIENCE_SHARE = 4;

  private static final long MAX_PATIENCE_NANOS = 1_000_000;

  private static final long PAUSE_NANOS = 10_000_000;

  /** How long a write may wait to be forced, in the mode in which it may; half of what is promised. */
  private static final long FORCE_WITHIN_NANOS = 50_000_000;

  private final LiveStore live;
  private final GroupCommit commits;
  private final BlockingQueue<Task> queue = new LinkedBlockingQueue<>();
  private final Thread thread;
  private boolean closed;

  /** Tasks that are submitted and not yet begun; while there are any, nobody overtakes them. */
  private final AtomicInteger waiting = new AtomicInteger();

  /** Held by whoever writes. */
  private final ReentrantLock turn = new ReentrantLock();

  // The thread's own: what it serves, how many commits may come for the next group, and how long
  // the last group took.
  private final List<Commit> group = new ArrayList<>(MAX_GROUP);
  private Task inHand = new Task.Errand(() -> {});
  private int expected;
  private long lastNanos;

  // Changed with the turn.
  private volatile boolean forceAwaited;
  private volatile long forceDue;

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
    if (!serveHere(commit)) {
      submit(commit);
    }
    return Futures.join(commit.answer());
  }

  /** Carries a commit out in the calling thread, unless others are before it or there is more to do than write it. */
  private boolean serveHere(Commit commit) {
    if (waiting.get() > 0 || !turn.tryLock()) {
      return false;
    }
    boolean interrupted = Thread.interrupted();
    try {
      boolean forceWasAwaited = forceAwaited;
      List<Commit> alone = List.of(commit);
      boolean served = carryOut(alone, () -> {
        boolean done = commits.serveTogether(alone);
        forceIfDue();
        return done;
      });
      if (served && !commits.isTidy()) {
        submit(new Task.Errand(() -> commits.tidy(commit.nowMillis())));
      } else if (forceAwaited && !forceWasAwaited) {
        // The thread has to know for how long to wait.
        submit(new Task.Errand(() -> {}));
      }
      return served;
    } finally {
      turn.unlock();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void compact(long nowMillis, ProgressListener listener) {
    ProgressRelay relay = new ProgressRelay();
    Task.Errand errand = new Task.Errand(() -> commits.rewrite(nowMillis, relay));
    submit(errand);
    relay.tell(listener, errand.answer());
    Futures.join(errand.answer());
  }

  @Override
  public void ensureUsable(Runnable then) {
    run(() -> {
      live.ensureUsable();
      then.run();
    });
  }

  /** Ends the thread, too. */
  @Override
  public void close() {
    Task.End end = new Task.End(new CompletableFuture<>());
    synchronized (queue) {
      closed = true;
      waiting.incrementAndGet();
      queue.add(end);
    }
    Futures.join(end.answer());
  }

  private void run(Runnable work) {
    Task.Errand errand = new Task.Errand(work);
    submit(errand);
    Futures.join(errand.answer());
  }

  private void submit(Task task) {
    synchronized (queue) {
      if (closed) {
        throw StoreUnavailableException.closed("store");
      }
      waiting.incrementAndGet();
      queue.add(task);
    }
  }

  private void work() {
    boolean more = true;
    while (more) {
      inHand = take();
      try {
        turn.lock();
        try {
          more = serveFrom(inHand);
        } finally {
          turn.unlock();
        }
      } catch (RuntimeException | Error e) {
        // No memory, perhaps not even for the error that the callers should get.
        stop(e);
        for (int i = 0; i < group.size(); i++) {
          fail(group.get(i), e);
        }
        fail(inHand, e);
        more = !(inHand instanceof Task.End);
      }
    }
  }

  /** Tells who waits for a task, however long it takes until there is memory for that. */
  private static void fail(Task task, Throwable reason) {
    while (!task.answer().isDone()) {
      try {
        task.answer().completeExceptionally(reason);
      } catch (OutOfMemoryError e) {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  /** Serves a task and all that have queued up behind it; false after the last. */
  private boolean serveFrom(Task first) {
    Task task = first;
    while (task != null) {
      inHand = task;
      group.clear();
      long bytes = 0;
      long patience = System.nanoTime() + Math.min(lastNanos / PATIENCE_SHARE, MAX_PATIENCE_NANOS);
      while (task instanceof Commit commit && group.size() < MAX_GROUP && bytes < MAX_GROUP_BYTES) {
        waiting.decrementAndGet();
        group.add(commit);
        bytes += Space.growthOf(commit.mutations());
        task = group.size() < expected ? pollUntil(patience) : queue.poll();
        inHand = task == null ? commit : task;
      }
      if (!group.isEmpty()) {
        boolean inVain = group.size() < expected;
        long begin = System.nanoTime();
        serveGroup();
        lastNanos = System.nanoTime() - begin;
        expected = inVain ? group.size() : group.size() + waiting.get();
      }
      if (task instanceof Task.End end) {
        end.answer().complete(null);
        return false;
      }
      if (task instanceof Task.Errand errand) {
        waiting.decrementAndGet();
        serve(errand);
        task = queue.poll();
      }
    }
    return true;
  }

  private void serveGroup() {
    carryOut(group, () -> {
      commits.serve(group);
      forceIfDue();
      commits.tidy(group.get(group.size() - 1).nowMillis());
      return true;
    });
  }

  /** Whether {@code serving} has answered the group, or this has after it failed. */
  private boolean carryOut(List<Commit> commits, BooleanSupplier serving) {
    try {
      return serving.getAsBoolean();
    } catch (RuntimeException | Error e) {
      stop(e);
      for (Commit commit : commits) {
        commit.answer().completeExceptionally(live.outcomeUnknown(e));
      }
      return true;
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

  /** The thread itself must go on, or callers would wait for ever; and nothing may be committed that was left half done. */
  private void stop(Throwable e) {
    try {
      live.stop(e);
      System.getLogger(Writer.class.getName())
          .log(System.Logger.Level.ERROR, "the store stops after an unforeseen failure", e);
    } catch (RuntimeException | Error more) {
      // As when there is no memory: the store has stopped all the same, and each call says why.
      e.addSuppressed(more);
    }
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

  /**
   * The next task, if it comes in time. Those who were answered together come back at about the same time. Without patience the
   * first, or those who had to wait meanwhile, would be served alone, and the others wait for a force that is not for them.
   */
  private @Nullable Task pollUntil(long nanoTime) {
    try {
      return queue.poll(nanoTime - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      // As below.
      return queue.poll();
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
        turn.lock();
        try {
          forceIfDue();
        } finally {
          turn.unlock();
        }
      } catch (InterruptedException e) {
        // Nobody has a reason to interrupt this thread, and nothing here may be left half done.
      } catch (RuntimeException | Error e) {
        stop(e);
      }
    }
  }
}
