package dev.kvstore.etcd.rpc;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;

/** A question for changes in their order. Immutable. */
final class HistoryQuestion {

  private final byte[] from;
  private final byte[] to;
  private final long since;
  private final Predicate<Change> last;
  private final Optional<Duration> quiet;

  private HistoryQuestion(
      byte[] from, byte[] to, long since, Predicate<Change> last, Optional<Duration> quiet) {
    this.from = from;
    this.to = to;
    this.since = since;
    this.last = last;
    this.quiet = quiet;
  }

  /** For the changes of the keys from {@code from} to {@code to}, up to the first of {@code to}. */
  static HistoryQuestion upTo(byte[] from, byte[] to, long since) {
    return new HistoryQuestion(
        from, to, since, change -> Arrays.equals(change.state().key(), to), Optional.empty());
  }

  /** For the changes of a key up to the one of a revision. */
  static HistoryQuestion upTo(byte[] key, long revision, long since) {
    return new HistoryQuestion(
        key, key, since, change -> change.state().modRevision() >= revision, Optional.empty());
  }

  /**
   * For the changes of a key that is not there, so that there is no telling which is the last.
   *
   * @param quiet how long to wait for them once the member has begun to send what there is
   */
  static HistoryQuestion ofAbsent(byte[] key, long since, Duration quiet) {
    return new HistoryQuestion(key, key, since, change -> false, Optional.of(quiet));
  }

  /** What etcd's watch is asked. */
  ProtoWriter message() {
    byte[] afterLast = Arrays.copyOf(to, to.length + 1);
    ProtoWriter create = new ProtoWriter()
        .bytes(1, from)
        .bytes(2, afterLast)
        .number(3, since)
        // In parts that are not larger than what etcd sends at once elsewhere.
        .flag(8, true);
    return new ProtoWriter().message(1, create);
  }

  /** Whether a change ends the answer. */
  boolean isLast(Change change) {
    return last.test(change);
  }

  /** How long after the member has begun to send what there is the answer ends at the latest; empty if only by a last change. */
  Optional<Duration> quiet() {
    return quiet;
  }
}
