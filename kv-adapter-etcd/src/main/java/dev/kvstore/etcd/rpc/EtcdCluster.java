package dev.kvstore.etcd.rpc;

import dev.kvstore.etcd.rpc.RpcException.Kind;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A cluster of etcd, asked through whichever member answers. All reads are linearizable. Every method ends within its limit, and
 * throws {@link RpcException}. For any number of threads.
 */
public final class EtcdCluster implements AutoCloseable {

  private static final Duration LATELY = Duration.ofMinutes(1);
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final Duration QUIET = Duration.ofMillis(500);

  private final Connections connections;
  private final ClusterAdministration administration;
  private final AtomicLong revision = new AtomicLong();
  private volatile TimeLimit lately = TimeLimit.after(Duration.ZERO);

  /** Connects when it is first asked. */
  public EtcdCluster(ClusterAccess access) {
    this.connections = new Connections(access);
    this.administration = new ClusterAdministration(connections);
  }

  /** The newest revision that any answer told of: what is sent from now on gets a later one. 0 before the first answer. */
  public long revision() {
    return revision.get();
  }

  /** Whether an answer has told that within the last minute. */
  public boolean hasHeardLately() {
    return !lately.isOver();
  }

  /** Reads keys. */
  public RangeAnswer range(RangeRequest request, TimeLimit limit) {
    RangeAnswer answer = RangeAnswer.read(ask(Rpc.RANGE, request.message().toBytes(), limit));
    note(answer.revision());
    return answer;
  }

  /** A transaction that only reads, or that is the same when it takes place twice. */
  public TxnAnswer repeatable(TxnRequest request, TimeLimit limit) {
    TxnAnswer answer = TxnAnswer.read(ask(Rpc.TXN, request.toBytes(), limit));
    note(answer.revision());
    return answer;
  }

  /** A transaction that takes place at most once; ANSWER_LOST if nobody says whether it did. */
  public TxnAnswer once(TxnRequest request, TimeLimit limit) {
    TxnAnswer answer =
        TxnAnswer.read(new ProtoReader(connections.once(Rpc.TXN, request.toBytes(), limit)));
    note(answer.revision());
    return answer;
  }

  private void note(long told) {
    revision.accumulateAndGet(told, Math::max);
    lately = TimeLimit.after(LATELY);
  }

  /**
   * Makes a lease.
   *
   * @param id the number that it shall have; 0 to let etcd choose
   * @param seconds how long it lasts
   * @return its number
   * @throws RpcException LEASE_EXISTS if there is one of this number, made by another or by a call whose answer was lost
   */
  public long grantLease(long id, long seconds, TimeLimit limit) {
    ProtoReader answer =
        ask(Rpc.LEASE_GRANT, new ProtoWriter().number(1, seconds).number(2, id).toBytes(), limit);
    long granted = 0;
    while (answer.next()) {
      if (answer.field() == 2) {
        granted = answer.number();
      }
    }
    return granted;
  }

  /** How many seconds a lease still lasts; less than 1 if there is none. */
  public long leaseSecondsLeft(long id, TimeLimit limit) {
    ProtoReader answer = ask(Rpc.LEASE_TIME, new ProtoWriter().number(1, id).toBytes(), limit);
    long left = 0;
    while (answer.next()) {
      if (answer.field() == 3) {
        left = answer.number();
      }
    }
    return left;
  }

  /**
   * The changes from a revision on of the keys from {@code from} to {@code last}, in their order, up to the first change of {@code
   * last}, which must have taken place or the call waits for it.
   *
   * @throws RpcException COMPACTED if the history does not reach so far
   */
  public List<Change> history(byte[] from, byte[] last, long sinceRevision, TimeLimit limit) {
    return history(HistoryQuestion.upTo(from, last, sinceRevision), limit);
  }

  /**
   * The changes of one key from a revision on, in their order.
   *
   * @param last the revision of the last of them, if the key is there now. Else there is no telling which is the last, and so the call
   *     ends half a second after the member has begun to send what there is
   * @throws RpcException COMPACTED if the history does not reach so far
   */
  public List<Change> history(
      byte[] key, Optional<Long> last, long sinceRevision, TimeLimit limit) {
    HistoryQuestion question = last.isPresent()
        ? HistoryQuestion.upTo(key, last.get(), sinceRevision)
        : HistoryQuestion.ofAbsent(key, sinceRevision, quiet(limit));
    return history(question, limit);
  }

  private Duration quiet(TimeLimit limit) {
    return TimeLimit.shorter(QUIET, connections.attempt(limit).dividedBy(2));
  }

  private List<Change> history(HistoryQuestion question, TimeLimit limit) {
    RpcException failure = new RpcException(Kind.UNREACHABLE, "no time was left");
    while (!limit.isOver()) {
      Member member = connections.member();
      Optional<UnaryCall> refusal = connections.authenticate(member, limit);
      Metadata headers = connections.headers();
      try {
        if (refusal.isEmpty()) {
          return HistoryCall.read(
              member.connectable(), headers, question, connections.attempt(limit));
        }
      } catch (RpcException e) {
        if (e.kind() != Kind.ANSWER_LOST) {
          throw e;
        }
        failure = e;
        // It may be for the token that nothing came.
        connections.forget(headers);
      }
      connections.turnFrom(member);
      limit.pause(PAUSE);
    }
    throw failure;
  }

  /** What is done with the cluster as a whole. */
  public ClusterAdministration administration() {
    return administration;
  }

  /** Ends all calls. */
  @Override
  public void close() {
    connections.close();
  }

  private ProtoReader ask(
      MethodDescriptor<byte[], byte[]> method, byte[] request, TimeLimit limit) {
    return new ProtoReader(connections.repeatable(method, request, limit));
  }
}
