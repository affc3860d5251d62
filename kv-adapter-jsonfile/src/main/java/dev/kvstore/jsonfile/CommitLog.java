package dev.kvstore.jsonfile;

import dev.kvstore.core.error.LimitExceededException;
import dev.kvstore.core.error.Printable;
import dev.kvstore.core.error.StorageFailedException;
import dev.kvstore.core.error.StoreException;
import dev.kvstore.core.port.CommitResult;
import dev.kvstore.core.port.Effect;
import dev.kvstore.core.port.Mutation;
import dev.kvstore.files.StorageFailures;
import dev.kvstore.files.StorageOptions;
import dev.kvstore.jsonfile.compaction.CompactionPolicy;
import dev.kvstore.jsonfile.compaction.Compactor;
import dev.kvstore.jsonfile.compaction.Compactor.Compacted;
import dev.kvstore.jsonfile.file.StoreFileSystem;
import dev.kvstore.jsonfile.index.KeyIndex;
import dev.kvstore.jsonfile.index.Slot;
import dev.kvstore.jsonfile.log.LogFormat;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Everything that changes the store: commits and compactions, one at a time. A commit is checked, written, forced, and only then
 * made visible and acknowledged.
 */
final class CommitLog {

  private final StorageOptions options;
  private final StoreFileSystem fileSystem;
  private final Path temporary;
  private final StoreState state;
  private final LogWriter writer;
  private final CompactionPolicy policy;
  private final ReentrantLock turn = new ReentrantLock();
  private long latestMillis;

  CommitLog(
      StorageOptions options,
      StoreFileSystem fileSystem,
      Path temporary,
      StoreState state,
      LogWriter writer) {
    this.options = options;
    this.fileSystem = fileSystem;
    this.temporary = temporary;
    this.state = state;
    this.writer = writer;
    this.policy = new CompactionPolicy(options.maxBytes(), LogFormat.MAX_MARK_BYTES);
  }

  CommitResult commit(List<Mutation> mutations, long nowMillis) {
    turn.lock();
    try {
      KeyIndex index = state.current().index();
      for (Mutation mutation : mutations) {
        Slot slot = index.get(mutation.key());
        boolean met = slot == null
            ? mutation.expectation().isMet(false, 0)
            : mutation.expectation().isMet(slot.isLiveAt(nowMillis), slot.seq());
        if (!met) {
          return CommitResult.refused(mutation.key());
        }
      }
      List<Mutation> effective = mutations.stream()
          .filter(mutation -> changesSomething(mutation, index))
          .toList();
      if (!effective.isEmpty()) {
        write(effective, nowMillis);
      }
      return CommitResult.APPLIED;
    } finally {
      turn.unlock();
    }
  }

  void compact(long nowMillis) {
    turn.lock();
    try {
      state.current();
      writer.requireRoomFor(1);
      rewrite(nowMillis);
    } finally {
      turn.unlock();
    }
  }

  /** Ends the file cleanly, closes it and gives the lock up. Waits for the calls in flight; once is enough. */
  void close(Closeable lock) {
    turn.lock();
    try {
      if (state.isClosed()) {
        return;
      }
      markClosed();
      try (lock) {
        state.close();
      } catch (IOException e) {
        throw StorageFailures.failed("close", options.path().file(), e);
      }
    } finally {
      turn.unlock();
    }
  }

  private static boolean changesSomething(Mutation mutation, KeyIndex index) {
    Effect effect = mutation.effect();
    return effect instanceof Effect.SetEntry
        || (effect instanceof Effect.Remove && index.get(mutation.key()) != null);
  }

  private void write(List<Mutation> effective, long nowMillis) {
    // One more for the mark of a compaction that may come with it.
    writer.requireRoomFor(effective.size() + 1);
    latestMillis = nowMillis;
    boolean onlyRemovals =
        effective.stream().allMatch(mutation -> mutation.effect() instanceof Effect.Remove);
    long limit = onlyRemovals ? policy.limitForRemovals() : policy.limitForEntries();
    Batch batch = encode(effective, nowMillis);
    if (writer.end().offset() + batch.bytes().length > limit) {
      if (policy.isWorthMakingRoom(garbage(nowMillis), onlyRemovals)) {
        rewrite(nowMillis);
        batch = encode(effective, nowMillis);
      }
      if (writer.end().offset() + batch.bytes().length > limit) {
        throw LimitExceededException.storeFull(
            options.path().file().toString(),
            batch.bytes().length,
            writer.end().offset(),
            options.maxBytes());
      }
    }
    writer.append(batch, onlyRemovals ? 0 : policy.spareBytes());
    state.publish(batch);
    tidy(nowMillis);
  }

  private Batch encode(List<Mutation> effective, long nowMillis) {
    return new Batch(effective, writer.end(), nowMillis, writer.encoder());
  }

  /** The bytes of the file that a compaction would win: all but the header and the lines of live entries. */
  private long garbage(long nowMillis) {
    Generation generation = state.current();
    return writer.end().offset()
        - generation.header().line().length
        - generation.index().count(nowMillis).liveBytes();
  }

  /** Compacts when more than half of the file is garbage. The commit before it is done, so a failure is only reported. */
  private void tidy(long nowMillis) {
    if (!policy.isTimeToLook(writer.end().offset())) {
      return;
    }
    policy.looked(writer.end().offset());
    if (policy.isDue(writer.end().offset(), garbage(nowMillis))) {
      try {
        rewrite(nowMillis);
      } catch (StoreException e) {
        System.getLogger(JsonFileStorage.class.getName())
            .log(System.Logger.Level.WARNING, "compaction was put off: {0}", e.getMessage());
      }
    }
  }

  /**
   * Writes the live lines to the next generation and puts it in place.
   *
   * @throws StorageFailedException STORAGE_FAILED if that fails; the store goes on in the old generation, or takes no more writes
   *     if it cannot be told which of the two a crash would leave
   */
  private void rewrite(long nowMillis) {
    Generation old = state.current();
    if (old.header().generation() == LogFormat.MAX_NUMBER) {
      throw StorageFailedException.failed(
          "cannot compact store " + Printable.quote(options.path().file().toString())
              + ": it has used up its generations; export it and import it into a new one",
          Map.of("file", options.path().file().toString()),
          null);
    }
    Compacted compacted = writeNext(old, nowMillis);
    try {
      fileSystem.rename(temporary, options.path().file());
      fileSystem.forceFolder(options.path().folder());
    } catch (IOException e) {
      writer.stop("putting the compacted file in place failed (" + StorageFailures.reason(e) + ")");
      closeQuietly(compacted);
      throw StorageFailures.failed("replace", options.path().file(), e);
    }
    Generation next = new Generation(
        options.path().file().toString(),
        compacted.file(),
        compacted.header(),
        compacted.contents().index());
    writer.switchTo(
        compacted.file(), compacted.header(), compacted.contents().end().forced());
    policy.looked(writer.end().offset());
    try {
      state.switchTo(next);
    } catch (IOException e) {
      System.getLogger(JsonFileStorage.class.getName())
          .log(
              System.Logger.Level.WARNING,
              "the old file could not be closed: {0}",
              StorageFailures.reason(e));
    }
  }

  private Compacted writeNext(Generation old, long nowMillis) {
    try {
      fileSystem.delete(temporary);
      return new Compactor(fileSystem, temporary, old.header().next())
          .write(
              old.index().liveInFileOrder(nowMillis), old::line, writer.end().seq() + 1, nowMillis);
    } catch (IOException e) {
      deleteTemporary();
      throw StorageFailures.failed("compact", options.path().file(), e);
    } catch (StoreException e) {
      deleteTemporary();
      throw e;
    }
  }

  private void deleteTemporary() {
    try {
      fileSystem.delete(temporary);
    } catch (IOException e) {
      System.getLogger(JsonFileStorage.class.getName())
          .log(
              System.Logger.Level.WARNING,
              "an unfinished compaction could not be removed; the next opening does: {0}",
              StorageFailures.reason(e));
    }
  }

  private void markClosed() {
    try {
      writer.markClosed(latestMillis);
    } catch (StorageFailedException e) {
      System.getLogger(JsonFileStorage.class.getName())
          .log(
              System.Logger.Level.WARNING,
              "the store was closed without its mark: {0}",
              e.getMessage());
    }
  }

  private static void closeQuietly(Compacted compacted) {
    try {
      compacted.file().close();
    } catch (IOException e) {
      System.getLogger(JsonFileStorage.class.getName())
          .log(
              System.Logger.Level.WARNING,
              "the compacted file could not be closed: {0}",
              StorageFailures.reason(e));
    }
  }
}
