package dev.kvstore.etcd;

import dev.kvstore.core.contract.ForwardingStorage;
import dev.kvstore.core.model.Entry;
import dev.kvstore.core.port.CommitResult;
import dev.kvstore.core.port.Expectation;
import dev.kvstore.core.port.Mutation;
import dev.kvstore.core.port.StoragePort;
import java.util.List;
import java.util.Optional;

/** An engine with a bug: it looks whether its expectations hold, and then writes without a condition. */
final class CarelessStorage extends ForwardingStorage {

  CarelessStorage(StoragePort storage) {
    super(storage);
  }

  @Override
  public CommitResult commit(List<Mutation> mutations, long nowMillis) {
    for (Mutation mutation : mutations) {
      Optional<Entry> entry = find(mutation.key(), nowMillis);
      if (!mutation
          .expectation()
          .isMet(entry.isPresent(), entry.map(Entry::version).orElse(0L))) {
        return CommitResult.refused(mutation.key());
      }
    }
    List<Mutation> unconditional = mutations.stream()
        .map(mutation -> new Mutation(mutation.key(), Expectation.ANY, mutation.effect()))
        .toList();
    return super.commit(unconditional, nowMillis);
  }
}
