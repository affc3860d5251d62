package dev.kvstore.etcd;

import dev.kvstore.etcd.Operation.Outcome;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a history of calls can be explained by a store in which each takes place at one instant between its start and its
 * end. Keys are independent of each other, so each is checked alone. For each, all orders that the times allow are searched, depth
 * first; what was found to lead nowhere (the calls placed so far, and the value they leave) is not tried again.
 */
final class LinearizabilityChecker {

  private record State(BitSet placed, @Nullable String value) {}

  private final List<Operation> operations;

  private LinearizabilityChecker(List<Operation> operations) {
    this.operations = operations.stream()
        // A read that was not answered, or a call that may never take place and is never seen,
        // tells nothing.
        .filter(o -> o.outcome() != Outcome.UNKNOWN || o.kind() != Operation.Kind.READ)
        .sorted(Comparator.comparingLong(Operation::start))
        .toList();
  }

  /** The key whose history nothing explains; empty if all can be explained. */
  static Optional<String> violation(List<Operation> history) {
    Map<String, List<Operation>> byKey =
        history.stream().collect(Collectors.groupingBy(Operation::key));
    return byKey.entrySet().stream()
        .filter(entry -> !new LinearizabilityChecker(entry.getValue()).isLinearizable())
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private boolean isLinearizable() {
    Set<State> tried = new HashSet<>();
    Deque<State> open = new ArrayDeque<>();
    open.push(new State(new BitSet(), null));
    while (!open.isEmpty()) {
      State state = open.pop();
      if (!tried.add(state)) {
        continue;
      }
      List<State> next = new ArrayList<>();
      if (!extend(state, next)) {
        return true;
      }
      next.forEach(open::push);
    }
    return false;
  }

  /** Adds the states after one more call; false if every call that returned is placed. */
  private boolean extend(State state, List<State> next) {
    long firstEnd = Long.MAX_VALUE;
    boolean complete = true;
    List<Integer> candidates = new ArrayList<>();
    for (int i = 0; i < operations.size(); i++) {
      Operation operation = operations.get(i);
      if (operation.start() > firstEnd) {
        break;
      }
      if (state.placed().get(i)) {
        continue;
      }
      candidates.add(i);
      if (operation.outcome() != Outcome.UNKNOWN) {
        complete = false;
        firstEnd = Math.min(firstEnd, operation.end());
      }
    }
    for (int i : candidates) {
      Operation operation = operations.get(i);
      // The bound has become tighter since the candidate was met.
      if (operation.start() <= firstEnd && explains(operation, state.value())) {
        BitSet placed = (BitSet) state.placed().clone();
        placed.set(i);
        next.add(new State(placed, after(operation, state.value())));
      }
    }
    return !complete;
  }

  /** Whether the call can have had its outcome where this value is there. */
  private static boolean explains(Operation operation, @Nullable String value) {
    boolean there = value != null;
    if (operation.outcome() == Outcome.UNKNOWN) {
      // Placed only if it changes something: otherwise it may as well not take place.
      return !Objects.equals(after(operation, value), value);
    }
    boolean done = operation.outcome() == Outcome.DONE;
    return switch (operation.kind()) {
      case CREATE -> done != there;
      case PUT -> done;
      case DELETE -> done == there;
      case READ -> Objects.equals(operation.value(), value);
    };
  }

  private static @Nullable String after(Operation operation, @Nullable String value) {
    if (operation.outcome() == Outcome.REFUSED) {
      return value;
    }
    return switch (operation.kind()) {
      case CREATE -> value == null ? operation.value() : value;
      case PUT -> operation.value();
      case DELETE -> null;
      case READ -> value;
    };
  }
}
