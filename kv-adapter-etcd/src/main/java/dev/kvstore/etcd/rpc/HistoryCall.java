package dev.kvstore.etcd.rpc;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Reads the changes of a range of keys in their order, by etcd's watch, up to a change that is known to have taken place. */
final class HistoryCall extends ClientCall.Listener<byte[]> {

  private final CompletableFuture<Status> end = new CompletableFuture<>();
  private final List<Change> changes = new ArrayList<>();
  private final ClientCall<byte[], byte[]> call;
  private final byte[] last;

  private HistoryCall(ClientCall<byte[], byte[]> call, byte[] last) {
    this.call = call;
    this.last = last;
  }

  /**
   * The changes from {@code revision} on of the keys from {@code from} to {@code last}, up to the first change of {@code last}.
   *
   * @throws RpcException COMPACTED if the history does not reach so far; ANSWER_LOST if it does not arrive in time
   */
  static List<Change> read(
      Channel channel,
      Metadata headers,
      byte[] from,
      byte[] last,
      long revision,
      Duration deadline) {
    ClientCall<byte[], byte[]> call = channel.newCall(
        Rpc.WATCH, CallOptions.DEFAULT.withDeadlineAfter(deadline.toNanos(), TimeUnit.NANOSECONDS));
    HistoryCall listener = new HistoryCall(call, last);
    byte[] afterLast = Arrays.copyOf(last, last.length + 1);
    ProtoWriter create = new ProtoWriter()
        .bytes(1, from)
        .bytes(2, afterLast)
        .number(3, revision)
        // In parts that are not larger than what etcd sends at once elsewhere.
        .flag(8, true);
    call.start(listener, headers);
    call.request(1);
    call.sendMessage(new ProtoWriter().message(1, create).toBytes());
    Status status = listener.end.join();
    call.cancel("all is read", null);
    if (!status.isOk()) {
      throw new RpcException(
          status.getCode() == Status.Code.OUT_OF_RANGE
              ? RpcException.Kind.COMPACTED
              : RpcException.Kind.ANSWER_LOST,
          Verdict.reason(status));
    }
    return listener.changes;
  }

  @Override
  public void onMessage(byte[] message) {
    ProtoReader reader = new ProtoReader(message);
    while (reader.next()) {
      switch (reader.field()) {
        case 4 -> end.complete(Status.OUT_OF_RANGE.withDescription("the history is compacted"));
        case 11 -> accept(Change.read(reader.message()));
        default -> {}
      }
    }
    call.request(1);
  }

  private void accept(Change change) {
    if (end.isDone()) {
      return;
    }
    if (Arrays.equals(change.state().key(), last)) {
      end.complete(Status.OK);
    } else {
      changes.add(change);
    }
  }

  @Override
  public void onClose(Status status, Metadata trailers) {
    end.complete(status.isOk() ? Status.UNAVAILABLE.withDescription("the history ends") : status);
  }
}
