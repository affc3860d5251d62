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
import dev.kvstore.jsonfile.recovery.LastChecksums;
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

  private record Place(StoreFile file, long offset) {}

  private final StoreState state;
  private final LogWriter writer;
  private final GroupCommit<PendingCommit> queue;
  private final Background background;
  private final CheckpointFile file;
  private final CheckpointPolicy policy;
  private final boolean whileRunning;

  /** Guarded by the turn, as is all that is asked of the writer. */
  private Place covered;

  /** The place of the last try while running; another waits for as much as if it had succeeded. */
  private Place tried;

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
    this.covered = new Place(writer.file(), known);
    this.tried = covered;
    // It forces the log before it, and whoever asked for no forces would wait for that.
    this.whileRunning = options.durability() != Durability.NONE;
    this.finished = queue.newCondition();
  }

  /** Begins one in the background, if much was written since the last. Called by the one who has the turn. */
  void startIfDue() {
    if (whileRunning && !running && !ended && isDue()) {
      tried = new Place(writer.file(), writer.end().offset());
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

  /** No more in the background. Called by the one who has the turn. */
  void refuse() {
    ended = true;
  }

  /** Returns when none is being written, after {@link #refuse}. Called by the one who has the turn, who loses it meanwhile. */
  void end() {
    while (running) {
      finished.awaitUninterruptibly();
    }
  }

  /** Makes one if that is worth it, when the log has its end. Called by the one who has the turn. */
  void atTheEnd() {
    LogEnd end = writer.end();
    if (writer.hasStopped()
        || since(covered) <= policy.closingBytes()
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

  private boolean isDue() {
    long indexBytes = (long) state.current().index().slots().capacity() * Long.BYTES;
    long due = Math.max(policy.runningBytes(), policy.indexTimes() * indexBytes);
    return since(covered) > due && since(tried) > due;
  }

  private long since(Place place) {
    return writer.end().offset() - (writer.isIn(place.file()) ? place.offset() : 0);
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
    if (hasStopped()) {
      // Perhaps because of another force, which has taken the failure of this one.
      return;
    }
    file.write(snapshot);
    queue.acquire();
    try {
      if (writer.isIn(data)) {
        writer.forced(end);
        covered = new Place(data, end.offset());
      }
    } finally {
      queue.release();
    }
  }

  private boolean hasStopped() {
    queue.acquire();
    try {
      return writer.hasStopped();
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

  private Checkpoint checkpoint(KeyIndex index, LogEnd end, Slots slots, ExpiryLedger expiries)
      throws IOException {
    return new Checkpoint(
        state.current().header(),
        end.offset(),
        end.seq(),
        index.size(),
        index.lineBytes(),
        LastChecksums.before(writer.file(), end.offset()),
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
