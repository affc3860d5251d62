package dev.kvstore.etcd.rpc;

/** A key of etcd with what it holds. The arrays belong to whoever asked for them. */
public final class KeyValue {

  private final byte[] key;
  private final byte[] value;
  private final long modRevision;
  private final long lease;

  private KeyValue(byte[] key, byte[] value, long modRevision, long lease) {
    this.key = key;
    this.value = value;
    this.modRevision = modRevision;
    this.lease = lease;
  }

  static KeyValue read(ProtoReader reader) {
    byte[] key = {};
    byte[] value = {};
    long modRevision = 0;
    long lease = 0;
    while (reader.next()) {
      switch (reader.field()) {
        case 1 -> key = reader.bytes();
        case 3 -> modRevision = reader.number();
        case 5 -> value = reader.bytes();
        case 6 -> lease = reader.number();
        default -> {}
      }
    }
    return new KeyValue(key, value, modRevision, lease);
  }

  /** The key. */
  public byte[] key() {
    return key;
  }

  /** The value; empty if only keys were asked for. */
  public byte[] value() {
    return value;
  }

  /** The revision of the store's history at which it was last written. */
  public long modRevision() {
    return modRevision;
  }

  /** The lease at whose end etcd removes it; 0 if there is none. */
  public long lease() {
    return lease;
  }
}
