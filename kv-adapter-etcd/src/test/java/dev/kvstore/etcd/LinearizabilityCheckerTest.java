package dev.kvstore.etcd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kvstore.etcd.Operation.Kind;
import dev.kvstore.etcd.Operation.Outcome;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LinearizabilityCheckerTest {

  private static final Optional<String> NONE = Optional.empty();
  private static final Optional<String> VIOLATION = Optional.of("k");

  private static Operation done(Kind kind, String value, long start, long end) {
    return new Operation(kind, "k", value, start, end, Outcome.DONE);
  }

  private static Operation refused(Kind kind, long start, long end) {
    return new Operation(kind, "k", "x", start, end, Outcome.REFUSED);
  }

  private static Operation unknown(Kind kind, String value, long start, long end) {
    return new Operation(kind, "k", value, start, end, Outcome.UNKNOWN);
  }

  private static void assertViolation(Optional<String> expected, Operation... history) {
    assertEquals(expected, LinearizabilityChecker.violation(List.of(history)));
  }

  @Test
  void oneAfterTheOther() {
    assertViolation(
        NONE,
        done(Kind.CREATE, "a", 1, 2),
        refused(Kind.CREATE, 3, 4),
        done(Kind.READ, "a", 5, 6),
        done(Kind.DELETE, null, 7, 8),
        done(Kind.READ, null, 9, 10));
  }

  @Test
  void callsAtTheSameTimeGoInAnyOrder() {
    assertViolation(
        NONE,
        done(Kind.CREATE, "a", 1, 10),
        done(Kind.READ, null, 2, 9),
        done(Kind.READ, "a", 3, 4));
  }

  @Test
  void aStaleRead() {
    assertViolation(VIOLATION, done(Kind.CREATE, "a", 1, 2), done(Kind.READ, null, 3, 4));
  }

  @Test
  void twoWinners() {
    assertViolation(VIOLATION, done(Kind.CREATE, "a", 1, 4), done(Kind.CREATE, "b", 2, 3));
  }

  @Test
  void aValueThatGoesAndComesBack() {
    assertViolation(
        VIOLATION,
        done(Kind.PUT, "a", 1, 2),
        done(Kind.PUT, "b", 3, 8),
        done(Kind.READ, "b", 4, 5),
        done(Kind.READ, "a", 6, 7));
  }

  @Test
  void whatIsUnknownMayTakePlaceLateOrNever() {
    assertViolation(NONE, unknown(Kind.CREATE, "a", 1, 2), done(Kind.READ, null, 3, 4));
    assertViolation(
        NONE,
        unknown(Kind.CREATE, "a", 1, 2),
        done(Kind.READ, null, 3, 4),
        done(Kind.READ, "a", 5, 6));
    assertViolation(VIOLATION, unknown(Kind.CREATE, "a", 3, 4), done(Kind.READ, "a", 1, 2));
  }

  @Test
  void whatIsUnknownTakesPlaceOnce() {
    assertViolation(
        VIOLATION,
        unknown(Kind.CREATE, "a", 1, 2),
        done(Kind.READ, "a", 3, 4),
        done(Kind.DELETE, null, 5, 6),
        done(Kind.READ, "a", 7, 8));
  }

  @Test
  void otherKeysDoNotMatter() {
    assertViolation(
        NONE,
        done(Kind.CREATE, "a", 1, 2),
        new Operation(Kind.READ, "other", null, 3, 4, Outcome.DONE));
  }
}
