package dev.kvstore.etcd;

import dev.kvstore.core.error.CorruptStoreException;
import dev.kvstore.core.error.Printable;
import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.Key;
import dev.kvstore.etcd.rpc.KeyValue;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Reads what lies in a namespace.
 *
 * @param location of the store, for messages
 * @param namespace where it lies
 */
record Place(String location, Namespace namespace) {

  /** The entry that was found; STORE_CORRUPT or UNSUPPORTED_FORMAT if it is none. */
  Entry entry(KeyValue found) {
    Key key = key(found);
    StoredValue value = value(key, found);
    return new Entry(key, value.json(), value.expiresAtMillis(), found.modRevision());
  }

  /** The key of the entry that was found. */
  Key key(KeyValue found) {
    return namespace.keyOf(found).orElseThrow(() -> damaged(found, "is no key of an entry"));
  }

  /** What was written there. */
  StoredValue value(Key key, KeyValue found) {
    try {
      return StoredValue.decode(key, found.value());
    } catch (StoredValue.FaultException e) {
      if (e.fault() == StoredValue.Fault.NEWER) {
        throw CorruptStoreException.unsupportedFormat(
            "the entry of key " + Printable.quote(key.text()) + " in " + Printable.quote(location)
                + " was written by a newer version of kv; use that one",
            Map.of("location", location, "key", key.text()));
      }
      throw damaged(found, "holds what is no entry, or a damaged one");
    }
  }

  private CorruptStoreException damaged(KeyValue found, String fault) {
    String key = new String(found.key(), StandardCharsets.UTF_8);
    return CorruptStoreException.damaged(
        "the etcd key " + Printable.quote(key) + " in " + Printable.quote(location) + " " + fault
            + "; was it written by another program?",
        Map.of("location", location, "key", key));
  }
}
