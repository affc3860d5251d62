package dev.kvstore.etcd.rpc;

import java.io.Serial;

/** A call that did not bring what was asked for. Its message is for a person, and holds no secret. */
public final class RpcException extends RuntimeException {

  @Serial
  private static final long serialVersionUID = 1L;

  /** What follows from it. */
  public enum Kind {
    /** Nobody answered in time; what was asked did not take place, or changes nothing. */
    UNREACHABLE,
    /** The answer is lost: what was asked took place, or will yet, or never. */
    ANSWER_LOST,
    /** The quota of the cluster is used up. The write that used it up took place all the same; no other did. */
    NO_SPACE,
    /** There is no such lease; nothing took place. */
    LEASE_GONE,
    /** There is such a lease already. */
    LEASE_EXISTS,
    /** The cluster's history no longer reaches back so far. */
    COMPACTED,
    /** This user may not do that; nothing took place. */
    DENIED,
    /** The cluster refuses the call for another reason; nothing took place. */
    REFUSED
  }

  private final Kind kind;

  /** A call that failed so, for that reason. */
  public RpcException(Kind kind, String reason) {
    super(reason);
    this.kind = kind;
  }

  /** What follows from it. */
  public Kind kind() {
    return kind;
  }
}
