package dev.kvstore.core;

import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.port.Effect;
import dev.kvstore.core.port.Expectation;
import dev.kvstore.core.port.Mutation;
import dev.kvstore.core.port.StoragePort;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a session has seen of the master: for each key, in the order of the first look, the version or that it was absent. */
final class Observations {

  private final StoragePort port;
  private final Staging staging;
  private final Map<Key, Expectation> seen = new LinkedHashMap<>();

  Observations(StoragePort port, Staging staging) {
    this.port = port;
    this.staging = staging;
  }

  /**
   * The master's entry of {@code key}, which must be what it was at the first look.
   *
   * @throws dev.kvstore.core.error.PreconditionFailedException CONFLICT if it is not
   * @throws dev.kvstore.core.error.LimitExceededException SESSION_TOO_LARGE if this would be one look too many
   */
  Optional<Entry> observe(Key key, long now) {
    Expectation before = seen.get(key);
    if (before == null) {
      staging.requireWithinLimit("keys", seen.size() + 1);
    }
    Optional<Entry> found = port.find(key, now);
    if (before == null) {
      seen.put(
          key, found.map(entry -> Expectation.version(entry.version())).orElse(Expectation.ABSENT));
    } else if (!before.isMet(found.isPresent(), found.map(Entry::version).orElse(0L))) {
      throw Refusals.conflict(key);
    }
    return found;
  }

  /** One mutation for each key that was looked at, with what is staged for it. */
  List<Mutation> mutations(long now) {
    List<Mutation> mutations = new ArrayList<>(seen.size());
    seen.forEach((key, expectation) -> {
      Effect effect = staging.effect(key, now);
      boolean nothingToRemove =
          effect.equals(Effect.REMOVE) && expectation.equals(Expectation.ABSENT);
      mutations.add(new Mutation(key, expectation, nothingToRemove ? Effect.NONE : effect));
    });
    return mutations;
  }

  void clear() {
    seen.clear();
  }
}
