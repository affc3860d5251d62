package dev.kvstore.etcd.rpc;

/** A question for keys in their order. Immutable. */
public final class RangeRequest {

  private final byte[] from;
  private final byte[] to;
  private final long limit;
  private final long revision;
  private final boolean keysOnly;

  private RangeRequest(byte[] from, byte[] to, long limit, long revision, boolean keysOnly) {
    this.from = from;
    this.to = to;
    this.limit = limit;
    this.revision = revision;
    this.keysOnly = keysOnly;
  }

  /** One key. */
  public static RangeRequest of(byte[] key) {
    return new RangeRequest(key, new byte[0], 0, 0, false);
  }

  /** The first {@code limit} keys from {@code from} on, before {@code to}. */
  public static RangeRequest between(byte[] from, byte[] to, long limit) {
    return new RangeRequest(from, to, limit, 0, false);
  }

  /** The same at an earlier revision; 0 for the newest. */
  public RangeRequest at(long earlier) {
    return new RangeRequest(from, to, limit, earlier, keysOnly);
  }

  /** The same without the values. */
  public RangeRequest withoutValues() {
    return new RangeRequest(from, to, limit, revision, true);
  }

  ProtoWriter message() {
    ProtoWriter message = new ProtoWriter().bytes(1, from);
    if (to.length > 0) {
      message.bytes(2, to);
    }
    return message.number(3, limit).number(4, revision).flag(8, keysOnly);
  }
}
