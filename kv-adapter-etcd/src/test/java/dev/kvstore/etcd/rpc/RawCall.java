package dev.kvstore.etcd.rpc;

/** Calls procedures of etcd that the engine never calls. */
public final class RawCall {

  private RawCall() {}

  /** Calls one, named as in {@code Lease/LeaseRevoke}, and waits until it is done. */
  public static void make(ClusterAccess access, String name, ProtoWriter request, TimeLimit limit) {
    try (Connections connections = new Connections(access)) {
      connections.repeatable(Rpc.unary(name), request.toBytes(), limit);
    }
  }
}
