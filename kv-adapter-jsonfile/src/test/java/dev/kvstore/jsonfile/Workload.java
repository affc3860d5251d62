package dev.kvstore.jsonfile;

import dev.kvstore.core.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;

/**
 * A sequence of steps on a store.
 *
 * @param name for the message of a failed test
 */
record Workload(String name, List<Function<StoreRun, Optional<ErrorCode>>> steps) {

  private static final List<Workload> SINGLE = List.of(
      of("create", run -> run.create("a", 20)),
      of("put", run -> run.put("a", 700)),
      of("delete", run -> run.delete("a")),
      of("session", run -> run.session("a", "b")),
      of("compact", StoreRun::compact),
      of("reopen", run -> {
        Optional<ErrorCode> failure = run.close();
        return failure.isPresent() ? failure : run.open();
      }));

  private static Workload of(String name, Function<StoreRun, Optional<ErrorCode>> step) {
    return new Workload(name, List.of(step));
  }

  /** Every sequence of {@code length} steps. */
  static List<Workload> allOfLength(int length) {
    List<Workload> all = List.of(new Workload("", List.of()));
    for (int i = 0; i < length; i++) {
      List<Workload> longer = new ArrayList<>();
      for (Workload start : all) {
        for (Workload step : SINGLE) {
          longer.add(start.then(step));
        }
      }
      all = longer;
    }
    return all;
  }

  /** A random sequence over four keys. */
  static Workload random(long seed, int length) {
    Random random = new Random(seed);
    Workload workload = new Workload("seed " + seed + ":", List.of());
    for (int i = 0; i < length; i++) {
      String key = "k" + random.nextInt(4);
      String other = "m" + random.nextInt(2);
      int size = random.nextInt(4) == 0 ? 1_500 : random.nextInt(300);
      workload = workload.then(
          switch (random.nextInt(10)) {
            case 0, 1 -> of("create " + key, run -> run.create(key, size));
            case 2, 3 -> of("put " + key, run -> run.put(key, size));
            case 4 -> of("delete " + key, run -> run.delete(key));
            case 5, 6 ->
              of("put " + key + " and remove " + other, run -> run.session(key, other, size));
            case 7 -> of("session", run -> run.session(other, key));
            case 8 -> SINGLE.get(4);
            default -> SINGLE.get(5);
          });
    }
    return workload;
  }

  /** The same, with time that passes after each two steps. */
  Workload withTimePassing() {
    Workload slow = new Workload(name + " slowly", List.of());
    for (int i = 0; i < steps.size(); i++) {
      slow = slow.then(new Workload("", List.of(steps.get(i))));
      if (i % 2 == 1) {
        slow = slow.then(of("", StoreRun::timePasses));
      }
    }
    return slow;
  }

  private Workload then(Workload next) {
    List<Function<StoreRun, Optional<ErrorCode>>> both = new ArrayList<>(steps);
    both.addAll(next.steps);
    return new Workload((name + " " + next.name).strip(), both);
  }
}
