package dev.kvstore.etcd.rpc;

import io.grpc.KnownLength;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The procedures of etcd's public API that are called here. */
final class Rpc {

  static final MethodDescriptor<byte[], byte[]> RANGE = unary("KV/Range");
  static final MethodDescriptor<byte[], byte[]> TXN = unary("KV/Txn");
  static final MethodDescriptor<byte[], byte[]> COMPACT = unary("KV/Compact");
  static final MethodDescriptor<byte[], byte[]> LEASE_GRANT = unary("Lease/LeaseGrant");
  static final MethodDescriptor<byte[], byte[]> LEASE_TIME = unary("Lease/LeaseTimeToLive");
  static final MethodDescriptor<byte[], byte[]> AUTHENTICATE = unary("Auth/Authenticate");
  static final MethodDescriptor<byte[], byte[]> STATUS = unary("Maintenance/Status");
  static final MethodDescriptor<byte[], byte[]> DEFRAGMENT = unary("Maintenance/Defragment");
  static final MethodDescriptor<byte[], byte[]> ALARM = unary("Maintenance/Alarm");
  static final MethodDescriptor<byte[], byte[]> MEMBER_LIST = unary("Cluster/MemberList");
  static final MethodDescriptor<byte[], byte[]> WATCH =
      method("Watch/Watch", MethodType.BIDI_STREAMING);

  private Rpc() {}

  /** A procedure with one question and one answer. */
  static MethodDescriptor<byte[], byte[]> unary(String name) {
    return method(name, MethodType.UNARY);
  }

  private static MethodDescriptor<byte[], byte[]> method(String name, MethodType type) {
    return MethodDescriptor.newBuilder(Bytes.INSTANCE, Bytes.INSTANCE)
        .setType(type)
        .setFullMethodName("etcdserverpb." + name)
        .build();
  }

  /** Messages as they are on the wire. */
  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {

    static final Bytes INSTANCE = new Bytes();

    @Override
    public InputStream stream(byte[] message) {
      return new KnownBytes(message);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw Status.INTERNAL.withCause(e).asRuntimeException();
      }
    }
  }

  /** Tells its length, which spares a copy. */
  private static final class KnownBytes extends ByteArrayInputStream implements KnownLength {
    KnownBytes(byte[] bytes) {
      super(bytes);
    }
  }
}
