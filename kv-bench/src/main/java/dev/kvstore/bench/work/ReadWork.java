package dev.kvstore.bench.work;

import dev.kvstore.bench.engine.Engine;
import dev.kvstore.bench.engine.EngineType;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Reads of keys at random, by JMH in this process: the caller starts a process an engine and round. */
final class ReadWork implements Work {

  private static final int ITERATIONS = 4;

  @Override
  public void run(Task task, EngineType type, Output output) throws Exception {
    try (Engine engine = Subject.open(task, type)) {
      Subject.check(engine, type, task, task.entries() / 2);
      ReadBenchmark.subject(engine, task.entries());
      RunResult result = new Runner(new OptionsBuilder()
              .include(ReadBenchmark.class.getName())
              .forks(0)
              .threads(task.threads())
              .warmupIterations(ITERATIONS)
              .warmupTime(part(task.readWarmUpSeconds()))
              .measurementIterations(ITERATIONS)
              .measurementTime(part(task.seconds()))
              .shouldFailOnError(true)
              .verbosity(VerboseMode.SILENT)
              .build())
          .runSingle();
      output.measure(
          "throughput", Unit.OPERATIONS_PER_SECOND, result.getPrimaryResult().getScore());
    }
  }

  private static TimeValue part(double seconds) {
    return TimeValue.milliseconds((long) (seconds * 1000 / ITERATIONS));
  }
}
