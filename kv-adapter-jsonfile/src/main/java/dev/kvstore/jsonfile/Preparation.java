package dev.kvstore.jsonfile;

import dev.kvstore.jsonfile.file.StoreFile;
import java.io.IOException;

/**
 * Space behind the space allocated ahead, made by another thread while that is still being filled. Whoever needs the space, or the
 * file for something else, asks for {@link #end} first.
 */
final class Preparation implements Runnable {

  private enum State {
    WAITING,
    RUNNING,
    DONE,
    FAILED,
    CALLED_OFF
  }

  private final StoreFile file;
  private final long from;
  private final long to;
  private State state = State.WAITING;

  /** The range of {@code file}, in bytes, that will be space. */
  Preparation(StoreFile file, long from, long to) {
    this.file = file;
    this.from = from;
    this.to = to;
  }

  @Override
  public void run() {
    if (!begin()) {
      return;
    }
    State outcome = State.FAILED;
    try {
      file.prepare(from, to);
      outcome = State.DONE;
    } catch (IOException e) {
      // Whoever needs the space will try to make it, and be told what is in the way.
    } finally {
      finish(outcome);
    }
  }

  /**
   * Up to where there is space now: everything or nothing of the range. Waits if it is being made, and calls it off if nobody has
   * begun. An interrupt has no effect, but that the caller stays interrupted.
   */
  synchronized long end() {
    if (state == State.WAITING) {
      state = State.CALLED_OFF;
    }
    boolean interrupted = false;
    while (state == State.RUNNING) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return state == State.DONE ? to : from;
  }

  /** Whether the space could not be made. */
  synchronized boolean hasFailed() {
    return state == State.FAILED;
  }

  private synchronized boolean begin() {
    boolean wanted = state == State.WAITING;
    if (wanted) {
      state = State.RUNNING;
    }
    return wanted;
  }

  private synchronized void finish(State outcome) {
    state = outcome;
    notifyAll();
  }
}
