package dev.kvstore.jsonfile;

import dev.kvstore.core.error.LimitExceededException;
import dev.kvstore.core.error.StorageFailedException;
import dev.kvstore.core.error.StoreException;
import dev.kvstore.core.model.JsonValue;
import dev.kvstore.core.port.CommitResult;
import dev.kvstore.core.port.Effect;
import dev.kvstore.core.port.Mutation;
import dev.kvstore.core.port.ProgressListener;
import dev.kvstore.files.StorageFailures;
import dev.kvstore.files.StorageOptions;
import dev.kvstore.jsonfile.commit.GroupCommit;
import dev.kvstore.jsonfile.compaction.CompactionPolicy;
import dev.kvstore.jsonfile.index.KeyIndex;
import dev.kvstore.jsonfile.index.Slot;
import dev.kvstore.jsonfile.log.LineBuffer;
import dev.kvstore.jsonfile.log.LogFormat;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything that changes the store. Commits that wait together are checked in their order, written and forced together, and only
 * then made visible and acknowledged.
 */
final class CommitLog implements Changes, GroupCommit.Work<PendingCommit> {

  /** How many bytes of lines are gathered before they are written. A single commit may have more. */
  private static final int MAX_GROUP_BYTES = 1 << 20;

  private final StorageOptions options;
  private final StoreState state;
  private final LogWriter writer;
  private final Closeable lock;
  private final Background background;
  private final CompactionPolicy policy;
  private final GroupCommit<PendingCommit> queue;
  private final OnlineCompaction compaction;
  private final SpaceWatch spaceWatch;
  private final BatchForce batchForce;
  private final Checkpoints checkpoints;
  private final LineBuffer buffer = new LineBuffer();
  /** The group that is not written yet; guarded by the turn. */
  private CommitGroup open;

  private long latestMillis;
  private boolean hasWritten;

  /**
   * The log of a store that was just opened.
   *
   * @param known up to where a checkpoint goes, or 0
   */
  CommitLog(StorageOptions options, Tools tools, StoreState state, LogWriter writer, long known) {
    this.options = options;
    this.state = state;
    this.writer = writer;
    this.lock = tools.lock();
    this.background = tools.background();
    this.policy = tools.policy();
    this.queue = new GroupCommit<>(this, writer.forces());
    this.batchForce = new BatchForce(options, tools.background(), writer, queue);
    this.compaction = new OnlineCompaction(options, tools, state, writer, queue, batchForce);
    this.spaceWatch = new SpaceWatch(queue, state, compaction);
    this.checkpoints = new Checkpoints(options, tools, state, writer, queue, known);
    this.open = new CommitGroup(writer.end(), writer.encoder(), buffer);
  }

  @Override
  public CommitResult commit(List<Mutation> mutations, long nowMillis) {
    PendingCommit commit = new PendingCommit(mutations, nowMillis);
    queue.submit(commit);
    return commit.outcome();
  }

  @Override
  public void compact(long nowMillis, ProgressListener listener) {
    boolean silent = listener.equals(ProgressListener.NONE);
    queue.acquire();
    try {
      state.current();
      compaction.begin();
    } finally {
      queue.release();
    }
    if (silent) {
      compaction.run(nowMillis, listener);
    } else {
      compaction.runTelling(nowMillis, listener);
    }
  }

  @Override
  public void timeIs(long nowMillis) {
    spaceWatch.timeIs(nowMillis);
  }

  @Override
  public void close() {
    queue.acquire();
    try {
      if (state.isClosed()) {
        return;
      }
      checkpoints.refuse();
      compaction.end(hasWritten);
      checkpoints.end();
      batchForce.end();
      if (state.isClosed()) {
        // By another thread, while the turn was lent.
        return;
      }
      background.end();
      Closeable files = this::closeFiles;
      try (files) {
        writer.finish(latestMillis);
      } catch (IOException e) {
        throw StorageFailures.failed("close", options.path().file(), e);
      }
    } finally {
      queue.release();
    }
  }

  private void closeFiles() throws IOException {
    Closeable data = state::close;
    // Whatever fails: the lock is given up last, when nothing of the file is in use any more.
    try (lock;
        data) {
      writer.settle();
      checkpoints.atTheEnd();
    }
  }

  @Override
  public void doAll(List<PendingCommit> commits) {
    try {
      CommitGroup group = newGroup();
      for (PendingCommit commit : commits) {
        group = decide(commit, group);
        latestMillis = commit.nowMillis();
      }
      write(group);
      compaction.startIfDue(latestMillis);
      checkpoints.startIfDue();
    } catch (RuntimeException | Error e) {
      // No StoreException comes here, so it is a bug or a lack of memory: nobody may wait for ever,
      // and nothing may build upon what is half done.
      StorageFailedException unknown = writer.abandon(e);
      // Also those whose answer rests on lines that may not be there.
      open.failed(unknown);
      commits.stream()
          .filter(commit -> !commit.isDecided())
          .forEach(commit -> commit.failed(unknown));
      if (e instanceof Error error) {
        throw error;
      }
    }
  }

  /** Adds a commit to the group, or decides it otherwise; the group to go on with. */
  private CommitGroup decide(PendingCommit commit, CommitGroup open) {
    CommitGroup group = open;
    try {
      for (boolean madeRoom = false; ; ) {
        KeyIndex index = state.current().index();
        List<PlannedChange> effective = new ArrayList<>(commit.mutations().size());
        if (settle(commit, group, index, effective)) {
          return group;
        }
        writer.requireRoomFor(group.lastSeq(), effective.size() + 1);
        boolean onlyRemovals = onlyRemovals(effective);
        if (!mayJoin(group, effective, onlyRemovals)) {
          // That may fail, so everything is asked again.
          group = write(group);
          continue;
        }
        long limit = onlyRemovals ? policy.limitForRemovals() : policy.limitForEntries();
        int tooMany = group.add(commit, effective, limit);
        if (tooMany == 0) {
          return group.lines().length() < MAX_GROUP_BYTES ? group : write(group);
        }
        if (!group.isEmpty()) {
          group = write(group);
        } else if (!madeRoom && compaction.makeRoom(onlyRemovals, commit.nowMillis())) {
          // Others may have written meanwhile, so everything is asked again.
          madeRoom = true;
          group = newGroup();
        } else {
          throw LimitExceededException.storeFull(
              options.path().file().toString(), tooMany, writer.end().offset(), options.maxBytes());
        }
      }
    } catch (StoreException e) {
      commit.failed(e);
      return group;
    }
  }

  /**
   * Whether a commit is written together with a group. Where the file must grow for it, entries and removals are not: on a full disk
   * that fails for entries, and removals find the space that was kept for them.
   */
  private boolean mayJoin(CommitGroup group, List<PlannedChange> effective, boolean onlyRemovals) {
    if (group.isEmpty() || (onlyRemovals && group.onlyRemovals())) {
      return true;
    }
    boolean onlyEntries = !onlyRemovals && !group.hasRemovalsAlone();
    return onlyEntries
        || writer.hasSpaceFor(group.lines().length() + mostBytes(effective), policy.spareBytes());
  }

  private static int mostBytes(List<PlannedChange> effective) {
    long bytes = 0;
    for (PlannedChange change : effective) {
      bytes += LogFormat.MAX_LINE_BYTES - JsonValue.MAX_BYTES;
      if (change.mutation().effect() instanceof Effect.SetEntry set) {
        bytes += set.value().sizeInBytes();
      }
    }
    return (int) Math.min(Integer.MAX_VALUE / 2, bytes);
  }

  /** Decides a commit that writes nothing: one whose expectations do not hold, or that has no effect. Else gathers its effects. */
  private static boolean settle(
      PendingCommit commit, CommitGroup group, KeyIndex index, List<PlannedChange> effective) {
    boolean touched = false;
    for (Mutation mutation : commit.mutations()) {
      Slot slot = group.slotOf(mutation.key(), index);
      touched |= group.touches(mutation.key());
      boolean met = slot == null
          ? mutation.expectation().isMet(false, 0)
          : mutation.expectation().isMet(slot.isLiveAt(commit.nowMillis()), slot.seq());
      if (!met) {
        commit.refused(mutation.key());
        break;
      }
      if (changesSomething(mutation, slot != null)) {
        effective.add(new PlannedChange(mutation, slot));
      }
    }
    if (effective.isEmpty() && !commit.isDecided()) {
      commit.applied();
    }
    if (commit.isDecided() && touched) {
      // The answer rests on lines that are not written yet.
      group.addWitness(commit);
    }
    return commit.isDecided();
  }

  private static boolean onlyRemovals(List<PlannedChange> changes) {
    for (PlannedChange change : changes) {
      if (!(change.mutation().effect() instanceof Effect.Remove)) {
        return false;
      }
    }
    return true;
  }

  private static boolean changesSomething(Mutation mutation, boolean there) {
    return mutation.effect() instanceof Effect.SetEntry
        || (mutation.effect() instanceof Effect.Remove && there);
  }

  /** Writes a group, makes it visible and decides its commits; an empty group to go on with. */
  private CommitGroup write(CommitGroup group) {
    if (!group.isEmpty()) {
      try {
        reserve(group);
        writer.append(
            group.lines(), group.lastSeq(), group.onlyRemovals() ? 0 : policy.spareBytes());
        state.publish(group);
        hasWritten = true;
        batchForce.afterWrite();
        group.applied();
      } catch (StorageFailedException e) {
        group.failed(e);
      }
    }
    return newGroup();
  }

  /** Takes the memory that the index will need, while the group can still fail without a trace. */
  private void reserve(CommitGroup group) {
    try {
      state.current().index().reserve(group.keys());
    } catch (IOException e) {
      throw StorageFailures.failed(
          "find memory for the index of", options.path().file(), e);
    }
  }

  private CommitGroup newGroup() {
    open = new CommitGroup(writer.end(), writer.encoder(), buffer);
    return open;
  }
}
