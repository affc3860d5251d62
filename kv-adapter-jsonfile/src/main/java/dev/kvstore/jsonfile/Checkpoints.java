package dev.kvstore.jsonfile;

import dev.kvstore.files.Durability;
import dev.kvstore.files.StorageFailures;
import dev.kvstore.files.StorageOptions;
import dev.kvstore.jsonfile.checkpoint.Checkpoint;
import dev.kvstore.jsonfile.checkpoint.CheckpointFile;
import dev.kvstore.jsonfile.commit.GroupCommit;
import dev.kvstore.jsonfile.file.Scratch;
import dev.kvstore.jsonfile.file.StoreFile;
import dev.kvstore.jsonfile.index.ExpiryLedger;
import dev.kvstore.jsonfile.index.KeyIndex;
import dev.kvstore.jsonfile.index.Slots;
import dev.kvstore.jsonfile.recovery.LogEnd;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.locks.Condition;

/**
 * Keeps the index beside the data file, so that the next opening reads only what was written since. A failure costs nothing but
 * that, so it is only reported.
 */
final class Checkpoints {

  private final StoreState state;
  private final LogWriter writer;
  private final GroupCommit<PendingCommit> queue;
  private final Background background;
  private final CheckpointFile file;
  private final CheckpointPolicy policy;
  private final boolean whileRunning;

  /** Guarded by the turn, as is all that is asked of the writer. */
  private StoreFile covered;

  private long coveredOffset;
  private boolean running;
  private boolean ended;
  private final Condition finished;

  /**
   * Checkpoints of a store that was just opened.
   *
   * @param known up to where the checkpoint goes that is there, or 0
   */
  Checkpoints(
      StorageOptions options,
      Tools tools,
      StoreState state,
      LogWriter writer,
      GroupCommit<PendingCommit> queue,
      long known) {
    this.state = state;
    this.writer = writer;
    this.queue = queue;
    this.background = tools.background();
    this.file = tools.checkpoints();
    this.policy = tools.checkpointPolicy();
    this.covered = writer.file();
    this.coveredOffset = known;
    // The log before a checkpoint must be on the disk. Whoever asked for no forces would wait for
    // the
    // largest of all.
    this.whileRunning = options.durability() != Durability.NONE;
    this.finished = queue.newCondition();
  }

  /** Begins one in the background, if much was written since the last. Called by the one who has the turn. */
  void startIfDue() {
    long indexBytes = (long) state.current().index().slots().capacity() * Long.BYTES;
    if (whileRunning
        && !running
        && !ended
        && uncovered() > Math.max(policy.runningBytes(), policy.indexTimes() * indexBytes)) {
      running = true;
      try {
        background.run(this::write);
      } catch (RuntimeException | Error e) {
        // As when there can be no more threads: nobody may wait for it.
        running = false;
        EngineLog.LOG.log(
            System.Logger.Level.WARNING, "the index was not kept beside the store", e);
      }
    }
  }

  /** No more in the background; returns when none is being written. Called by the one who has the turn, who loses it meanwhile. */
  void end() {
    ended = true;
    while (running) {
      finished.awaitUninterruptibly();
    }
  }

  /** Makes one if that is worth it, when the log has its end. Called by the one who has the turn. */
  void atTheEnd() {
    LogEnd end = writer.end();
    if (writer.hasStopped()
        || uncovered() <= policy.closingBytes()
        || end.durableOffset() != end.offset()) {
      return;
    }
    KeyIndex index = state.current().index();
    try {
      file.write(checkpoint(index, end, index.slots(), index.expiries()));
    } catch (IOException e) {
      report(e);
    }
  }

  private long uncovered() {
    return writer.end().offset() - (writer.isIn(covered) ? coveredOffset : 0);
  }

  private void write() {
    try {
      Checkpoint snapshot;
      StoreFile data;
      LogEnd end;
      queue.acquire();
      try {
        if (state.isClosed() || writer.hasStopped()) {
          return;
        }
        data = writer.file();
        end = writer.end();
        snapshot = snapshot(state.current().index(), end);
      } finally {
        queue.release();
      }
      try {
        write(snapshot, data, end);
      } finally {
        snapshot.slots().memory().close();
      }
    } catch (IOException e) {
      report(e);
    } finally {
      queue.acquire();
      running = false;
      finished.signalAll();
      queue.release();
    }
  }

  private void write(Checkpoint snapshot, StoreFile data, LogEnd end) throws IOException {
    if (end.durableOffset() < end.offset()) {
      force(data);
    }
    file.write(snapshot);
    queue.acquire();
    try {
      if (writer.isIn(data)) {
        writer.forced(end);
        covered = data;
        coveredOffset = end.offset();
      }
    } finally {
      queue.release();
    }
  }

  /** After a failed force the next one may succeed though bytes are lost: so nothing may be written, or vouched for, any more. */
  private void force(StoreFile data) throws IOException {
    try {
      data.force();
    } catch (IOException e) {
      queue.acquire();
      try {
        if (writer.isIn(data)) {
          writer.stopAfterLateForce(e);
        }
      } finally {
        queue.release();
      }
      throw e;
    }
  }

  private Checkpoint snapshot(KeyIndex index, LogEnd end) throws IOException {
    ByteBuffer slots = index.slots().memory().buffer();
    Scratch copy = Scratch.allocate(slots.capacity());
    copy.buffer().put(0, slots, 0, slots.capacity());
    ByteBuffer ledger =
        ByteBuffer.allocate(index.expiries().byteSize()).order(ByteOrder.LITTLE_ENDIAN);
    index.expiries().write(ledger);
    return checkpoint(index, end, new Slots(copy), ExpiryLedger.read(ledger.flip()));
  }

  private Checkpoint checkpoint(KeyIndex index, LogEnd end, Slots slots, ExpiryLedger expiries) {
    return new Checkpoint(
        state.current().header(),
        end.offset(),
        end.seq(),
        index.size(),
        index.lineBytes(),
        index.hash(),
        expiries,
        slots);
  }

  private static void report(IOException failure) {
    EngineLog.LOG.log(
        System.Logger.Level.WARNING,
        "the index could not be kept beside the store; the next opening takes longer: {0}",
        StorageFailures.reason(failure));
  }
}
