package dev.kvstore.jsonfile.commit;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** What one caller wants done, and where that caller waits for it. Each is handed over once. */
public abstract class Ticket {

  /** The turn also comes free without a wake, when the one who has it waits for something else. */
  private static final long LOOK_AGAIN_NANOS = 20_000_000;

  private volatile boolean taken;
  private volatile boolean done;
  private volatile @Nullable Thread parked;

  /** For subclasses, which hold the request and its answer. */
  protected Ticket() {}

  /** Whether a leader has it in its group, and will wake its caller. */
  boolean isTaken() {
    return taken;
  }

  void take() {
    taken = true;
  }

  boolean isDone() {
    return done;
  }

  /** Marks the answer as there; everything written to this ticket before is visible to the caller that waits. */
  void finish() {
    done = true;
  }

  /** Wakes the caller if it sleeps. */
  void wake() {
    Thread sleeper = parked;
    if (sleeper != null) {
      LockSupport.unpark(sleeper);
    }
  }

  /** Sleeps until woken, while {@code busy} says that somebody is at work who will wake it. May return early. */
  void sleep(java.util.function.BooleanSupplier busy) {
    parked = Thread.currentThread();
    if (!done && (taken || busy.getAsBoolean())) {
      LockSupport.parkNanos(this, LOOK_AGAIN_NANOS);
    }
    parked = null;
  }
}
