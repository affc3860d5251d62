package dev.kvstore.bench.work;

import dev.kvstore.bench.engine.Engine;
import dev.kvstore.bench.engine.EngineType;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;

/**
 * A number of creates between two marks that a trace of system calls shows: attempts to open a file that is not there. So the
 * forces of opening and closing are told from those of the creates.
 */
public final class ProofWork implements Work {

  /** The name of the file that is asked for before and after the creates. */
  public static final String MARK = "kv-bench-mark-of-the-proof";

  private static final long WARM_UP = 16;

  @Override
  public void run(Task task, EngineType type, Output output) throws Exception {
    Values values = new Values(task.valueBytes());
    try (Engine engine = type.open(task.directory(), task.opening());
        Crew crew = new Crew(task.threads())) {
      crew.counted(WARM_UP, Double.MAX_VALUE, n -> Creating.create(engine, n, values));
      mark();
      crew.counted(
          task.entries(), Double.MAX_VALUE, n -> Creating.create(engine, WARM_UP + n, values));
      mark();
    }
  }

  private static void mark() throws IOException {
    try (FileInputStream unexpected = new FileInputStream(MARK)) {
      throw new IOException(MARK + " exists, " + unexpected.available() + " bytes");
    } catch (FileNotFoundException expected) {
      // It is the attempt that counts.
    }
  }
}
