package dev.kvstore.core.contract.history;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Looks for an order of all operations, one after the other, that explains what each saw, and in which one that returned before
 * another began comes before it. If there is one, single operations are linearizable and sessions strictly serializable.
 *
 * <p>The search goes from what is done to what may be done next, and never twice through the same. It tries every order that
 * there is, so what it refuses has none.
 */
final class HistoryChecker {

  private final List<List<Operation>> threads = new ArrayList<>();
  private final Set<Point> seen = new HashSet<>();
  private final Deque<Point> open = new ArrayDeque<>();

  private HistoryChecker(List<Operation> operations) {
    Map<Integer, List<Operation>> byThread = new TreeMap<>();
    operations.stream()
        .sorted(Comparator.comparingLong(Operation::start))
        .forEach(operation -> byThread
            .computeIfAbsent(operation.thread(), thread -> new ArrayList<>())
            .add(operation));
    threads.addAll(byThread.values());
  }

  /** Empty if the operations have an order, from an empty store on; else where the search ended. */
  static Optional<String> violation(List<Operation> operations) {
    return new HistoryChecker(operations).search(operations.size());
  }

  private Optional<String> search(int all) {
    Point farthest = new Point(new int[threads.size()], new long[Step.KEYS.size()]);
    reach(farthest);
    while (!open.isEmpty()) {
      Point point = open.pop();
      if (point.count() == all) {
        return Optional.empty();
      }
      farthest = point.count() > farthest.count() ? point : farthest;
      goOn(point);
    }
    return Optional.of("no order explains the history: " + farthest.count() + " of " + all
        + " operations can be put in order, which leaves " + Arrays.toString(farthest.state)
        + "; what would have to come next: " + candidates(farthest));
  }

  private void goOn(Point point) {
    for (Operation operation : candidates(point)) {
      long[] state = point.state.clone();
      if (operation.steps().stream().allMatch(step -> step.take(state))) {
        reach(new Point(doneWith(operation, point), state));
      }
      if (!operation.certain()) {
        reach(new Point(doneWith(operation, point), point.state));
      }
    }
  }

  private void reach(Point point) {
    if (seen.add(point)) {
      open.push(point);
    }
  }

  /** The next operation of each thread, but for those that began when another of them had returned. */
  private List<Operation> candidates(Point point) {
    List<Operation> next = new ArrayList<>();
    for (int thread = 0; thread < threads.size(); thread++) {
      if (point.done[thread] < threads.get(thread).size()) {
        next.add(threads.get(thread).get(point.done[thread]));
      }
    }
    long firstEnd = next.stream().mapToLong(Operation::end).min().orElseThrow();
    next.removeIf(operation -> operation.start() > firstEnd);
    return next;
  }

  private int[] doneWith(Operation operation, Point point) {
    int[] done = point.done.clone();
    for (int thread = 0; thread < done.length; thread++) {
      if (threads.get(thread).get(0).thread() == operation.thread()) {
        done[thread]++;
      }
    }
    return done;
  }

  /** How many operations of each thread are done, and what the store holds then. */
  private static final class Point {
    private final int[] done;
    private final long[] state;

    Point(int[] done, long[] state) {
      this.done = done;
      this.state = state;
    }

    int count() {
      return Arrays.stream(done).sum();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Point point
          && Arrays.equals(done, point.done)
          && Arrays.equals(state, point.state);
    }

    @Override
    public int hashCode() {
      return 31 * Arrays.hashCode(done) + Arrays.hashCode(state);
    }
  }
}
