package dev.kvstore.h2;

import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.port.CommitResult;
import dev.kvstore.core.port.Effect;
import dev.kvstore.core.port.Mutation;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The writer's open transaction: commits go into it one after the other, each seeing those before it. */
final class Transaction {

  private static final int ABSENT = 0;

  private final Entries entries;
  private final RowLookup lookup;
  private final ExpiryForecast forecast;
  private final Entries.Counters before;
  private long version;
  private long storedBytes;

  Transaction(LiveStore live, ExpiryForecast forecast) {
    this.entries = live.entries();
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
    return check(commit, new int[commit.mutations().size()]);
  }

  /** Applies all of a commit, or nothing if an expectation does not hold. */
  CommitResult add(Commit commit) throws SQLException {
    List<Mutation> mutations = commit.mutations();
    int[] foundBytes = new int[mutations.size()];
    CommitResult result = check(commit, foundBytes);
    if (!result.equals(CommitResult.APPLIED)) {
      return result;
    }
    boolean changes = false;
    for (int i = 0; i < foundBytes.length; i++) {
      changes |= apply(mutations.get(i), foundBytes[i]);
    }
    if (changes) {
      version++;
    }
    return result;
  }

  private CommitResult check(Commit commit, int[] foundBytes) throws SQLException {
    for (int i = 0; i < foundBytes.length; i++) {
      Mutation mutation = commit.mutations().get(i);
      Optional<Entry> found = lookup.current(mutation.key());
      boolean live = found.isPresent() && found.get().isLiveAt(commit.nowMillis());
      if (!mutation.expectation().isMet(live, live ? found.get().version() : 0)) {
        return CommitResult.refused(mutation.key());
      }
      foundBytes[i] = found.map(Transaction::bytes).orElse(ABSENT);
    }
    return CommitResult.APPLIED;
  }

  private boolean apply(Mutation mutation, int foundBytes) throws SQLException {
    Effect effect = mutation.effect();
    if (effect instanceof Effect.None
        || (effect instanceof Effect.Remove && foundBytes == ABSENT)) {
      return false;
    }
    Key key = mutation.key();
    if (foundBytes != ABSENT) {
      entries.delete(key);
      storedBytes -= foundBytes;
    }
    if (effect instanceof Effect.SetEntry set) {
      Entry entry = new Entry(key, set.value(), set.expiresAtMillis(), version + 1);
      entries.insert(entry);
      storedBytes += bytes(entry);
      forecast.added(entry.expiresAtMillis(), bytes(entry));
    }
    return true;
  }

  private static int bytes(Entry entry) {
    return Space.rowBytes(entry.key(), entry.value());
  }
}
