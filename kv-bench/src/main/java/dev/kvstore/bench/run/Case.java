package dev.kvstore.bench.run;

import dev.kvstore.bench.engine.Durability;
import dev.kvstore.bench.engine.EngineType;
import dev.kvstore.bench.engine.Feature;
import dev.kvstore.bench.work.Filling;
import dev.kvstore.bench.work.Folders;
import dev.kvstore.bench.work.Keys;
import dev.kvstore.bench.work.Measure;
import dev.kvstore.bench.work.Task;
import dev.kvstore.bench.work.Unit;
import dev.kvstore.bench.work.Works;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One measurement of the programme, to be repeated in rounds over all engines.
 *
 * @param name the name of the work in tables and for {@code --only}
 * @param work what the process does, see {@link dev.kvstore.bench.work.Works}
 * @param stage what it starts from
 * @param needs what an engine must be able to do
 * @param valueBytes the length of a value, in bytes
 * @param threads how many threads work
 * @param entries how many entries there are, or are made
 * @param flags what its processes are started with, besides what the engine needs
 * @param once whether one round is enough, because the result does not vary
 */
record Case(
    String name,
    String work,
    Stage stage,
    Set<Feature> needs,
    int valueBytes,
    int threads,
    long entries,
    List<String> flags,
    boolean once) {

  private static final long MIN_SCALED = 200;

  /** How the store is opened. */
  Durability durability(EngineType type) {
    return needs.contains(Feature.UNFORCED_WRITES) ? Durability.UNFORCED : Filling.durability(type);
  }

  /** Why an engine cannot take part; empty if it can. */
  Optional<String> cannot(EngineType type) {
    return needs.stream().sorted().flatMap(need -> type.cannot(need).stream()).findFirst();
  }

  /** Whether the result counts only if every operation was forced. */
  boolean durable() {
    return stage == Stage.EMPTY && needs.contains(Feature.FORCED_WRITES);
  }

  /** How many entries an engine has in it. */
  long entries(EngineType type) {
    return Math.min(entries, type.maxEntries());
  }

  /** The filled store that it starts from. */
  Dataset dataset() {
    return new Dataset(valueBytes, entries);
  }

  /** What a process of an engine has to do, the store lying in {@code directory}. */
  Task task(EngineType type, Programme programme, Path directory) {
    return new Task(
        work,
        type.name(),
        durability(type),
        valueBytes,
        threads,
        entries(type),
        programme.warmUpSeconds(),
        programme.seconds(),
        directory);
  }

  /** What the store takes on the disk for each byte of keys and values that it should hold now. */
  Measure size(EngineType type, Path directory) throws IOException, InterruptedException {
    long live = work.equals(Works.SHRINK) ? entries(type) / 2 : entries(type);
    double userBytes = (double) live * (Keys.BYTES + valueBytes);
    return new Measure(
        "size", Unit.BYTES_PER_USER_BYTE, Folders.bytesOnDisk(directory) / userBytes);
  }

  /** The same with fewer entries. */
  Case scaled(int divisor) {
    long fewer = entries == 0 ? 0 : Math.max(MIN_SCALED, entries / divisor);
    return new Case(name, work, stage, needs, valueBytes, threads, fewer, flags, once);
  }

  /** A progress line. */
  @Override
  public String toString() {
    return name
        + ", "
        + valueBytes
        + " B, "
        + threads
        + (threads == 1 ? " thread" : " threads")
        + (entries > 0 ? ", " + entries + " entries" : "");
  }
}
