package dev.kvstore.bench.work;

import dev.kvstore.bench.engine.Engine;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** One read of a random key. JMH makes this class by itself, so what is read is set beforehand. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@State(Scope.Benchmark)
public class ReadBenchmark {

  private static volatile @Nullable Engine subject;
  private static volatile long entries;

  /** Sets the store and the number of its entries. */
  static void subject(Engine engine, long count) {
    subject = engine;
    entries = count;
  }

  private final Engine engine = Objects.requireNonNull(subject);
  private final long count = entries;

  /** Where a thread draws its keys. */
  @State(Scope.Thread)
  public static class Draw {

    private static final AtomicInteger THREADS = new AtomicInteger();

    private final RandomGenerator random =
        RandomGeneratorFactory.of("Xoroshiro128PlusPlus").create(THREADS.incrementAndGet());
  }

  /** The measured step; JMH keeps the result from being optimized away. */
  @Benchmark
  public Object read(Draw draw) throws Exception {
    Object value = engine.read(Keys.key(draw.random.nextLong(count)));
    if (value == null) {
      throw new IllegalStateException("an entry is not there");
    }
    return value;
  }
}
