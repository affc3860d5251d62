package dev.kvstore.jsonfile;

import dev.kvstore.core.error.StorageFailedException;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.port.Effect;
import dev.kvstore.core.port.Mutation;
import dev.kvstore.jsonfile.index.KeyIndex;
import dev.kvstore.jsonfile.index.Slot;
import dev.kvstore.jsonfile.log.LineBuffer;
import dev.kvstore.jsonfile.log.LineEncoder;
import dev.kvstore.jsonfile.log.LogLine;
import dev.kvstore.jsonfile.log.LogLine.Place;
import dev.kvstore.jsonfile.log.LogLine.Step;
import dev.kvstore.jsonfile.recovery.LogEnd;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The lines of the commits that are written and forced together, in their order, ready for one place of the file; and what they
 * will change in the index.
 */
final class CommitGroup {

  private record Change(
      Key key, @Nullable Slot old, @Nullable Slot slot) {}

  private final LogEnd end;
  private final LineEncoder encoder;
  private final LineBuffer lines;
  private final List<PendingCommit> commits = new ArrayList<>();
  private final List<PendingCommit> witnesses = new ArrayList<>();
  private final List<Change> changes = new ArrayList<>();
  /** By key, the last of the first {@link #indexed} changes: a group of one commit needs none. */
  private final Map<Key, Change> latest = new HashMap<>(0);

  private int indexed;
  private long lastSeq;
  private boolean onlyRemovals = true;
  private boolean hasRemovalsAlone;

  /**
   * An empty group.
   *
   * @param end of the log, where the lines will stand
   * @param lines taken over and emptied
   */
  CommitGroup(LogEnd end, LineEncoder encoder, LineBuffer lines) {
    this.end = end;
    this.encoder = encoder;
    this.lines = lines.clear();
    this.lastSeq = end.seq();
  }

  /** The slot that {@code key} has after this group, or null. */
  @Nullable
  Slot slotOf(Key key, KeyIndex index) {
    Change change = latest(key);
    return change == null ? index.get(key) : change.slot();
  }

  /**
   * Adds a commit, if the lines then still end at {@code limit} at the latest.
   *
   * @param effective what it changes, at least one
   * @return 0 if it was added, otherwise how many bytes it would have taken
   */
  int add(PendingCommit commit, List<PlannedChange> effective, long limit) {
    int start = lines.length();
    int firstChange = changes.size();
    int of = effective.size();
    for (int i = 0; i < of; i++) {
      Mutation mutation = effective.get(i).mutation();
      // Lines are forced together, so none of them knows those before it in the group to be
      // durable.
      long prev = lastSeq + i;
      Place place = new Place(prev + 1, prev, prev - end.durableSeq(), i + 1, of);
      int from = lines.length();
      encoder.encode(new LogLine(place, commit.nowMillis(), step(mutation)), lines);
      changes.add(new Change(
          mutation.key(),
          effective.get(i).old(),
          slot(mutation, end.offset() + from, lines.length() - from, place.seq())));
    }
    if (end.offset() + lines.length() > limit) {
      int needed = lines.length() - start;
      lines.cutTo(start);
      changes.subList(firstChange, changes.size()).clear();
      return needed;
    }
    lastSeq += of;
    commits.add(commit);
    boolean removesAlone = true;
    for (int i = firstChange; i < changes.size(); i++) {
      removesAlone &= changes.get(i).slot() == null;
    }
    onlyRemovals &= removesAlone;
    hasRemovalsAlone |= removesAlone;
    return 0;
  }

  /** The last change of a key in this group, or null. */
  private @Nullable Change latest(Key key) {
    for (; indexed < changes.size(); indexed++) {
      Change change = changes.get(indexed);
      latest.put(change.key(), change);
    }
    return latest.isEmpty() ? null : latest.get(key);
  }

  /** How many changes of the index there are. */
  int keys() {
    return changes.size();
  }

  boolean isEmpty() {
    return commits.isEmpty();
  }

  /** Whether a commit of this group changes {@code key}. */
  boolean touches(Key key) {
    return latest(key) != null;
  }

  /** Adds a commit that writes nothing, but whose answer holds only if this group is written. */
  void addWitness(PendingCommit commit) {
    witnesses.add(commit);
  }

  /** Tells all commits of this group that they are done. */
  void applied() {
    commits.forEach(PendingCommit::applied);
  }

  /** Tells all commits of this group, and those whose answer rested on it, that it was not written. */
  void failed(StorageFailedException cause) {
    commits.forEach(commit -> commit.failed(cause));
    witnesses.forEach(commit -> commit.failed(cause));
  }

  /** The lines; their first {@link LineBuffer#length()} bytes. */
  LineBuffer lines() {
    return lines;
  }

  long lastSeq() {
    return lastSeq;
  }

  boolean onlyRemovals() {
    return onlyRemovals;
  }

  /** Whether a commit of this group only removes. */
  boolean hasRemovalsAlone() {
    return hasRemovalsAlone;
  }

  /** Makes the changes visible in an index. */
  void publish(KeyIndex index) {
    for (Change change : changes) {
      if (change.slot() != null) {
        index.put(change.key(), change.old(), change.slot());
      } else if (change.old() != null) {
        index.remove(change.key(), change.old());
      }
    }
  }

  private static Step step(Mutation mutation) {
    return mutation.effect() instanceof Effect.SetEntry set
        ? new LogLine.Put(mutation.key(), set.value(), set.expiresAtMillis())
        : new LogLine.Delete(mutation.key());
  }

  private static @Nullable Slot slot(Mutation mutation, long offset, int length, long seq) {
    return mutation.effect() instanceof Effect.SetEntry set
        ? new Slot(offset, length, seq, set.expiresAtMillis())
        : null;
  }
}
