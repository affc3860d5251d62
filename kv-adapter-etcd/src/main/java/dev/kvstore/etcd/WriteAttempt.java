package dev.kvstore.etcd;

import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.port.Effect;
import dev.kvstore.core.port.Effect.SetEntry;
import dev.kvstore.core.port.Expectation;
import dev.kvstore.core.port.Mutation;
import dev.kvstore.etcd.rpc.RangeRequest;
import dev.kvstore.etcd.rpc.TimeLimit;
import dev.kvstore.etcd.rpc.TxnRequest;
import java.util.List;

/** One commit as one transaction of etcd, under the condition that its keys are still as they were seen. */
final class WriteAttempt {

  private final Namespace namespace;
  private final List<Mutation> mutations;
  private final Seen seen;
  private final String writeId;
  private final int witness;

  WriteAttempt(Namespace namespace, List<Mutation> mutations, Seen seen, String writeId) {
    this.namespace = namespace;
    this.mutations = mutations;
    this.seen = seen;
    this.writeId = writeId;
    this.witness = chooseWitness();
  }

  /** What names this attempt. */
  String writeId() {
    return writeId;
  }

  /** The entry whose history tells whether the attempt took place. */
  Key witness() {
    return mutations.get(witness).key();
  }

  /** Where that lies. */
  byte[] witnessKey() {
    return namespace.of(witness());
  }

  /** Whether the attempt writes its name there; otherwise it removes what was seen there. */
  boolean isSigned() {
    return mutations.get(witness).effect() instanceof SetEntry;
  }

  /** A key that is never there while the attempt may take place. Once it is, the attempt cannot any more. */
  byte[] fence() {
    return Namespace.beside(witnessKey(), writeId);
  }

  TxnRequest request(Leases leases, long nowMillis, TimeLimit limit) {
    TxnRequest request = new TxnRequest().requireModified(fence(), 0);
    for (int i = 0; i < mutations.size(); i++) {
      Mutation mutation = mutations.get(i);
      byte[] key = namespace.of(mutation.key());
      // A removal bears no name. So what only removes is bound to what was seen, whatever it
      // expects, and cannot take place twice.
      if (!isSigned() || !mutation.expectation().equals(Expectation.ANY)) {
        request.requireModified(key, seen.revision(i));
      }
      if (mutation.effect() instanceof SetEntry set) {
        long expiry = set.expiresAtMillis();
        long lease = expiry == Entry.NEVER ? 0 : leases.forExpiry(expiry, nowMillis, limit);
        request.put(
            key, new StoredValue(set.value(), expiry, writeId).encode(mutation.key()), lease);
      } else if (mutation.effect().equals(Effect.REMOVE)) {
        request.delete(key);
      }
      request.otherwiseRead(RangeRequest.of(key));
    }
    return request;
  }

  /** The first mutation that writes an entry, or else removes one. */
  private int chooseWitness() {
    int removal = -1;
    for (int i = 0; i < mutations.size(); i++) {
      Effect effect = mutations.get(i).effect();
      if (effect instanceof SetEntry) {
        return i;
      }
      if (removal < 0 && effect.equals(Effect.REMOVE) && seen.revision(i) > 0) {
        removal = i;
      }
    }
    return removal;
  }
}
