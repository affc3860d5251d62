package dev.kvstore.jsonfile;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A task that is done once at most, and not at all if it is called off before it has begun. Safe for any number of threads. */
final class OneShot implements Runnable {

  private final AtomicReference<@Nullable Runnable> task;

  OneShot(Runnable task) {
    this.task = new AtomicReference<>(task);
  }

  @Override
  public void run() {
    Runnable mine = task.getAndSet(null);
    if (mine != null) {
      mine.run();
    }
  }

  /** Whether it will never be done; false if it has begun. */
  boolean callOff() {
    return task.getAndSet(null) != null;
  }
}
