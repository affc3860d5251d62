package dev.kvstore.h2;

import dev.kvstore.core.model.Entry;
import dev.kvstore.core.port.CommitResult;
import dev.kvstore.core.port.Effect;
import dev.kvstore.core.port.Mutation;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The writer's open transaction: commits go into it one after the other, each seeing those before it. */
final class Transaction {

  private final RowChanges changes;
  private final RowLookup lookup;
  private final ExpiryForecast forecast;
  private final Entries.Counters before;
  private long version;
  private long storedBytes;

  Transaction(LiveStore live, ExpiryForecast forecast) {
    this.changes = live.changes();
    this.lookup = live.lookup();
    this.before = live.counters();
    this.forecast = forecast;
    this.version = before.lastVersion();
    this.storedBytes = before.storedBytes();
  }

  /** The counters with everything that was added. */
  Entries.Counters counters() {
    return new Entries.Counters(version, storedBytes);
  }

  /** Whether there is anything to commit. */
  boolean hasChanged() {
    return version != before.lastVersion();
  }

  /** What {@link #add} would answer now. */
  CommitResult check(Commit commit) throws SQLException {
    return check(commit, new RowLookup.Found[commit.mutations().size()]);
  }

  /** Applies all of a commit, or nothing if an expectation does not hold. */
  CommitResult add(Commit commit) throws SQLException {
    List<Mutation> mutations = commit.mutations();
    RowLookup.@Nullable Found[] found = new RowLookup.Found[mutations.size()];
    CommitResult result = check(commit, found);
    if (!result.equals(CommitResult.APPLIED)) {
      return result;
    }
    boolean changed = false;
    for (int i = 0; i < found.length; i++) {
      changed |= apply(mutations.get(i), found[i]);
    }
    if (changed) {
      version++;
    }
    return result;
  }

  private CommitResult check(Commit commit, RowLookup.@Nullable Found[] rows) throws SQLException {
    for (int i = 0; i < rows.length; i++) {
      Mutation mutation = commit.mutations().get(i);
      RowLookup.Found found = lookup.current(mutation.key());
      long liveVersion = 0;
      boolean live = false;
      if (found != null && found.entry().isLiveAt(commit.nowMillis())) {
        live = true;
        liveVersion = found.entry().version();
      }
      if (!mutation.expectation().isMet(live, liveVersion)) {
        return CommitResult.refused(mutation.key());
      }
      rows[i] = found;
    }
    return CommitResult.APPLIED;
  }

  private boolean apply(Mutation mutation, RowLookup.@Nullable Found found) throws SQLException {
    Effect effect = mutation.effect();
    if (effect instanceof Effect.None || (effect instanceof Effect.Remove && found == null)) {
      return false;
    }
    if (found != null) {
      changes.delete(found);
      storedBytes -= bytes(found.entry());
    }
    if (effect instanceof Effect.SetEntry set) {
      Entry entry = new Entry(mutation.key(), set.value(), set.expiresAtMillis(), version + 1);
      changes.insert(entry);
      storedBytes += bytes(entry);
      forecast.added(entry.expiresAtMillis(), bytes(entry));
    }
    return true;
  }

  private static int bytes(Entry entry) {
    return Space.rowBytes(entry.key(), entry.value());
  }
}
