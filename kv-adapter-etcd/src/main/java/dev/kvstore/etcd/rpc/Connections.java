package dev.kvstore.etcd.rpc;

import dev.kvstore.etcd.rpc.RpcException.Kind;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Asks the members of a cluster: all threads the same one, until it fails or does not answer, then the next. For any number of
 * threads.
 */
final class Connections implements AutoCloseable {

  private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(300);

  private final ClusterAccess access;
  private final List<Member> members;
  private final Tokens tokens;
  private final AtomicInteger current;

  Connections(ClusterAccess access) {
    this.access = access;
    this.members = access.endpoints().stream()
        .map(endpoint -> new Member(endpoint, access.credentials()))
        .toList();
    this.tokens = new Tokens(access.user());
    // So that many clients spread over the members.
    this.current = new AtomicInteger(ThreadLocalRandom.current().nextInt(members.size()));
  }

  /** Asks what may be asked again: a question, or an order that changes nothing the second time. */
  byte[] repeatable(MethodDescriptor<byte[], byte[]> method, byte[] request, TimeLimit limit) {
    return call(method, request, limit, true, access.callTimeout());
  }

  /** The same for what may take one member as long as there is time. */
  byte[] patiently(MethodDescriptor<byte[], byte[]> method, byte[] request, TimeLimit limit) {
    return call(method, request, limit, true, limit.left());
  }

  /** Gives an order that must not be given twice; ANSWER_LOST if it may have arrived and nobody says so. */
  byte[] once(MethodDescriptor<byte[], byte[]> method, byte[] request, TimeLimit limit) {
    return call(method, request, limit, false, access.callTimeout());
  }

  private byte[] call(
      MethodDescriptor<byte[], byte[]> method,
      byte[] request,
      TimeLimit limit,
      boolean repeatable,
      Duration longest) {
    Duration pause = FIRST_PAUSE;
    String reason = "";
    for (int failures = 0; !limit.isOver(); failures++) {
      if (failures > 0 && failures % members.size() == 0) {
        limit.pause(pause);
        pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
            ? pause.multipliedBy(2)
            : LONGEST_PAUSE;
      }
      int index = current.get();
      Member member = members.get(index);
      Optional<UnaryCall> refusal = authenticate(member, limit);
      if (refusal.isPresent()) {
        turnFrom(index);
        reason = reason(reason, member, refusal.get());
        continue;
      }
      Metadata headers = tokens.headers();
      UnaryCall call =
          member.call(method, request, headers, TimeLimit.shorter(longest, limit.left()));
      Verdict verdict = Verdict.of(call.reply());
      switch (verdict) {
        case DONE -> {
          return call.answer();
        }
        case TOKEN_STALE -> {
          if (!tokens.forget(headers)) {
            throw failure(Verdict.DENIED, call, member);
          }
        }
        case NOT_DONE -> turnFrom(index);
        case UNKNOWN -> {
          turnFrom(index);
          member.renew();
          if (!repeatable) {
            throw failure(verdict, call, member);
          }
        }
        default -> throw failure(verdict, call, member);
      }
      reason = reason(reason, member, call);
    }
    throw new RpcException(Kind.UNREACHABLE, reason.isEmpty() ? "no time was left" : reason);
  }

  /** Why it has failed so far: a call that was only out of time says less than an earlier one that was refused. */
  private static String reason(String known, Member member, UnaryCall call) {
    boolean late = call.reply().status().getCode() == Status.Code.DEADLINE_EXCEEDED;
    return late && !known.isEmpty() ? known : reason(member, call);
  }

  /** Gets a token for the user, if one is needed; the failed call if the member cannot give one now. */
  Optional<UnaryCall> authenticate(Member member, TimeLimit limit) {
    Optional<byte[]> request = tokens.request();
    if (request.isEmpty()) {
      return Optional.empty();
    }
    UnaryCall call = member.call(Rpc.AUTHENTICATE, request.get(), new Metadata(), attempt(limit));
    Verdict verdict = Verdict.of(call.reply());
    switch (verdict) {
      case DONE -> tokens.accept(call.answer());
      case USERS_OFF -> tokens.spare();
      case NOT_DONE, UNKNOWN -> {
        return Optional.of(call);
      }
      default -> throw failure(verdict, call, member);
    }
    return Optional.empty();
  }

  /** What goes with each call. */
  Metadata headers() {
    return tokens.headers();
  }

  /** Asks for a new token before the next call, if there is a user, unless that has been done since; else false. */
  boolean forget(Metadata stale) {
    return tokens.forget(stale);
  }

  /** The member that is asked now. */
  Member member() {
    return members.get(current.get());
  }

  /** All of them. */
  List<Member> members() {
    return members;
  }

  /** Asks another one from now on, if {@code failed} is still asked. */
  void turnFrom(Member failed) {
    turnFrom(members.indexOf(failed));
  }

  private void turnFrom(int index) {
    current.compareAndSet(index, (index + 1) % members.size());
  }

  /** How long one call may take. */
  Duration attempt(TimeLimit limit) {
    return TimeLimit.shorter(access.callTimeout(), limit.left());
  }

  /** The error for a call that failed at this member. */
  static RpcException failure(Verdict verdict, UnaryCall call, Member member) {
    Kind kind = switch (verdict) {
      case NO_SPACE -> Kind.NO_SPACE;
      case LEASE_GONE -> Kind.LEASE_GONE;
      case LEASE_EXISTS -> Kind.LEASE_EXISTS;
      case COMPACTED -> Kind.COMPACTED;
      case DENIED, TOKEN_STALE -> Kind.DENIED;
      case UNKNOWN -> Kind.ANSWER_LOST;
      case NOT_DONE -> Kind.UNREACHABLE;
      case DONE, USERS_OFF, REFUSED -> Kind.REFUSED;
    };
    return new RpcException(kind, reason(member, call));
  }

  private static String reason(Member member, UnaryCall call) {
    return member.endpoint() + ": " + Verdict.reason(call.reply().status());
  }

  @Override
  public void close() {
    members.forEach(Member::close);
  }
}
