package dev.kvstore.etcd.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.grpc.Status;
import org.junit.jupiter.api.Test;

/** What the end of a call is taken for: above all, whether a write may have taken place. */
class VerdictTest {

  private static Verdict sent(Status status, String words) {
    return Verdict.of(new UnaryCall.Reply(status.withDescription(words), true));
  }

  private static Verdict unsent(Status status, String words) {
    return Verdict.of(new UnaryCall.Reply(status.withDescription(words), false));
  }

  @Test
  void whatWasNotSentDidNotTakePlace() {
    assertEquals(Verdict.NOT_DONE, unsent(Status.UNAVAILABLE, "connection refused"));
    assertEquals(Verdict.UNKNOWN, sent(Status.UNAVAILABLE, "connection reset"));
    assertEquals(Verdict.UNKNOWN, sent(Status.DEADLINE_EXCEEDED, "too late"));
  }

  @Test
  void exhaustionIsBelievedIfItIsWordedByAMember() {
    String words = "etcdserver: mvcc: database space exceeded";
    assertEquals(Verdict.NO_SPACE, sent(Status.RESOURCE_EXHAUSTED, words));
    assertEquals(
        Verdict.NOT_DONE, sent(Status.RESOURCE_EXHAUSTED, "etcdserver: too many requests"));
    assertEquals(
        Verdict.REFUSED,
        sent(Status.RESOURCE_EXHAUSTED, "grpc: received message larger than max (9 vs. 8)"));
    String proxy = "HTTP/2 error code: ENHANCE_YOUR_CALM. Bandwidth exhausted";
    assertEquals(Verdict.UNKNOWN, sent(Status.RESOURCE_EXHAUSTED, proxy));
    assertEquals(Verdict.NOT_DONE, unsent(Status.RESOURCE_EXHAUSTED, proxy));
  }

  @Test
  void aTokenIsAskedForAgain() {
    assertEquals(
        Verdict.TOKEN_STALE, sent(Status.UNAUTHENTICATED, "etcdserver: invalid auth token"));
    assertEquals(
        Verdict.TOKEN_STALE, sent(Status.INVALID_ARGUMENT, "etcdserver: user name is empty"));
    assertEquals(
        Verdict.DENIED,
        sent(
            Status.INVALID_ARGUMENT,
            "etcdserver: authentication failed, invalid user ID or password"));
  }
}
