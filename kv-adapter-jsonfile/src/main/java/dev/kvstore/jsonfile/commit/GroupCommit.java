package dev.kvstore.jsonfile.commit;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets one caller at a time, the leader, do the work of all who wait: so that one force of the disk serves many commits. There
 * is no thread beside those of the callers; a lone caller does its own work without any hand-over.
 *
 * <p>A leader that saw several callers in the last group waits a moment for as many, because they have only just been told of
 * its end. An interrupt of a waiting caller has no effect but that it stays interrupted.
 *
 * @param <T> what the callers hand over
 */
public final class GroupCommit<T extends Ticket> {

  /** What is done with tickets. */
  public interface Work<T> {

    /**
     * Leaves an answer in each ticket, and throws nothing. Called by one thread at a time.
     *
     * @param tickets at least one, in the order in which they came
     */
    void doAll(List<T> tickets);
  }

  private static final long GATHER_NANOS = 60_000;
  private static final int YIELDS_BEFORE_SLEEP = 2;

  private final Work<T> work;
  private final boolean gathers;
  private final ReentrantLock turn = new ReentrantLock();
  private final Queue<T> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waitingCount = new AtomicInteger();
  private int lastGroup;

  /**
   * A queue before a piece of work.
   *
   * @param work what is to be done with the tickets
   * @param gathers whether it is worth a short wait to have a larger group
   */
  public GroupCommit(Work<T> work, boolean gathers) {
    this.work = work;
    this.gathers = gathers;
  }

  /** Hands a ticket over, and returns when the work has left its answer in it. */
  public void submit(T ticket) {
    if (waiting.isEmpty() && turn.tryLock()) {
      lead(ticket, true);
      return;
    }
    waitingCount.incrementAndGet();
    waiting.add(ticket);
    boolean interrupted = false;
    for (int attempt = 0; !ticket.isDone(); attempt++) {
      if (!ticket.isTaken() && turn.tryLock()) {
        lead(ticket, false);
      } else if (attempt < YIELDS_BEFORE_SLEEP) {
        yieldNow();
      } else {
        ticket.sleep(turn::isLocked);
        interrupted |= Thread.interrupted();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Keeps all other work out until {@link #release}. The thread that has it may ask again. */
  public void acquire() {
    turn.lock();
  }

  /** Like {@link #acquire}, but only if nobody is at work; returns whether that was so. */
  public boolean tryAcquire() {
    return turn.tryLock();
  }

  /** Ends what {@link #acquire} or {@link #tryAcquire} began. */
  public void release() {
    turn.unlock();
    wakeNextLeader();
  }

  /** A condition of those that hold the turn; to wait for it gives the turn away meanwhile. */
  public Condition newCondition() {
    return turn.newCondition();
  }

  /**
   * Does the work of all who wait, with the turn, and gives the turn up.
   *
   * @param own the ticket of the leader
   * @param isFirst whether that does not wait in the queue, but comes before all that does
   */
  private void lead(T own, boolean isFirst) {
    List<T> group = List.of();
    try {
      if (!own.isDone()) {
        group = gather(isFirst ? List.of(own) : List.of());
        if (!group.isEmpty()) {
          work.doAll(group);
        }
      }
    } finally {
      // Nothing here takes memory, which there may be none of.
      try {
        for (int i = 0; i < group.size(); i++) {
          group.get(i).finish();
        }
      } finally {
        turn.unlock();
      }
      // The next leader first: the disk stands still until it is at work.
      wakeNextLeader();
      for (int i = 0; i < group.size(); i++) {
        group.get(i).wake();
      }
    }
  }

  private List<T> gather(List<T> first) {
    if (gathers && lastGroup > 1) {
      long deadline = System.nanoTime() + GATHER_NANOS;
      while (first.size() + waitingCount.get() < lastGroup && System.nanoTime() < deadline) {
        yieldNow();
      }
    }
    T next = waiting.peek();
    if (next == null) {
      lastGroup = first.size();
      return first;
    }
    List<T> group = new ArrayList<>(first);
    try {
      for (; next != null; next = waiting.peek()) {
        // In this order: whatever fails, a ticket is in the queue or in a group, and in no second
        // one.
        if (!next.isTaken()) {
          group.add(next);
          next.take();
        }
        waiting.poll();
      }
    } catch (Error e) {
      // A lack of memory, or of stack.
      if (group.isEmpty()) {
        throw e;
      }
      // Those that are left wait for the next leader; none is in neither place.
    }
    waitingCount.addAndGet(first.size() - group.size());
    lastGroup = group.size();
    return group;
  }

  private void wakeNextLeader() {
    T next = waiting.peek();
    if (next != null) {
      next.wake();
    }
  }

  /** Nothing depends on it but speed: to sleep and be woken takes longer than what is waited for. */
  @SuppressWarnings("ThreadPriorityCheck")
  private static void yieldNow() {
    Thread.yield();
  }
}
