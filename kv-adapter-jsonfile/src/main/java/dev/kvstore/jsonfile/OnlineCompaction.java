package dev.kvstore.jsonfile;

import dev.kvstore.core.error.CorruptStoreException;
import dev.kvstore.core.error.Printable;
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
import dev.kvstore.jsonfile.compaction.NextGeneration;
import dev.kvstore.jsonfile.index.KeyIndex;
import dev.kvstore.jsonfile.log.Damage;
import dev.kvstore.jsonfile.log.LineNumber;
import dev.kvstore.jsonfile.log.LogFormat;
import dev.kvstore.jsonfile.log.LogLine;
import dev.kvstore.jsonfile.recovery.LineWalk;
import java.io.IOException;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;

/**
 * Writes the next generation of the file while the store goes on: copies the lines that count up to the end, then those that came
 * meanwhile, and keeps commits out only for the last few and for the change of files. One at a time.
 */
final class OnlineCompaction {

  /** With so little left to copy, in bytes, commits may as well wait for the rest. */
  private static final long SMALL_REST = 1 << 20;

  private static final int MAX_ROUNDS = 16;

  private static final long COUNT_STEP_MILLIS = 1_000;

  /** Closing the store waits for a compaction that copies so much, in bytes; one that copies more is ended. */
  private static final long FINISHED_BYTES = 64L << 20;

  private final StorageOptions options;
  private final Tools tools;
  private final StoreState state;
  private final LogWriter writer;
  private final CompactionPolicy policy;
  private final GroupCommit<PendingCommit> queue;
  private final Condition finished;

  /** Guarded by the turn. */
  private boolean running;

  /** When lines were counted to find out whether there is room; guarded by the turn. */
  private long countedMillis = Long.MIN_VALUE / 2;

  private volatile boolean ended;

  OnlineCompaction(
      StorageOptions options,
      Tools tools,
      StoreState state,
      LogWriter writer,
      GroupCommit<PendingCommit> queue) {
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
      running = true;
      try {
        inBackground(() -> runReporting(nowMillis));
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
   * Wins room under the cap for the one who has the turn, if that is worth it. Gives the turn away meanwhile, if one runs already.
   *
   * @return whether there may be more room now
   */
  boolean makeRoom(boolean onlyRemovals, long nowMillis) {
    if (running) {
      awaitFinished();
      return true;
    }
    if (!policy.isWorthMakingRoom(garbage(nowMillis), onlyRemovals)
        && !isWorthByCount(onlyRemovals, nowMillis)) {
      return false;
    }
    begin();
    run(nowMillis, ProgressListener.NONE);
    return true;
  }

  /** The sums of what has expired lag behind. Where that may matter, asks the lines; as that takes long, once a second. */
  private boolean isWorthByCount(boolean onlyRemovals, long nowMillis) {
    KeyIndex index = state.current().index();
    long mostGarbage =
        garbageBeside(index.lineBytes() - index.expiries().perhapsExpiredBytes(nowMillis));
    boolean countedJustNow =
        nowMillis >= countedMillis && nowMillis - countedMillis < COUNT_STEP_MILLIS;
    if (countedJustNow || !policy.isWorthMakingRoom(mostGarbage, onlyRemovals)) {
      return false;
    }
    countedMillis = nowMillis;
    return policy.isWorthMakingRoom(
        garbageBeside(index.count(nowMillis).liveBytes()), onlyRemovals);
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
    tools.background().end();
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
      compact(nowMillis, listener);
    } catch (IOException e) {
      deleteTemporary();
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
    ProgressRelay relay = new ProgressRelay();
    CompletableFuture<Void> work = new CompletableFuture<>();
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

  private void compact(long nowMillis, ProgressListener listener) throws IOException {
    Generation old = state.current();
    if (old.header().generation() == LogFormat.MAX_NUMBER) {
      throw StorageFailedException.failed(
          "cannot compact store " + Printable.quote(options.path().file().toString())
              + ": it has used up its generations; export it and import it into a new one",
          Map.of("file", options.path().file().toString()),
          null);
    }
    tools.fileSystem().delete(tools.temporary());
    NextGeneration next = NextGeneration.begin(
        tools.fileSystem().create(tools.temporary()),
        options.path().file(),
        old.header().next(),
        old.index().hash(),
        options.maxBytes() - LogFormat.MAX_MARK_BYTES);
    CompactionProgress progress = new CompactionProgress(listener, old.index().lineBytes());
    try {
      Expired expired = new Expired(state, queue, nowMillis);
      long copied = old.firstLine();
      for (int round = 0; round < MAX_ROUNDS; round++) {
        long target = publishedEnd();
        if (target - copied <= SMALL_REST) {
          break;
        }
        copy(old, copied, target, next, expired, progress);
        copied = target;
        next.forceAndVerify(progress::readBack);
      }
      queue.acquire();
      try {
        copy(old, copied, writer.end().offset(), next, expired, progress);
        expired.remove();
        requireWhole(old, next);
        next.mark(writer.end().seq() + 1, nowMillis);
        next.forceAndVerify(progress::readBack);
        switchTo(next);
      } finally {
        queue.release();
      }
      close(old);
    } catch (IOException | RuntimeException | Error e) {
      if (state.isClosed() || state.current() == old) {
        closeQuietly(next);
        deleteTemporary();
      }
      throw e;
    }
  }

  private long publishedEnd() {
    queue.acquire();
    try {
      return writer.end().offset();
    } finally {
      queue.release();
    }
  }

  private void copy(
      Generation old,
      long from,
      long to,
      NextGeneration next,
      Expired expired,
      CompactionProgress progress)
      throws IOException {
    LineWalk.Visitor copying = (line, offset) -> {
      if (ended) {
        throw new IOException("the store is being closed");
      }
      progress.copied(offset, to);
      if (line.step() instanceof LogLine.Put put) {
        if (old.index().isAt(put.key(), offset) && !expired.takes(put, offset)) {
          next.put(line, put);
        }
      } else if (line.step() instanceof LogLine.Delete delete) {
        next.delete(line, delete);
      }
    };
    OptionalLong damaged = LineWalk.over(old.file(), old.header(), from, to, copying);
    if (damaged.isPresent() && from > old.firstLine()) {
      // In the first part the index tells whether it counts; here it may take back what was copied.
      throw Damage.at(
          options.path().file().toString(),
          damaged.getAsLong(),
          LineNumber.of(old.file(), damaged.getAsLong()),
          "what was written there a moment ago cannot be read");
    }
  }

  /** Finds out whether a line that counts could not be read, and says which. */
  private void requireWhole(Generation old, NextGeneration next) throws IOException {
    if (next.size() != old.index().size()) {
      old.index().requireReadable();
      throw new IOException(
          "the copy has " + next.size() + " entries instead of " + old.index().size());
    }
  }

  private void switchTo(NextGeneration next) {
    boolean switched = false;
    try {
      Generation generation = new Generation(next.file(), next.header(), next.index());
      putInPlace();
      writer.switchTo(next.file(), next.header(), next.end());
      policy.succeeded();
      state.switchTo(generation);
      switched = true;
    } finally {
      if (!switched && !writer.hasStopped()) {
        // Whatever it was, a lack of memory or of threads: the old file may have lost its name.
        writer.stop("putting the compacted file in place failed");
      }
    }
  }

  private void putInPlace() {
    try {
      tools.fileSystem().rename(tools.temporary(), options.path().file());
      tools.fileSystem().forceFolder(options.path().folder());
    } catch (IOException e) {
      writer.stop("putting the compacted file in place failed (" + StorageFailures.reason(e) + ")");
      throw StorageFailures.failed("replace", options.path().file(), e);
    }
  }

  /** Gives up what was replaced. The system takes its time to free a large file, so nobody waits for this if it can be helped. */
  private static void close(Generation old) {
    try {
      old.close();
    } catch (IOException e) {
      EngineLog.LOG.log(
          System.Logger.Level.WARNING,
          "the old file could not be closed: {0}",
          StorageFailures.reason(e));
    }
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

  private void deleteTemporary() {
    try {
      tools.fileSystem().delete(tools.temporary());
    } catch (IOException e) {
      EngineLog.LOG.log(
          System.Logger.Level.WARNING,
          "an unfinished compaction could not be removed; the next opening does: {0}",
          StorageFailures.reason(e));
    }
  }

  private static void closeQuietly(NextGeneration next) {
    try {
      next.close();
    } catch (IOException e) {
      EngineLog.LOG.log(
          System.Logger.Level.WARNING,
          "the compacted file could not be closed: {0}",
          StorageFailures.reason(e));
    }
  }
}
