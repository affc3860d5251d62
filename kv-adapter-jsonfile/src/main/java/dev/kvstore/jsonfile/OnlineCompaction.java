package dev.kvstore.jsonfile;

import dev.kvstore.core.error.CorruptStoreException;
import dev.kvstore.core.error.StorageFailedException;
import dev.kvstore.core.error.StoreException;
import dev.kvstore.core.error.StoreUnavailableException;
import dev.kvstore.core.port.ProgressListener;
import dev.kvstore.files.Futures;
import dev.kvstore.files.ProgressRelay;
import dev.kvstore.files.StorageFailures;
import dev.kvstore.files.StorageOptions;
import dev.kvstore.jsonfile.commit.GroupCommit;
import dev.kvstore.jsonfile.compaction.CompactionPolicy;
import dev.kvstore.jsonfile.index.KeyIndex;
import dev.kvstore.jsonfile.log.LogFormat;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;

/** Says when the file is compacted, in the background or for one who waits for room, and sees to it that one {@link CompactionRun} is under way at a time. */
final class OnlineCompaction {

  /** What takes long is done again after so long at the earliest, and after so many times the time that it took. */
  private static final long LEAST_PAUSE_MILLIS = 1_000;

  private static final int PAUSE_TIMES = 10;

  /** Closing the store waits for a compaction that copies so much, in bytes; one that copies more is ended. */
  private static final long FINISHED_BYTES = 64L << 20;

  private final StorageOptions options;
  private final Tools tools;
  private final StoreState state;
  private final LogWriter writer;
  private final CompactionPolicy policy;
  private final GroupCommit<PendingCommit> queue;
  private final BatchForce batchForce;
  private final Condition finished;

  /** Guarded by the turn. */
  private boolean running;

  /** After lines were counted to find out whether there is room; guarded by the turn. */
  private Pause counted = Pause.NONE;

  /** After room was to be won in vain; guarded by the turn. */
  private Pause failed = Pause.NONE;

  private volatile boolean ended;

  OnlineCompaction(
      StorageOptions options,
      Tools tools,
      StoreState state,
      LogWriter writer,
      GroupCommit<PendingCommit> queue,
      BatchForce batchForce) {
    this.batchForce = batchForce;
    this.options = options;
    this.tools = tools;
    this.state = state;
    this.writer = writer;
    this.policy = tools.policy();
    this.queue = queue;
    this.finished = queue.newCondition();
  }

  /** Starts one in the background if there is much garbage. Called by the one who has the turn. */
  void startIfDue(long nowMillis) {
    long length = writer.end().offset();
    if (running || ended || writer.hasStopped() || !policy.mayTry(length, nowMillis)) {
      return;
    }
    if (policy.isDue(length, garbage(nowMillis))) {
      // A failure is not repeated at once.
      policy.triedAt(length, nowMillis);
      Runnable work = () -> runReporting(nowMillis);
      running = true;
      try {
        inBackground(work);
      } catch (RuntimeException | Error e) {
        EngineLog.LOG.log(System.Logger.Level.WARNING, "compaction was put off", e);
      }
    }
  }

  private void runReporting(long nowMillis) {
    try {
      run(nowMillis, ProgressListener.NONE);
    } catch (StoreException e) {
      EngineLog.LOG.log(System.Logger.Level.WARNING, "compaction was put off: {0}", e.getMessage());
    } catch (RuntimeException | Error e) {
      EngineLog.LOG.log(System.Logger.Level.ERROR, "compaction failed", e);
    }
  }

  /** Has a {@link #run} done by another thread. */
  private void inBackground(Runnable work) {
    try {
      tools.background().run(work);
    } catch (RuntimeException | Error e) {
      // As when there can be no more threads: nobody may wait for it.
      finish();
      throw e;
    }
  }

  private void finish() {
    queue.acquire();
    running = false;
    finished.signalAll();
    queue.release();
  }

  /**
   * Reserves the next {@link #run} for the caller, who has the turn; waits while another one runs.
   *
   * @throws StorageFailedException STORAGE_FAILED if the store takes no more writes
   */
  void begin() {
    awaitFinished();
    if (ended) {
      // The lock may be given up before this could end.
      throw StoreUnavailableException.closed("store");
    }
    state.current();
    writer.requireRoomFor(writer.end().seq(), 1);
    running = true;
  }

  /**
   * Wins room under the cap for the one who has the turn, if that is worth it, and has not just failed. Gives the turn away
   * meanwhile, if one runs already.
   *
   * @return whether there may be more room now
   */
  boolean makeRoom(boolean onlyRemovals, long nowMillis) {
    batchForce.now();
    if (running) {
      awaitFinished();
      return true;
    }
    if (failed.isAt(nowMillis) || !mayFit(nowMillis)) {
      return false;
    }
    if (!policy.isWorthMakingRoom(garbage(nowMillis), onlyRemovals)
        && !isWorthByCount(onlyRemovals, nowMillis)) {
      return false;
    }
    begin();
    long start = System.nanoTime();
    try {
      run(nowMillis, ProgressListener.NONE);
      return true;
    } catch (StoreException e) {
      if (writer.hasStopped()) {
        throw e;
      }
      // The next write would most likely fail in the same way, and take as long.
      failed = Pause.after(start, nowMillis);
      EngineLog.LOG.log(System.Logger.Level.WARNING, "compaction was put off: {0}", e.getMessage());
      return false;
    }
  }

  /** Whether what certainly stays takes less than the cap. */
  private boolean mayFit(long nowMillis) {
    return state.current().firstLine() + leastLiveBytes(nowMillis) + LogFormat.MAX_MARK_BYTES
        <= options.maxBytes();
  }

  private long leastLiveBytes(long nowMillis) {
    KeyIndex index = state.current().index();
    return index.lineBytes() - index.expiries().perhapsExpiredBytes(nowMillis);
  }

  /**
   * A span of the time that commits bring, in which something is not done again.
   *
   * @param fromMillis when it began; a clock that was set back before that ends it
   */
  private record Pause(long fromMillis, long untilMillis) {

    static final Pause NONE = new Pause(0, 0);

    /** After work that began at {@code startNanos}, for a commit of {@code nowMillis}, and has just ended. */
    static Pause after(long startNanos, long nowMillis) {
      long took = (System.nanoTime() - startNanos) / 1_000_000;
      return new Pause(nowMillis, nowMillis + Math.max(LEAST_PAUSE_MILLIS, PAUSE_TIMES * took));
    }

    boolean isAt(long nowMillis) {
      return nowMillis >= fromMillis && nowMillis < untilMillis;
    }
  }

  /** The sums of what has expired lag behind. Where that may matter, asks the lines; as that takes long, not each time. */
  private boolean isWorthByCount(boolean onlyRemovals, long nowMillis) {
    long mostGarbage = garbageBeside(leastLiveBytes(nowMillis));
    if (counted.isAt(nowMillis) || !policy.isWorthMakingRoom(mostGarbage, onlyRemovals)) {
      return false;
    }
    long start = System.nanoTime();
    long garbage = garbageBeside(state.current().index().count(nowMillis).liveBytes());
    counted = Pause.after(start, nowMillis);
    return policy.isWorthMakingRoom(garbage, onlyRemovals);
  }

  /**
   * No more compactions; returns when none runs. Called by the one who has the turn, who loses it meanwhile.
   *
   * @param mayFinish whether one that runs goes on to its end, if it has not much to copy: then the space also comes back of a
   *     store that is never open for long
   */
  void end(boolean mayFinish) {
    ended = !mayFinish || state.current().index().lineBytes() > FINISHED_BYTES;
    awaitFinished();
    ended = true;
  }

  /**
   * Compacts, after {@link #begin}.
   *
   * @param listener told how far it is: the bytes copied from the old file, and those read back from the new one
   * @throws StorageFailedException STORAGE_FAILED if that fails; the store goes on in the old generation, or takes no more writes
   *     if it cannot be told which of the two a crash would leave
   * @throws CorruptStoreException STORE_CORRUPT if a line that counts is damaged
   */
  void run(long nowMillis, ProgressListener listener) {
    try {
      new CompactionRun(options, tools, state, writer, queue, batchForce, () -> ended)
          .run(nowMillis, listener);
    } catch (IOException e) {
      throw StorageFailures.failed("compact", options.path().file(), e);
    } finally {
      finish();
    }
  }

  /**
   * Like {@link #run}, in another thread, while the caller's listener is told in the caller's: so it may write, and even need the room
   * that is won here.
   */
  void runTelling(long nowMillis, ProgressListener listener) {
    ProgressRelay relay;
    CompletableFuture<Void> work;
    try {
      relay = new ProgressRelay();
      work = new CompletableFuture<>();
    } catch (Error e) {
      finish();
      throw e;
    }
    inBackground(() -> {
      try {
        run(nowMillis, relay);
        work.complete(null);
      } catch (RuntimeException | Error e) {
        work.completeExceptionally(e);
      }
    });
    relay.tell(listener, work);
    Futures.join(work);
  }

  /** The bytes of the file that a compaction would certainly win: all but the header and the lines of live entries. */
  private long garbage(long nowMillis) {
    return garbageBeside(state.current().index().liveBytes(nowMillis));
  }

  private long garbageBeside(long liveBytes) {
    return writer.end().offset() - state.current().firstLine() - liveBytes;
  }

  private void awaitFinished() {
    while (running) {
      finished.awaitUninterruptibly();
    }
  }
}
