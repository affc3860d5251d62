package dev.kvstore.bench.work;

import dev.kvstore.bench.engine.Engine;
import dev.kvstore.bench.engine.EngineType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** Opens a filled store, reads from all over it, and tells what heap and resident memory it holds then. */
final class MemoryWork implements Work {

  private static final int READS = 100_000;
  private static final Path STATUS = Path.of("/proc/self/status");

  @Override
  public void run(Task task, EngineType type, Output output) throws Exception {
    Random random = new Random(1);
    try (Engine engine = Subject.open(task, type)) {
      long reads = Math.min(READS, task.entries() * 10);
      for (long i = 0; i < reads; i++) {
        Subject.check(engine, type, task, random.nextLong(task.entries()));
      }
      output.measure("heap", Unit.BYTES, usedHeap());
      output.measure("resident", Unit.BYTES, status("VmRSS:"));
      output.measure("resident-without-files", Unit.BYTES, status("RssAnon:"));
    }
  }

  private static double usedHeap() throws InterruptedException {
    Runtime runtime = Runtime.getRuntime();
    for (int i = 0; i < 3; i++) {
      System.gc();
      Thread.sleep(50);
    }
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static double status(String field) throws IOException {
    for (String line : Files.readAllLines(STATUS)) {
      if (line.startsWith(field)) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024.0;
      }
    }
    throw new IOException(STATUS + " has no " + field);
  }
}
