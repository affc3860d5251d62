package dev.kvstore.bench.work;

import dev.kvstore.bench.engine.Durability;
import dev.kvstore.bench.engine.Opening;
import java.nio.file.Path;
import java.util.List;

/**
 * What one process is to do.
 *
 * @param work the name of the work, see {@link Works}
 * @param engine the name of the engine
 * @param durability how the store is opened
 * @param valueBytes the length of a value, in bytes
 * @param threads how many threads work
 * @param entries how many entries the store holds, or is filled with; 0 if the time decides
 * @param warmUpSeconds how long to work before measuring
 * @param seconds how long to measure
 * @param directory where the store lies; exists
 */
public record Task(
    String work,
    String engine,
    Durability durability,
    int valueBytes,
    int threads,
    long entries,
    double warmUpSeconds,
    double seconds,
    Path directory) {

  private static final long TIMED_ENTRIES = 50_000;
  private static final int READ_WARM_UP_TIMES = 5;

  /** How the store is to be opened; where the time decides how many entries come, a generous number is told. */
  public Opening opening() {
    return new Opening(durability, entries > 0 ? entries : TIMED_ENTRIES, valueBytes);
  }

  /**
   * How long a work that only reads runs before it is measured: nothing holds it up, but its code is compiled in the background
   * meanwhile, which takes seconds where processors are few or slow.
   */
  public double readWarmUpSeconds() {
    return READ_WARM_UP_TIMES * warmUpSeconds;
  }

  /** The task as arguments of a process. */
  public List<String> arguments() {
    return List.of(
        work,
        engine,
        durability.name(),
        Integer.toString(valueBytes),
        Integer.toString(threads),
        Long.toString(entries),
        Double.toString(warmUpSeconds),
        Double.toString(seconds),
        directory.toString());
  }

  /** The task that {@link #arguments} tell. */
  public static Task of(String... arguments) {
    return new Task(
        arguments[0],
        arguments[1],
        Durability.valueOf(arguments[2]),
        Integer.parseInt(arguments[3]),
        Integer.parseInt(arguments[4]),
        Long.parseLong(arguments[5]),
        Double.parseDouble(arguments[6]),
        Double.parseDouble(arguments[7]),
        Path.of(arguments[8]));
  }

  /** The same task as another work. */
  public Task as(String otherWork) {
    return new Task(
        otherWork,
        engine,
        durability,
        valueBytes,
        threads,
        entries,
        warmUpSeconds,
        seconds,
        directory);
  }
}
