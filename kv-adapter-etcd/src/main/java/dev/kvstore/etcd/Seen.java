package dev.kvstore.etcd;

import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.port.Effect;
import dev.kvstore.core.port.Effect.SetEntry;
import dev.kvstore.core.port.Expectation;
import dev.kvstore.core.port.Mutation;
import dev.kvstore.etcd.rpc.KeyValue;
import dev.kvstore.etcd.rpc.RangeAnswer;
import java.util.List;
import java.util.Optional;

/**
 * What lay under the keys of a commit at one revision, or what is assumed to.
 *
 * @param found for each mutation, in their order
 * @param assumed whether it was not read: nothing lies there
 */
record Seen(List<Optional<KeyValue>> found, boolean assumed) {

  /** What was read, one answer a key. */
  static Seen of(List<RangeAnswer> reads) {
    return new Seen(
        reads.stream().map(read -> read.items().stream().findFirst()).toList(), false);
  }

  /**
   * The assumption that nothing lies under any of the keys, if a commit can be tried so: if an entry is to be written, and nothing is
   * expected to be there. Then a create takes one round trip.
   */
  static Optional<Seen> assume(List<Mutation> mutations) {
    boolean writes = mutations.stream().anyMatch(m -> m.effect() instanceof SetEntry);
    boolean expectsNothing = mutations.stream()
        .allMatch(m ->
            m.expectation().equals(Expectation.ABSENT) || m.expectation().equals(Expectation.ANY));
    return writes && expectsNothing
        ? Optional.of(
            new Seen(mutations.stream().map(m -> Optional.<KeyValue>empty()).toList(), true))
        : Optional.empty();
  }

  /** The revision at which the key of a mutation was last written; 0 if nothing lies there. */
  long revision(int mutation) {
    return found.get(mutation).map(KeyValue::modRevision).orElse(0L);
  }

  /** Whether nothing has to be done: no entry is to be written, and what is to be removed is not there. */
  boolean isAlreadyAsWanted(List<Mutation> mutations) {
    for (int i = 0; i < mutations.size(); i++) {
      Effect effect = mutations.get(i).effect();
      if (effect instanceof SetEntry || (effect.equals(Effect.REMOVE) && revision(i) > 0)) {
        return false;
      }
    }
    return true;
  }

  /** The key of the first mutation whose expectation does not hold. */
  Optional<Key> refusal(List<Mutation> mutations, Place place, long nowMillis) {
    for (int i = 0; i < mutations.size(); i++) {
      Mutation mutation = mutations.get(i);
      if (mutation.expectation().equals(Expectation.ANY)) {
        continue;
      }
      Optional<Entry> entry = found.get(i).map(place::entry);
      boolean live = entry.isPresent() && entry.get().isLiveAt(nowMillis);
      if (!mutation.expectation().isMet(live, revision(i))) {
        return Optional.of(mutation.key());
      }
    }
    return Optional.empty();
  }
}
