package dev.kvstore.jsonfile.commit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class GroupCommitTest {

  private static class Request extends Ticket {
    private final int thread;
    private final int value;
    private int answer;

    Request(int thread, int value) {
      this.thread = thread;
      this.value = value;
    }
  }

  private final List<List<Request>> groups = new ArrayList<>();
  private final AtomicBoolean working = new AtomicBoolean();
  private final AtomicInteger overlaps = new AtomicInteger();

  private void work(List<Request> tickets) {
    if (!working.compareAndSet(false, true)) {
      overlaps.incrementAndGet();
    }
    tickets.forEach(ticket -> ticket.answer = ticket.value + 1);
    groups.add(List.copyOf(tickets));
    working.set(false);
  }

  @Test
  void everyTicketIsAnsweredOnceByOneWorkerAtATime() throws InterruptedException {
    GroupCommit<Request> queue = new GroupCommit<>(this::work, true);
    int threads = 8;
    int each = 20_000;
    AtomicInteger wrong = new AtomicInteger();
    List<Thread> callers = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      int thread = t;
      Thread caller = new Thread(() -> {
        for (int i = 0; i < each; i++) {
          Request ticket = new Request(thread, i);
          queue.submit(ticket);
          if (ticket.answer != i + 1) {
            wrong.incrementAndGet();
          }
        }
      });
      callers.add(caller);
      caller.start();
    }
    for (Thread caller : callers) {
      caller.join();
    }
    assertEquals(0, wrong.get());
    assertEquals(0, overlaps.get());
    int[] next = new int[threads];
    for (List<Request> group : groups) {
      for (Request ticket : group) {
        assertEquals(next[ticket.thread]++, ticket.value, "out of order or twice");
      }
    }
    assertEquals(threads * each, groups.stream().mapToInt(List::size).sum());
  }

  /** As with a lack of memory at the worst moment. */
  @Test
  void theTurnIsGivenUpWhateverFails() throws InterruptedException {
    GroupCommit<Request> queue = new GroupCommit<>(this::work, true);
    Request failing = new Request(0, 0) {
      @Override
      void finish() {
        throw new OutOfMemoryError("of a test");
      }
    };
    assertThrows(OutOfMemoryError.class, () -> queue.submit(failing));
    Request other = new Request(1, 1);
    Thread caller = new Thread(() -> queue.submit(other));
    caller.start();
    caller.join();
    assertEquals(2, other.answer);
  }

  @Test
  void whoeverWaitsWhileOneWorksIsServedTogether() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    GroupCommit<Request> queue = new GroupCommit<>(
        tickets -> {
          work(tickets);
          begun.countDown();
          awaitUninterruptibly(release);
        },
        false);
    List<Thread> callers = new ArrayList<>();
    callers.add(start(queue, 0));
    begun.await();
    for (int i = 1; i < 6; i++) {
      callers.add(start(queue, i));
    }
    for (Thread caller : callers) {
      while (caller.getState() == Thread.State.NEW || caller.getState() == Thread.State.RUNNABLE) {
        Thread.onSpinWait();
      }
    }
    release.countDown();
    for (Thread caller : callers) {
      caller.join();
    }
    assertEquals(2, groups.size(), "the five that waited are one group");
    assertEquals(5, groups.get(1).size());
  }

  @Test
  void anInterruptOfAWaitingCallerIsKeptAndChangesNothing() throws InterruptedException {
    GroupCommit<Request> queue = new GroupCommit<>(this::work, false);
    AtomicBoolean interrupted = new AtomicBoolean();
    queue.acquire();
    Request ticket = new Request(0, 41);
    Thread caller = new Thread(() -> {
      queue.submit(ticket);
      interrupted.set(Thread.currentThread().isInterrupted());
    });
    caller.start();
    caller.interrupt();
    caller.join(100);
    assertTrue(caller.isAlive(), "it did not wait");
    assertFalse(ticket.isDone());
    queue.release();
    caller.join();
    assertEquals(42, ticket.answer);
    assertTrue(interrupted.get());
  }

  private static Thread start(GroupCommit<Request> queue, int value) {
    Thread caller = new Thread(() -> queue.submit(new Request(value, 0)));
    caller.start();
    return caller;
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Nobody is told that the turn is free then; they find out. */
  @Test
  void whoHasTheTurnAndWaitsKeepsNobodyOut() throws InterruptedException {
    GroupCommit<Request> queue = new GroupCommit<>(this::work, true);
    Condition end = queue.newCondition();
    AtomicBoolean ended = new AtomicBoolean();
    Request ticket = new Request(0, 6);
    Thread caller = new Thread(() -> queue.submit(ticket));
    CountDownLatch holding = new CountDownLatch(1);
    Thread holder = new Thread(() -> {
      queue.acquire();
      try {
        holding.countDown();
        while (caller.getState() != Thread.State.WAITING
            && caller.getState() != Thread.State.TIMED_WAITING) {
          Thread.onSpinWait();
        }
        while (!ended.get()) {
          end.awaitUninterruptibly();
        }
      } finally {
        queue.release();
      }
    });
    holder.start();
    holding.await();
    caller.start();
    caller.join();
    assertEquals(7, ticket.answer);
    assertTrue(holder.isAlive());
    queue.acquire();
    ended.set(true);
    end.signalAll();
    queue.release();
    holder.join();
  }
}
