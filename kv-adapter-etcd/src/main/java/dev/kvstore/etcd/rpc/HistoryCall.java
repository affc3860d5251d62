package dev.kvstore.etcd.rpc;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Reads the changes of a range of keys in their order, by etcd's watch. */
final class HistoryCall extends ClientCall.Listener<byte[]> {

  private final CompletableFuture<Status> end = new CompletableFuture<>();
  private final List<Change> changes = new ArrayList<>();
  private final ClientCall<byte[], byte[]> call;
  private final HistoryQuestion question;

  private HistoryCall(ClientCall<byte[], byte[]> call, HistoryQuestion question) {
    this.call = call;
    this.question = question;
  }

  /**
   * The changes that are asked for, the last one included.
   *
   * @throws RpcException COMPACTED if the history does not reach so far; ANSWER_LOST if it does not arrive in time
   */
  static List<Change> read(
      Channel channel, Metadata headers, HistoryQuestion question, Duration deadline) {
    ClientCall<byte[], byte[]> call = channel.newCall(
        Rpc.WATCH, CallOptions.DEFAULT.withDeadlineAfter(deadline.toNanos(), TimeUnit.NANOSECONDS));
    HistoryCall listener = new HistoryCall(call, question);
    call.start(listener, headers);
    call.request(1);
    call.sendMessage(question.message().toBytes());
    Status status = listener.end.join();
    call.cancel("all is read", null);
    if (!status.isOk()) {
      throw new RpcException(
          status.getCode() == Status.Code.OUT_OF_RANGE
              ? RpcException.Kind.COMPACTED
              : RpcException.Kind.ANSWER_LOST,
          Verdict.reason(status));
    }
    return listener.changes();
  }

  @Override
  public void onMessage(byte[] message) {
    ProtoReader reader = new ProtoReader(message);
    boolean canceled = false;
    long compacted = 0;
    String reason = "the member has ended the history";
    while (reader.next()) {
      switch (reader.field()) {
        case 4 -> canceled = reader.flag();
        case 5 -> compacted = reader.number();
        case 6 -> reason = new String(reader.bytes(), StandardCharsets.UTF_8);
        case 11 -> accept(Change.read(reader.message()));
        default -> {}
      }
    }
    if (canceled) {
      end.complete((compacted > 0 ? Status.OUT_OF_RANGE : Status.UNAVAILABLE)
          .withDescription(compacted > 0 ? "the history is compacted" : reason));
    }
    question
        .quiet()
        .ifPresent(
            time -> end.completeOnTimeout(Status.OK, time.toMillis(), TimeUnit.MILLISECONDS));
    call.request(1);
  }

  private synchronized void accept(Change change) {
    if (!end.isDone()) {
      changes.add(change);
      if (question.isLast(change)) {
        end.complete(Status.OK);
      }
    }
  }

  private synchronized List<Change> changes() {
    return List.copyOf(changes);
  }

  @Override
  public void onClose(Status status, Metadata trailers) {
    end.complete(status.isOk() ? Status.UNAVAILABLE.withDescription("the history ends") : status);
  }
}
