package dev.kvstore.etcd.rpc;

import io.grpc.Status;
import java.util.Optional;

/** What the end of a call means. etcd tells some things by code alone, and some only in words, which have been the same since 3.0. */
enum Verdict {
  /** The answer is there. */
  DONE,
  /** Nothing took place; the same may be asked of another member. */
  NOT_DONE,
  /** It may have taken place, or may yet. */
  UNKNOWN,
  /** The token of the user has run out; nothing took place. */
  TOKEN_STALE,
  /** The cluster does not ask who its users are. */
  USERS_OFF,
  /** The quota is used up: nothing took place, unless it was this that used it up. */
  NO_SPACE,
  LEASE_GONE,
  LEASE_EXISTS,
  COMPACTED,
  DENIED,
  REFUSED;

  static Verdict of(UnaryCall.Reply reply) {
    String words = Optional.ofNullable(reply.status().getDescription()).orElse("");
    return switch (reply.status().getCode()) {
      case OK -> DONE;
      case UNAUTHENTICATED -> TOKEN_STALE;
      case PERMISSION_DENIED -> DENIED;
      case INVALID_ARGUMENT -> ofInvalid(words);
      case RESOURCE_EXHAUSTED -> ofExhausted(words, reply.sent());
      case FAILED_PRECONDITION ->
        words.contains("lease already exists")
            ? LEASE_EXISTS
            : words.contains("authentication is not enabled") ? USERS_OFF : REFUSED;
      case NOT_FOUND -> words.contains("lease not found") ? LEASE_GONE : REFUSED;
      case OUT_OF_RANGE -> words.contains("compacted") ? COMPACTED : REFUSED;
      case UNIMPLEMENTED, ALREADY_EXISTS -> REFUSED;
      case UNAVAILABLE, DEADLINE_EXCEEDED, CANCELLED, ABORTED, UNKNOWN, INTERNAL, DATA_LOSS ->
        reply.sent() ? UNKNOWN : NOT_DONE;
    };
  }

  private static Verdict ofInvalid(String words) {
    // Without a token: users were asked for only after this client had begun.
    if (words.contains("revision of auth store is old") || words.contains("user name is empty")) {
      return TOKEN_STALE;
    }
    return words.contains("authentication failed") ? DENIED : REFUSED;
  }

  private static Verdict ofExhausted(String words, boolean sent) {
    if (words.contains("database space exceeded")) {
      return NO_SPACE;
    }
    if (words.contains("too many requests")) {
      return NOT_DONE;
    }
    // Else a proxy may have said so, or the connection, whatever the member has done.
    boolean tooLong =
        words.contains("message larger than max") || words.contains("exceeds maximum size");
    return tooLong ? REFUSED : sent ? UNKNOWN : NOT_DONE;
  }

  /** What went wrong, for a person: what etcd said, or what happened to the connection. */
  static String reason(Status status) {
    Throwable root = status.getCause();
    while (root != null && root.getCause() != null) {
      root = root.getCause();
    }
    String words =
        Optional.ofNullable(status.getDescription()).orElse(status.getCode().name());
    return root == null || root.getMessage() == null ? words : words + ": " + root.getMessage();
  }
}
