package dev.kvstore.jsonfile;

import dev.kvstore.files.Durability;
import dev.kvstore.files.StorageOptions;
import dev.kvstore.jsonfile.commit.GroupCommit;
import dev.kvstore.jsonfile.file.StoreFile;
import dev.kvstore.jsonfile.recovery.LogEnd;
import java.io.IOException;
import java.util.concurrent.locks.Condition;
import org.jspecify.annotations.Nullable;

/** Forces what was written without a force within a bounded time, in a store that was opened to do so. */
final class BatchForce {

  /** A force is due so long after a write, in milliseconds; {@link Durability#BATCH} promises twice as much. */
  private static final long DELAY_MILLIS = 50;

  private final boolean on;
  private final Background background;
  private final LogWriter writer;
  private final GroupCommit<PendingCommit> queue;

  /** Guarded by the queue's turn, as is the writer. */
  private boolean pending;

  private boolean ended;
  private int forcing;
  private final Condition forced;

  BatchForce(
      StorageOptions options,
      Background background,
      LogWriter writer,
      GroupCommit<PendingCommit> queue) {
    this.on = options.durability() == Durability.BATCH;
    this.background = background;
    this.writer = writer;
    this.queue = queue;
    this.forced = queue.newCondition();
  }

  /** Sees to it that the last write will be forced. Called by the one who has the turn. */
  void afterWrite() {
    if (on && !pending) {
      pending = true;
      try {
        background.runLater(this::force, DELAY_MILLIS);
      } catch (RuntimeException | Error e) {
        // As when there can be no more threads: then nobody else will do it.
        now();
        pending = false;
      }
    }
  }

  /** No more forces; returns when none is made, so that its failure is known. Called by the one who has the turn, who loses it meanwhile. */
  void end() {
    ended = true;
    while (forcing > 0) {
      forced.awaitUninterruptibly();
    }
  }

  /** Forces at once what waits for it. Called by the one who has the turn and may keep it for longer than that can wait. */
  void now() {
    if (pending && !ended && !writer.isInDoubt()) {
      note(writer.end(), force(writer.file()));
    }
  }

  private void force() {
    StoreFile file;
    LogEnd end;
    IOException failure = new IOException("it was not forced");
    queue.acquire();
    try {
      pending = false;
      if (ended || writer.isInDoubt()) {
        return;
      }
      file = writer.file();
      end = writer.end();
      forcing++;
    } finally {
      queue.release();
    }
    try {
      failure = force(file);
    } finally {
      queue.acquire();
      try {
        // A compaction has forced everything in its own way.
        if (writer.isIn(file)) {
          note(end, failure);
        }
      } finally {
        forcing--;
        forced.signalAll();
        queue.release();
      }
    }
  }

  private void note(LogEnd end, @Nullable IOException failure) {
    if (failure == null) {
      writer.forced(end);
    } else {
      writer.stopAfterLateForce(failure);
    }
  }

  private static @Nullable IOException force(StoreFile file) {
    try {
      file.force();
      return null;
    } catch (IOException e) {
      return e;
    }
  }
}
