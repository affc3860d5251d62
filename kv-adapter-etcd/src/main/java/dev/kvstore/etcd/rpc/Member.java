package dev.kvstore.etcd.rpc;

import io.grpc.ChannelCredentials;
import io.grpc.ConnectivityState;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A connection to one member of the cluster, made when it is first used, and again when it was lost. */
final class Member implements AutoCloseable {

  /** Twice the least that etcd bears from a client. */
  private static final long KEEP_ALIVE_SECONDS = 10;

  private final Endpoint endpoint;
  private final ManagedChannel channel;

  Member(Endpoint endpoint, ChannelCredentials credentials) {
    this.endpoint = endpoint;
    // No thread is handed an answer: it wakes the one that waits for it.
    this.channel = Grpc.newChannelBuilderForAddress(endpoint.host(), endpoint.port(), credentials)
        .directExecutor()
        .disableRetry()
        // Calls that may take minutes end soon if the member is gone without a word.
        .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
        .keepAliveTimeout(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
        .build();
  }

  Endpoint endpoint() {
    return endpoint;
  }

  UnaryCall call(
      MethodDescriptor<byte[], byte[]> method,
      byte[] request,
      Metadata headers,
      Duration deadline) {
    return UnaryCall.make(connectable(), method, request, headers, deadline);
  }

  /** The channel; if it is waiting before it connects again, it waits no longer. */
  ManagedChannel connectable() {
    if (channel.getState(false) == ConnectivityState.TRANSIENT_FAILURE) {
      channel.resetConnectBackoff();
    }
    return channel;
  }

  /**
   * Makes a new connection for the next call: the other end of this one may be gone without a word, as by a power cut. Calls that others
   * wait for go on.
   */
  void renew() {
    channel.enterIdle();
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
