package dev.kvstore.etcd.rpc;

/**
 * A change of a key, from the history.
 *
 * @param removed whether the key was removed, rather than written
 * @param state the key after it; of a removed one without a value
 */
public record Change(boolean removed, KeyValue state) {

  static Change read(ProtoReader reader) {
    boolean removed = false;
    KeyValue state = KeyValue.read(new ProtoReader(new byte[0]));
    while (reader.next()) {
      switch (reader.field()) {
        case 1 -> removed = reader.flag();
        case 2 -> state = KeyValue.read(reader.message());
        default -> {}
      }
    }
    return new Change(removed, state);
  }
}
