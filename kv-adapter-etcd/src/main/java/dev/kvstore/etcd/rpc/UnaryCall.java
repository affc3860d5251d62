package dev.kvstore.etcd.rpc;

import io.grpc.Attributes;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientStreamTracer;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One question and its answer. The wait for it cannot be interrupted, and ends with the deadline. */
final class UnaryCall extends ClientCall.Listener<byte[]> {

  /**
   * What came of it.
   *
   * @param status how the call ended
   * @param sent whether the question, or a part of it, may have left this machine
   */
  record Reply(Status status, boolean sent) {}

  private final CompletableFuture<Status> end = new CompletableFuture<>();
  private byte @Nullable [] answer;

  /** Whether a stream for the call was opened on a connection. */
  private volatile boolean sent;

  private Reply reply = new Reply(Status.UNKNOWN, false);

  private UnaryCall() {}

  /** Asks, and waits for the answer or the deadline. */
  static UnaryCall make(
      Channel channel,
      MethodDescriptor<byte[], byte[]> method,
      byte[] request,
      Metadata headers,
      Duration deadline) {
    UnaryCall listener = new UnaryCall();
    ClientCall<byte[], byte[]> call = channel.newCall(
        method, listener.options().withDeadlineAfter(deadline.toNanos(), TimeUnit.NANOSECONDS));
    call.start(listener, headers);
    call.request(2);
    call.sendMessage(request);
    call.halfClose();
    listener.reply = new Reply(listener.end.join(), listener.sent);
    return listener;
  }

  /** How it ended. */
  Reply reply() {
    return reply;
  }

  /** The answer; only if the status is OK. */
  byte[] answer() {
    if (answer == null) {
      throw new IllegalStateException("a call that succeeded has brought no message");
    }
    return answer;
  }

  private CallOptions options() {
    return CallOptions.DEFAULT.withStreamTracerFactory(new ClientStreamTracer.Factory() {
      @Override
      public ClientStreamTracer newClientStreamTracer(
          ClientStreamTracer.StreamInfo info, Metadata headers) {
        return new ClientStreamTracer() {
          @Override
          public void streamCreated(Attributes transport, Metadata sentHeaders) {
            sent = true;
          }
        };
      }
    });
  }

  @Override
  public void onMessage(byte[] message) {
    answer = message;
  }

  @Override
  public void onClose(Status status, Metadata trailers) {
    boolean incomplete = status.isOk() && answer == null;
    end.complete(incomplete ? Status.INTERNAL.withDescription("the answer is empty") : status);
  }
}
