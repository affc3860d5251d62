package dev.kvstore.bench.work;

import dev.kvstore.bench.engine.Engine;
import dev.kvstore.bench.engine.EngineType;
import java.util.ArrayList;
import java.util.List;

/** Deletes every other entry of a filled store, compacts it and closes it. */
final class ShrinkWork implements Work {

  @Override
  public void run(Task task, EngineType type, Output output) throws Exception {
    try (Engine engine = type.open(task.directory(), task.opening())) {
      deleteHalf(engine, task.entries());
      long start = System.nanoTime();
      engine.compact();
      output.measure("compaction", Unit.SECONDS, (System.nanoTime() - start) / 1e9);
    }
  }

  static void deleteHalf(Engine engine, long entries) throws Exception {
    List<String> keys = new ArrayList<>();
    for (long n = 0; n < entries; n += 2) {
      keys.add(Keys.key(n));
      if (keys.size() == Filling.BATCH || n + 2 >= entries) {
        engine.deleteAll(keys);
        keys.clear();
      }
    }
  }
}
