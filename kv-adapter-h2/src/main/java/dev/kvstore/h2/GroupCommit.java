package dev.kvstore.h2;

import dev.kvstore.core.error.LimitExceededException;
import dev.kvstore.core.error.StoreException;
import dev.kvstore.core.port.CommitResult;
import dev.kvstore.core.port.ProgressListener;
import dev.kvstore.files.StorageFailures;
import java.io.IOException;
import java.io.Serial;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Carries out commits, many in one transaction with one force, and keeps the file below its cap. For one thread at a time. A
 * commit is answered when the transaction that holds it is durable, and not before.
 */
final class GroupCommit {

  private final LiveStore live;
  private final Space space;
  private final ExpiryForecast forecast = new ExpiryForecast();
  private long noTidyingBelow;
  private long expiryCountedAtBytes;

  GroupCommit(LiveStore live, Space space) {
    this.live = live;
    this.space = space;
    this.expiryCountedAtBytes = live.fileBytes();
  }

  /** Answers every commit, with a result or an exception. */
  void serve(List<Commit> group) {
    if (group.size() == 1 || !serveTogether(group)) {
      group.forEach(this::serveAlone);
    }
  }

  /** Rewrites the file if it is mostly garbage, or was before much of it has expired. */
  void tidy(long nowMillis) {
    if (isTidy()) {
      return;
    }
    long fileBytes = live.fileBytes();
    if (!space.isMostlyGarbage(fileBytes, live.counters().storedBytes())
        && !isMostlyGarbageWithExpired(fileBytes, nowMillis)) {
      return;
    }
    try {
      rewrite(nowMillis, ProgressListener.NONE);
      noTidyingBelow = 0;
    } catch (StoreException e) {
      // The store goes on as it is. The same failure is likely until things have changed.
      noTidyingBelow = fileBytes + fileBytes / 4;
      putOff(e);
    }
  }

  private static void putOff(StoreException e) {
    System.getLogger(GroupCommit.class.getName())
        .log(System.Logger.Level.WARNING, "a rewrite is put off: {0}", e.getMessage());
  }

  /** Whether {@link #tidy} has nothing to do, not even to count. */
  boolean isTidy() {
    if (live.stopped() != null) {
      return true;
    }
    long fileBytes = live.fileBytes();
    long stored = live.counters().storedBytes();
    return fileBytes < noTidyingBelow
        || (!space.isMostlyGarbage(fileBytes, stored) && !isWorthACount(fileBytes, stored));
  }

  /** A count of what has expired may read the whole index, so it waits until as much was written as is worth it. */
  private boolean isWorthACount(long fileBytes, long stored) {
    return space.expiredBytesToBeMostlyGarbage(fileBytes, stored) <= stored
        && fileBytes - expiryCountedAtBytes >= space.worthACount(stored);
  }

  private boolean isMostlyGarbageWithExpired(long fileBytes, long nowMillis) {
    long stored = live.counters().storedBytes();
    if (!isWorthACount(fileBytes, stored)) {
      return false;
    }
    long wanted = space.expiredBytesToBeMostlyGarbage(fileBytes, stored);
    expiryCountedAtBytes = fileBytes;
    try {
      long expired = forecast.expiredBytes(live.entries(), nowMillis, wanted);
      live.endReading();
      return expired >= wanted;
    } catch (SQLException e) {
      cannotCount(Failures.of("read", live.file(), e));
    } catch (StoreException e) {
      cannotCount(e);
    }
    return false;
  }

  /** The commit before was acknowledged; whoever reads what is damaged will be told. */
  private void cannotCount(StoreException e) {
    System.getLogger(GroupCommit.class.getName())
        .log(System.Logger.Level.WARNING, "expired entries are not counted: {0}", e.getMessage());
    live.ensureUsable();
  }

  /** Replaces the file by one without what is deleted, replaced or expired. */
  void rewrite(long nowMillis, ProgressListener listener) {
    // A read that has run out of memory may have closed the database.
    live.ensureUsable();
    if (live.awaitsForce()) {
      // It would have to wait for longer than it may.
      live.force();
    }
    requireRunning();
    try {
      live.rewrite(nowMillis, listener);
      forecast.reset();
      expiryCountedAtBytes = live.fileBytes();
    } catch (SQLException e) {
      throw Failures.of("rewrite", live.file(), e);
    } catch (IOException e) {
      throw StorageFailures.failed("rewrite", live.file().path(), e);
    }
    requireRunning();
  }

  /** Answers every commit of a group, unless it needs room, or one of many made all fail: then nothing was applied. */
  boolean serveTogether(List<Commit> group) {
    boolean removesOnly = group.stream().allMatch(Commit::removesOnly);
    long growth =
        group.stream().mapToLong(commit -> Space.growthOf(commit.mutations())).sum();
    long limit = space.limitFor(removesOnly);
    if (live.stopped() != null || live.fileBytes() + growth > limit) {
      return false;
    }
    try {
      List<CommitResult> results = attempt(group, limit);
      for (int i = 0; i < results.size(); i++) {
        group.get(i).answer().complete(results.get(i));
      }
      return true;
    } catch (NotAppliedException e) {
      if (group.size() > 1 || e.limitReached) {
        return false;
      }
      group.get(0).answer().completeExceptionally(e.reason);
      return true;
    } catch (StoreException e) {
      group.forEach(commit -> commit.answer().completeExceptionally(e));
      return true;
    }
  }

  private void serveAlone(Commit commit) {
    try {
      commit.answer().complete(resultOf(commit));
    } catch (StoreException e) {
      commit.answer().completeExceptionally(e);
    }
  }

  private CommitResult resultOf(Commit commit) {
    requireRunning();
    long growth = Space.growthOf(commit.mutations());
    long limit = space.limitFor(commit.removesOnly());
    try {
      if (growth > 0 && live.fileBytes() + growth > limit) {
        CommitResult expected = check(commit);
        if (!expected.equals(CommitResult.APPLIED)) {
          return expected;
        }
        makeRoom(commit, growth, limit);
      }
      try {
        return attempt(List.of(commit), limit).get(0);
      } catch (NotAppliedException e) {
        if (!e.limitReached) {
          throw e.reason;
        }
      }
      // It takes more than was foreseen.
      makeRoom(commit, growth, limit);
      return attempt(List.of(commit), limit).get(0);
    } catch (NotAppliedException e) {
      throw e.limitReached ? full(growth) : e.reason;
    } catch (SQLException e) {
      StoreException failure = Failures.of("read", live.file(), e);
      live.recover();
      throw failure;
    }
  }

  private CommitResult check(Commit commit) throws SQLException {
    CommitResult result = new Transaction(live, forecast).check(commit);
    live.endReading();
    return result;
  }

  /**
   * Rewrites the file if that wins enough, and throws STORE_FULL if there is no room then. Removals are tried all the same: they may
   * take far less than was foreseen, and the file keeps its cap whatever they take.
   */
  private void makeRoom(Commit commit, long growth, long limit) throws SQLException {
    // Removals are worth any rewriting that lets them in.
    long worth = commit.removesOnly() ? live.fileBytes() + growth - limit : space.leastWin();
    long win = live.fileBytes() - Space.rewritten(live.counters().storedBytes());
    if (win < worth) {
      win += forecast.expiredBytes(live.entries(), commit.nowMillis(), worth - win);
      live.endReading();
    }
    if (win >= worth) {
      try {
        rewrite(commit.nowMillis(), ProgressListener.NONE);
      } catch (StoreException e) {
        if (!commit.removesOnly() || live.stopped() != null) {
          throw e;
        }
        putOff(e);
      }
    }
    if (!commit.removesOnly() && live.fileBytes() + growth > limit) {
      throw full(growth);
    }
  }

  private LimitExceededException full(long growth) {
    return LimitExceededException.storeFull(
        live.file().path().toString(), growth, live.fileBytes(), space.maxBytes());
  }

  /**
   * Carries the group out as one durable transaction.
   *
   * @return the results, in the order of the group
   * @throws NotAppliedException if nothing of it was applied; the store goes on, or has stopped
   * @throws StoreException OUTCOME_UNKNOWN
   */
  private List<CommitResult> attempt(List<Commit> group, long limit) throws NotAppliedException {
    GuardedFile file = live.file();
    file.limitTo(limit);
    Transaction transaction = new Transaction(live, forecast);
    List<CommitResult> results = new ArrayList<>(group.size());
    boolean publishing = false;
    try {
      for (Commit commit : group) {
        results.add(transaction.add(commit));
      }
      if (transaction.hasChanged()) {
        publishing = true;
        live.publish(transaction.counters());
      } else {
        live.endReading();
      }
      return results;
    } catch (StoreException e) {
      live.recover();
      throw new NotAppliedException(e, false);
    } catch (SQLException e) {
      StoreException failure = Failures.of("write", file, e);
      live.recover();
      if (live.stopped() != null && (publishing || file.hasFault(WatchedFile.Fault.FORCE))) {
        throw live.outcomeUnknown(e);
      }
      if (publishing
          && live.stopped() == null
          && live.counters().lastVersion() == transaction.counters().lastVersion()) {
        // All of it had reached the file when writing failed, and recovery has made it durable.
        return results;
      }
      throw new NotAppliedException(failure, file.isLimitReached());
    }
  }

  private void requireRunning() {
    Throwable reason = live.stopped();
    if (reason != null) {
      throw Failures.stopped(live.file().path(), reason);
    }
  }

  /** Nothing of an attempt was applied. */
  private static final class NotAppliedException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient StoreException reason;
    private final boolean limitReached;

    NotAppliedException(StoreException reason, boolean limitReached) {
      super(reason);
      this.reason = reason;
      this.limitReached = limitReached;
    }
  }
}
