package dev.kvstore.jsonfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BackgroundTest {

  /** The executor queues a task before it finds that there is no thread for it, and an older thread would take it. */
  @Test
  void aTaskThatWasRefusedIsNeverRun() throws InterruptedException {
    AtomicInteger threads = new AtomicInteger();
    Background background = Background.threads(work -> {
      if (threads.getAndIncrement() > 0) {
        throw new OutOfMemoryError("unable to create native thread");
      }
      Thread thread = new Thread(work, "only");
      thread.setDaemon(true);
      return thread;
    });
    CountDownLatch first = new CountDownLatch(1);
    background.run(first::countDown);
    first.await();
    AtomicInteger runs = new AtomicInteger();
    int accepted = 0;
    int refused = 0;
    for (int i = 0; i < 1_000; i++) {
      try {
        background.run(runs::incrementAndGet);
        accepted++;
      } catch (OutOfMemoryError e) {
        refused++;
      }
    }
    assertTrue(refused > 0, "no thread was refused");
    while (runs.get() < accepted) {
      Thread.onSpinWait();
    }
    // What was refused is in the queue of the one thread before this.
    CountDownLatch last = new CountDownLatch(1);
    boolean handedOver = false;
    while (!handedOver) {
      try {
        background.run(last::countDown);
        handedOver = true;
      } catch (OutOfMemoryError e) {
        Thread.onSpinWait();
      }
    }
    last.await();
    assertEquals(accepted, runs.get());
    background.end();
  }
}
