package dev.kvstore.etcd.rpc;

import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What concerns the cluster as a whole, or each of its members that the store was told of. */
public final class ClusterAdministration {

  private final Connections connections;

  ClusterAdministration(Connections connections) {
    this.connections = connections;
  }

  /**
   * How each member is that answers.
   *
   * @return by endpoint, as text; one that does not answer has no value, but a reason in its place
   */
  public Map<String, Object> statuses(TimeLimit limit) {
    Map<String, Object> statuses = new TreeMap<>();
    for (Member member : connections.members()) {
      try {
        statuses.put(member.endpoint().toString(), status(member, limit));
      } catch (RpcException e) {
        statuses.put(member.endpoint().toString(), e);
      }
    }
    return statuses;
  }

  /** How the members are that answer; at least one, or an {@link RpcException}. */
  public List<MemberStatus> answering(TimeLimit limit) {
    List<MemberStatus> statuses = new ArrayList<>();
    RpcException failure = null;
    for (Object status : statuses(limit).values()) {
      if (status instanceof MemberStatus found) {
        statuses.add(found);
      } else if (status instanceof RpcException e) {
        failure = e;
      }
    }
    if (statuses.isEmpty() && failure != null) {
      throw failure;
    }
    return statuses;
  }

  /** Forgets the history before {@code revision}, and waits until its space is free within the members' files. */
  public void compact(long revision, TimeLimit limit) {
    byte[] request = new ProtoWriter().number(1, revision).flag(2, true).toBytes();
    try {
      connections.patiently(Rpc.COMPACT, request, limit);
    } catch (RpcException e) {
      // Somebody has compacted as far, or this call has and its answer was lost.
      if (e.kind() != RpcException.Kind.COMPACTED) {
        throw e;
      }
    }
  }

  /** The members that answer, the leader last. */
  public List<Endpoint> leaderLast(TimeLimit limit) {
    return answering(limit).stream()
        .sorted(Comparator.comparing(MemberStatus::isLeader))
        .map(MemberStatus::endpoint)
        .toList();
  }

  /** Gives the free space in the file of a member back. The member stands still meanwhile. */
  public void defragment(Endpoint endpoint, TimeLimit limit) {
    for (Member member : connections.members()) {
      if (member.endpoint().equals(endpoint)) {
        call(member, Rpc.DEFRAGMENT, new byte[0], limit);
      }
    }
  }

  /** Takes back the alarms by which members that were full have stopped all writes; a member that is still full raises it again. */
  public void disarm(TimeLimit limit) {
    byte[] question = new ProtoWriter().number(1, 0).toBytes();
    ProtoReader answer = new ProtoReader(connections.repeatable(Rpc.ALARM, question, limit));
    while (answer.next()) {
      if (answer.field() == 2) {
        disarm(answer.message(), limit);
      }
    }
  }

  private void disarm(ProtoReader alarm, TimeLimit limit) {
    int deactivate = 2;
    int noSpace = 1;
    long member = 0;
    long kind = 0;
    while (alarm.next()) {
      if (alarm.field() == 1) {
        member = alarm.number();
      } else if (alarm.field() == 2) {
        kind = alarm.number();
      }
    }
    if (kind == noSpace) {
      byte[] order = new ProtoWriter()
          .number(1, deactivate)
          .number(2, member)
          .number(3, kind)
          .toBytes();
      connections.repeatable(Rpc.ALARM, order, limit);
    }
  }

  private MemberStatus status(Member member, TimeLimit limit) {
    byte[] answer =
        call(member, Rpc.STATUS, new byte[0], TimeLimit.after(connections.attempt(limit)));
    return MemberStatus.read(member.endpoint(), new ProtoReader(answer));
  }

  /** Asks this member and no other. */
  private byte[] call(
      Member member, MethodDescriptor<byte[], byte[]> method, byte[] request, TimeLimit limit) {
    for (boolean again = false; ; again = true) {
      connections.authenticate(member, limit);
      Metadata headers = connections.headers();
      UnaryCall call = member.call(method, request, headers, limit.left());
      Verdict verdict = Verdict.of(call.reply());
      if (verdict == Verdict.DONE) {
        return call.answer();
      }
      // A token is known to each member by itself, and forgotten there by itself.
      boolean stale = verdict == Verdict.TOKEN_STALE && connections.forget(headers);
      if (!stale || again) {
        throw Connections.failure(verdict, call, member);
      }
    }
  }
}
