package dev.kvstore.etcd.rpc;

/**
 * Comparisons, what is done if all of them hold, and what is read if not; in one step. With nothing to be done, a question.
 */
public final class TxnRequest {

  private static final int COMPARE = 1;
  private static final int SUCCESS = 2;
  private static final int FAILURE = 3;

  private final ProtoWriter message = new ProtoWriter();

  /** Nothing yet. */
  public TxnRequest() {}

  /** The key was last written at {@code revision}; 0 for: it is not there. */
  public TxnRequest requireModified(byte[] key, long revision) {
    int equal = 0;
    int modRevision = 2;
    message.message(
        COMPARE,
        new ProtoWriter()
            .number(1, equal)
            .number(2, modRevision)
            .bytes(3, key)
            .number(6, revision));
    return this;
  }

  /** Writes the key, bound to a lease; 0 for none. */
  public TxnRequest put(byte[] key, byte[] value, long lease) {
    ProtoWriter put = new ProtoWriter().bytes(1, key).bytes(2, value).number(3, lease);
    message.message(SUCCESS, new ProtoWriter().message(2, put));
    return this;
  }

  /** Removes the key. */
  public TxnRequest delete(byte[] key) {
    message.message(SUCCESS, new ProtoWriter().message(3, new ProtoWriter().bytes(1, key)));
    return this;
  }

  /** Reads, if the comparisons hold. */
  public TxnRequest read(RangeRequest range) {
    message.message(SUCCESS, new ProtoWriter().message(1, range.message()));
    return this;
  }

  /** Reads, if they do not. */
  public TxnRequest otherwiseRead(RangeRequest range) {
    message.message(FAILURE, new ProtoWriter().message(1, range.message()));
    return this;
  }

  byte[] toBytes() {
    return message.toBytes();
  }
}
