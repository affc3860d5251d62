package dev.kvstore.bench.work;

import dev.kvstore.bench.engine.Durability;
import dev.kvstore.bench.engine.Engine;
import dev.kvstore.bench.engine.EngineType;
import dev.kvstore.bench.engine.Feature;
import java.util.LinkedHashMap;
import java.util.Map;

/** Fills a store before it is measured, in large commits where it has them. */
public final class Filling {

  /** How many entries a commit holds. */
  static final int BATCH = 1_000;

  private Filling() {}

  /** How a store is opened that is filled first and measured in other processes: forced where it can. */
  public static Durability durability(EngineType type) {
    return type.cannot(Feature.FORCED_WRITES).isEmpty() ? Durability.FORCED : Durability.UNFORCED;
  }

  /** Stores the entries number 0 to {@code entries}. */
  static void fill(Engine engine, EngineType type, long entries, Values values) throws Exception {
    boolean commits = type.cannot(Feature.COMMITS).isEmpty();
    Map<String, byte[]> batch = new LinkedHashMap<>();
    for (long n = 0; n < entries; n++) {
      if (!commits) {
        engine.createIfAbsent(Keys.key(n), values.value(n));
        continue;
      }
      batch.put(Keys.key(n), values.value(n));
      if (batch.size() == BATCH || n == entries - 1) {
        engine.createAll(batch);
        batch.clear();
      }
    }
  }
}
