package dev.kvstore.core.contract.history;

import dev.kvstore.core.Session;
import dev.kvstore.core.error.ErrorCode;
import dev.kvstore.core.error.StoreException;
import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.TimeToLive;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * A session that tells what it sees. Each look at the master is an operation of its own, and so is the commit, which takes all
 * steps of the session at one instant. What it staged it must read itself. Methods return false once there is a conflict.
 */
final class RecordedSession {

  private final Session session;
  private final int thread;
  private final Recorder recorder;
  private final Map<Integer, Step> steps = new TreeMap<>();

  RecordedSession(Session session, int thread, Recorder recorder) {
    this.session = session;
    this.thread = thread;
    this.recorder = recorder;
  }

  boolean read(int key) {
    return look(key, () -> {
      Optional<Entry> found = session.find(Step.KEYS.get(key));
      return Step.look(key, found);
    });
  }

  boolean create(int key, long number) {
    return look(key, () -> {
      boolean created = Client.succeeds(
          ErrorCode.KEY_EXISTS,
          () -> session.create(Step.KEYS.get(key), Step.value(number), TimeToLive.unlimited()));
      return created ? new Step(key, Step.ABSENT, number) : Step.look(key, Step.PRESENT);
    });
  }

  boolean put(int key, long number) {
    return look(key, () -> {
      session.put(Step.KEYS.get(key), Step.value(number), TimeToLive.unlimited());
      return new Step(key, Step.ANY, number);
    });
  }

  boolean delete(int key) {
    return look(key, () -> {
      boolean deleted =
          Client.succeeds(ErrorCode.KEY_NOT_FOUND, () -> session.delete(Step.KEYS.get(key)));
      return deleted ? new Step(key, Step.PRESENT, Step.ABSENT) : Step.look(key, Step.ABSENT);
    });
  }

  void commit() {
    List<Step> all = List.copyOf(steps.values());
    recorder.started(thread, all);
    boolean committed = Client.succeeds(ErrorCode.CONFLICT, session::commit);
    recorder.ended(thread, committed ? all : List.of());
  }

  /** Takes a step of the session; unless it has staged the key before, that looks at the master. */
  private boolean look(int key, Supplier<Step> call) {
    Step before = steps.getOrDefault(key, Step.look(key, Step.ANY));
    if (before.stored() != Step.SAME) {
      long[] staged = new long[Step.KEYS.size()];
      staged[key] = before.stored();
      Step step = call.get();
      if (!step.take(staged)) {
        throw new AssertionError("a session that staged " + before + " sees " + step);
      }
      steps.put(key, new Step(key, before.expected(), staged[key]));
      return true;
    }
    recorder.started(thread, List.of());
    try {
      Step step = call.get();
      recorder.ended(thread, List.of(Step.look(key, step.expected())));
      long known = step.expected() > 0 || before.expected() == Step.ANY
          ? step.expected()
          : before.expected();
      steps.put(key, new Step(key, known, step.stored()));
      return true;
    } catch (StoreException e) {
      if (e.code() != ErrorCode.CONFLICT) {
        throw e;
      }
      recorder.ended(thread, List.of());
      return false;
    }
  }
}
