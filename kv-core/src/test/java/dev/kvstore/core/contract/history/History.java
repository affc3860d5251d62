package dev.kvstore.core.contract.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** The operations that were recorded, also of several processes one after the other. */
final class History implements Recorder {

  private record Started(long at, List<Step> steps) {}

  private final AtomicLong events = new AtomicLong();
  private final Map<Integer, Started> running = new ConcurrentHashMap<>();
  private final Queue<Operation> operations = new ConcurrentLinkedQueue<>();

  @Override
  public void started(int thread, List<Step> steps) {
    running.put(thread, new Started(events.incrementAndGet(), steps));
  }

  @Override
  public void ended(int thread, List<Step> steps) {
    long end = events.incrementAndGet();
    operations.add(new Operation(thread, running.remove(thread).at(), end, steps, true));
  }

  /** The process is dead: what has not returned may have happened or not, but does not happen later. */
  void crashed() {
    long end = events.incrementAndGet();
    running.forEach((thread, started) ->
        operations.add(new Operation(thread, started.at(), end, started.steps(), false)));
    running.clear();
  }

  List<Operation> operations() {
    return new ArrayList<>(operations);
  }
}
