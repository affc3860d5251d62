package dev.kvstore.jsonfile;

import dev.kvstore.core.error.CorruptStoreException;
import dev.kvstore.core.error.Printable;
import dev.kvstore.core.error.StorageFailedException;
import dev.kvstore.core.port.ProgressListener;
import dev.kvstore.files.StorageFailures;
import dev.kvstore.files.StorageOptions;
import dev.kvstore.jsonfile.commit.GroupCommit;
import dev.kvstore.jsonfile.compaction.NextGeneration;
import dev.kvstore.jsonfile.log.Damage;
import dev.kvstore.jsonfile.log.LineNumber;
import dev.kvstore.jsonfile.log.LogFormat;
import dev.kvstore.jsonfile.log.LogLine;
import dev.kvstore.jsonfile.recovery.LineWalk;
import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/**
 * Writes the next generation of the file while the store goes on: copies the lines that count up to the end, then those that came
 * meanwhile, and keeps commits out only for the last few and for the change of files. Used once.
 */
final class CompactionRun {

  /** With so little left to copy, in bytes, commits may as well wait for the rest. */
  private static final long SMALL_REST = 1 << 20;

  private static final int MAX_ROUNDS = 16;

  private final StorageOptions options;
  private final Tools tools;
  private final StoreState state;
  private final LogWriter writer;
  private final GroupCommit<PendingCommit> queue;
  private final BatchForce batchForce;
  private final BooleanSupplier ended;

  /**
   * A run.
   *
   * @param ended whether the store is being closed, so that it is not worth going on
   */
  CompactionRun(
      StorageOptions options,
      Tools tools,
      StoreState state,
      LogWriter writer,
      GroupCommit<PendingCommit> queue,
      BatchForce batchForce,
      BooleanSupplier ended) {
    this.options = options;
    this.tools = tools;
    this.state = state;
    this.writer = writer;
    this.queue = queue;
    this.batchForce = batchForce;
    this.ended = ended;
  }

  /**
   * Compacts, while compactions are begun for the caller alone.
   *
   * @param listener told how far it is: the bytes copied from the old file, and those read back from the new one
   * @throws IOException if that fails; the store goes on in the old generation
   * @throws StorageFailedException STORAGE_FAILED if it cannot be told which of the two files a crash would leave; the store takes
   *     no more writes
   * @throws CorruptStoreException STORE_CORRUPT if a line that counts is damaged; the store goes on in the old generation
   */
  void run(long nowMillis, ProgressListener listener) throws IOException {
    Generation old = state.current();
    if (old.header().generation() == LogFormat.MAX_NUMBER) {
      throw StorageFailedException.failed(
          "cannot compact store " + Printable.quote(options.path().file().toString())
              + ": it has used up its generations; export it and import it into a new one",
          Map.of("file", options.path().file().toString()),
          null);
    }
    NextGeneration next = begin(old);
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
        // The turn may be kept for longer than what waits for its force may wait.
        batchForce.now();
        copy(old, copied, writer.end().offset(), next, expired, progress);
        expired.remove();
        writer.requireNotAbandoned();
        requireWhole(old, next);
        next.mark(writer.end().seq() + 1, nowMillis);
        next.forceAndVerify(progress::readBack);
        switchTo(next);
      } finally {
        queue.release();
      }
      // The system takes its time to free a large file, so nobody waits for this if it can be
      // helped.
      attempt(old::close, "the old file could not be closed: {0}");
    } catch (IOException | RuntimeException | Error e) {
      if (state.isClosed() || state.current() == old) {
        attempt(next, "the compacted file could not be closed: {0}");
        deleteTemporary();
      }
      throw e;
    }
  }

  private NextGeneration begin(Generation old) throws IOException {
    tools.fileSystem().delete(tools.temporary());
    try {
      return NextGeneration.begin(
          tools.fileSystem().create(tools.temporary()),
          options.path().file(),
          old.header().next(),
          old.index().hash(),
          options.maxBytes() - LogFormat.MAX_MARK_BYTES);
    } catch (IOException e) {
      deleteTemporary();
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
      if (ended.getAsBoolean()) {
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
      tools.policy().succeeded();
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

  private void deleteTemporary() {
    attempt(
        () -> tools.fileSystem().delete(tools.temporary()),
        "an unfinished compaction could not be removed; the next opening does: {0}");
  }

  /** Takes a step that nothing depends on any more. */
  private static void attempt(Closeable step, String ifItFails) {
    try {
      step.close();
    } catch (IOException e) {
      EngineLog.LOG.log(System.Logger.Level.WARNING, ifItFails, StorageFailures.reason(e));
    }
  }
}
