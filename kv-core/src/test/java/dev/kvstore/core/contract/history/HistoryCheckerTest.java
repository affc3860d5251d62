package dev.kvstore.core.contract.history;

import static dev.kvstore.core.contract.history.Step.ABSENT;
import static dev.kvstore.core.contract.history.Step.ANY;
import static dev.kvstore.core.contract.history.Step.PRESENT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The checker takes histories that have an order, and refuses those that have none. */
class HistoryCheckerTest {

  private final List<Operation> history = new ArrayList<>();

  private void did(int thread, int start, int end, Step... steps) {
    history.add(new Operation(thread, start, end, List.of(steps), true));
  }

  private void perhaps(int thread, int start, int end, Step... steps) {
    history.add(new Operation(thread, start, end, List.of(steps), false));
  }

  private static Step put(int key, long value) {
    return new Step(key, ANY, value);
  }

  private static Step create(int key, long value) {
    return new Step(key, ABSENT, value);
  }

  private static Step delete(int key) {
    return new Step(key, PRESENT, ABSENT);
  }

  private static Step read(int key, long value) {
    return Step.look(key, value);
  }

  private void hasAnOrder(boolean expected) {
    assertEquals(expected, HistoryChecker.violation(history).isEmpty(), history::toString);
  }

  @Test
  void nothingHasAnOrder() {
    hasAnOrder(true);
  }

  @Test
  void aReadSeesTheLastWrite() {
    did(0, 1, 2, put(0, 1));
    did(0, 3, 4, put(0, 2));
    did(1, 5, 6, read(0, 2));
    hasAnOrder(true);
    did(1, 7, 8, read(0, 1));
    hasAnOrder(false);
  }

  @Test
  void keysAreApart() {
    did(0, 1, 2, put(0, 1));
    did(1, 3, 4, read(1, ABSENT));
    did(1, 5, 6, read(0, 1));
    hasAnOrder(true);
  }

  @Test
  void aReadBesideAWriteSeesTheOldOrTheNew() {
    did(0, 1, 2, put(0, 1));
    did(0, 3, 10, put(0, 2));
    did(1, 4, 5, read(0, 1));
    did(1, 6, 7, read(0, 2));
    hasAnOrder(true);
    did(1, 8, 9, read(0, 1));
    hasAnOrder(false);
  }

  @Test
  void aReadSeesNothingOfAWriteThatBeginsLater() {
    did(0, 1, 2, read(0, 1));
    did(1, 3, 4, put(0, 1));
    hasAnOrder(false);
  }

  @Test
  void ofTwoCreatesOneWins() {
    did(0, 1, 4, create(0, 1));
    did(1, 2, 3, Step.look(0, PRESENT));
    hasAnOrder(true);
    did(2, 1, 4, create(0, 2));
    hasAnOrder(false);
  }

  @Test
  void aDeletedKeyDoesNotComeBack() {
    did(0, 1, 2, create(0, 1));
    did(0, 3, 4, delete(0));
    did(1, 5, 6, read(0, ABSENT));
    hasAnOrder(true);
    did(1, 7, 8, read(0, 1));
    hasAnOrder(false);
  }

  @Test
  void aSessionIsSeenWholeOrNotAtAll() {
    did(0, 1, 8, put(0, 1), put(1, 2));
    did(1, 2, 3, read(0, ABSENT), read(1, ABSENT));
    did(1, 4, 5, read(0, 1), read(1, 2));
    hasAnOrder(true);
    did(2, 2, 3, read(0, 1), read(1, ABSENT));
    hasAnOrder(false);
  }

  @Test
  void sessionsThatEachReadWhatTheOtherWritesCannotBothBe() {
    did(0, 1, 4, read(0, ABSENT), put(1, 1));
    hasAnOrder(true);
    did(1, 2, 3, read(1, ABSENT), put(0, 2));
    hasAnOrder(false);
  }

  @Test
  void anUpdateThatIsLostIsFound() {
    did(0, 1, 2, put(0, 1));
    did(1, 3, 6, new Step(0, 1, 2));
    did(2, 4, 5, new Step(0, 1, 3));
    hasAnOrder(false);
  }

  @Test
  void whatWasUnderWayAtACrashHappenedOrNot() {
    did(0, 1, 2, put(0, 1));
    perhaps(1, 3, 6, put(0, 2));
    perhaps(2, 4, 6, delete(0));
    did(3, 7, 8, read(0, 1));
    hasAnOrder(true);
    history.set(3, new Operation(3, 7, 8, List.of(read(0, 2)), true));
    hasAnOrder(true);
    history.set(3, new Operation(3, 7, 8, List.of(read(0, ABSENT)), true));
    hasAnOrder(true);
    history.set(3, new Operation(3, 7, 8, List.of(read(0, 3)), true));
    hasAnOrder(false);
  }

  @Test
  void whatWasUnderWayAtACrashDoesNotHappenLater() {
    perhaps(1, 1, 2, put(0, 1));
    did(0, 3, 4, read(0, ABSENT));
    hasAnOrder(true);
    did(0, 5, 6, read(0, 1));
    hasAnOrder(false);
  }

  @Test
  void whatWasSeenBeforeACrashIsThereAfterIt() {
    perhaps(0, 1, 4, put(0, 1), put(1, 1));
    did(1, 2, 3, read(0, 1));
    did(1, 5, 6, read(0, 1), read(1, 1));
    hasAnOrder(true);
    history.set(2, new Operation(1, 5, 6, List.of(read(0, ABSENT), read(1, ABSENT)), true));
    hasAnOrder(false);
  }

  @Test
  void anAcknowledgedWriteThatIsGoneAfterACrashIsFound() {
    did(0, 1, 2, put(0, 1));
    perhaps(1, 3, 4, put(1, 2));
    did(2, 5, 6, read(0, ABSENT), read(1, ABSENT));
    hasAnOrder(false);
  }

  @Test
  void halfASessionAfterACrashIsFound() {
    perhaps(1, 1, 2, put(0, 1), put(1, 2));
    did(2, 3, 4, read(0, 1), read(1, ABSENT));
    hasAnOrder(false);
  }
}
