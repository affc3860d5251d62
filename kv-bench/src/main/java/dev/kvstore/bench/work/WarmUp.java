package dev.kvstore.bench.work;

import dev.kvstore.bench.engine.Durability;
import dev.kvstore.bench.engine.Engine;
import dev.kvstore.bench.engine.EngineType;
import dev.kvstore.bench.engine.Feature;
import dev.kvstore.bench.engine.Opening;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a work that forces is measured, and where its code becomes warm before: on a store beside it that does not force, many more
 * operations fit into a second, and it takes thousands before the JVM has compiled all of it.
 */
final class WarmUp {

  private static final int TIMES = 2;

  /** Enough for all of its code to be compiled; more would only fill the memory that the measured store needs. */
  private static final long OPERATIONS = 30_000;

  private WarmUp() {}

  /** A use of a store, for a time. */
  interface Use {
    /** Uses it for a time or for a number of operations, whichever ends first, and tells how many it did a second. */
    double on(Engine engine, long operations, double warmUpSeconds, double seconds)
        throws Exception;
  }

  /** Warms up {@code use}, and then measures it. */
  static double measured(Task task, EngineType type, Use use) throws Exception {
    if (type.cannot(Feature.UNFORCED_WRITES).isEmpty()) {
      Opening beside =
          new Opening(Durability.UNFORCED, task.opening().entries(), task.valueBytes());
      Path folder = folder(task, "warm-up");
      try (Engine engine = type.open(folder, beside)) {
        use.on(engine, OPERATIONS, 0, TIMES * task.warmUpSeconds());
      }
      // What the system has not written yet must not be in the way of the forces that count.
      Folders.delete(folder);
    }
    try (Engine engine = type.open(folder(task, "measured"), task.opening())) {
      return use.on(engine, Long.MAX_VALUE, task.warmUpSeconds(), task.seconds());
    }
  }

  private static Path folder(Task task, String name) throws IOException {
    return Files.createDirectory(task.directory().resolve(name));
  }
}
