package dev.kvstore.bench.run;

import static dev.kvstore.bench.engine.Feature.COMMITS;
import static dev.kvstore.bench.engine.Feature.COMPACTION;
import static dev.kvstore.bench.engine.Feature.DELETES;
import static dev.kvstore.bench.engine.Feature.FORCED_WRITES;
import static dev.kvstore.bench.engine.Feature.ONLINE_COMPACTION;
import static dev.kvstore.bench.engine.Feature.ORDER;
import static dev.kvstore.bench.engine.Feature.PERSISTENCE;
import static dev.kvstore.bench.engine.Feature.READS;
import static dev.kvstore.bench.engine.Feature.UNFORCED_WRITES;

import dev.kvstore.bench.engine.Feature;
import dev.kvstore.bench.work.Works;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What is measured, in order: first what starts empty, then what starts from a filled store, the works on one filled store
 * together.
 *
 * @param cases the measurements
 * @param rounds how often each is repeated
 * @param warmUpSeconds how long a timed work runs before it is measured
 * @param seconds how long it is measured
 * @param timeoutSeconds when a process is given up
 * @param limitSeconds how long the whole may take: no round begins that would end later
 */
public record Programme(
    List<Case> cases,
    int rounds,
    double warmUpSeconds,
    double seconds,
    int timeoutSeconds,
    int limitSeconds) {

  /** The name of the durable creates, which the proof belongs to. */
  static final String DURABLE_CREATE = "durable-create";

  /** The name of the start-up of the command line, which is no work of an engine alone. */
  static final String START_UP = "start-up";

  private static final int UNLIMITED = Integer.MAX_VALUE;

  private static final int SMALL = 128;
  private static final int MEDIUM = 1_024;
  private static final int LARGE = 15_360;

  /** The most entries of 1 KB that our engines take below their cap of 1 GB, and let removals and compactions go on. */
  private static final long NEARLY_FULL = 700_000;

  /**
   * What the options ask for.
   *
   * @throws IllegalArgumentException if they ask for a work, or a number of entries, that there is not
   */
  public static Programme of(Options options) {
    Programme all = options.quick() ? quick() : full();
    options.works().forEach(all::check);
    options.entries().forEach(all::check);
    double pace = options.scale() == 1 ? 1 : 0.1;
    return new Programme(
        all.cases().stream()
            .filter(next -> options.wantsWork(next.name()))
            .filter(next -> options.wantsEntries(next.entries()))
            .map(next -> next.scaled(options.scale()))
            .toList(),
        options.rounds().orElse(all.rounds()),
        all.warmUpSeconds() * pace,
        all.seconds() * pace,
        all.timeoutSeconds(),
        all.limitSeconds());
  }

  /**
   * The cases in blocks, each with rounds of its own: a work that starts empty, or all that starts from one dataset. Where the time
   * is limited, one block has everything, so that what is left out is a round of all.
   */
  List<List<Case>> blocks() {
    if (limitSeconds != UNLIMITED) {
      return List.of(cases);
    }
    List<List<Case>> blocks = new ArrayList<>();
    Optional<Object> last = Optional.empty();
    for (Case next : cases) {
      Optional<Object> common =
          Optional.of(next.stage() == Stage.EMPTY ? next.name() : next.dataset());
      if (!common.equals(last)) {
        blocks.add(new ArrayList<>());
        last = common;
      }
      blocks.get(blocks.size() - 1).add(next);
    }
    return blocks;
  }

  /** The short programme: rounds of at most some minutes, none begun that would pass ten minutes in all. */
  public static Programme quick() {
    List<Case> cases = new ArrayList<>();
    for (int threads : new int[] {1, 16}) {
      cases.add(durableCreate(MEDIUM, threads));
    }
    cases.add(create(MEDIUM, 1, 100_000));
    cases.add(read(MEDIUM, 1, 100_000));
    cases.add(open(100_000));
    cases.add(size(100_000));
    cases.add(shrink(100_000, true));
    return new Programme(cases, 3, 0.3, 1.0, 60, 540);
  }

  /** Everything. */
  public static Programme full() {
    List<Case> cases = new ArrayList<>();
    for (int valueBytes : new int[] {SMALL, MEDIUM, LARGE}) {
      for (int threads : new int[] {1, 4, 16}) {
        cases.add(durableCreate(valueBytes, threads));
      }
    }
    cases.add(delete(1, 20_000));
    cases.add(delete(16, 100_000));
    cases.add(session(1));
    cases.add(session(16));
    for (long entries : new long[] {10_000, 100_000, NEARLY_FULL}) {
      cases.add(create(MEDIUM, 1, entries));
    }
    cases.add(create(MEDIUM, 2, 100_000));
    cases.add(create(MEDIUM, 2, NEARLY_FULL));
    cases.add(read(MEDIUM, 1, 10_000));
    cases.add(read(MEDIUM, 1, 100_000));
    cases.add(read(MEDIUM, 1, 200_000));
    cases.add(read(MEDIUM, 2, 200_000));
    cases.add(read(SMALL, 1, 1_000_000));
    cases.add(read(SMALL, 2, 1_000_000));
    cases.add(list(1_000_000));
    cases.add(memory(1_000_000));
    cases.add(readInLittleMemory(SMALL, 1_000_000));
    cases.add(read(MEDIUM, 1, NEARLY_FULL));
    cases.add(read(MEDIUM, 2, NEARLY_FULL));
    cases.add(readInLittleMemory(MEDIUM, NEARLY_FULL));
    cases.add(open(NEARLY_FULL));
    cases.add(openKilled(NEARLY_FULL));
    cases.add(size(NEARLY_FULL));
    cases.add(shrink(NEARLY_FULL, true));
    cases.add(compaction(NEARLY_FULL));
    return new Programme(cases, 5, 0.5, 1.0, 1_200, UNLIMITED);
  }

  /** The names of all works, in order. */
  public static List<String> names() {
    return Stream.concat(full().cases().stream().map(Case::name), Stream.of(START_UP))
        .distinct()
        .toList();
  }

  private static Case durableCreate(int valueBytes, int threads) {
    return empty(DURABLE_CREATE, Works.CREATE_TIMED, Set.of(FORCED_WRITES), valueBytes, threads, 0);
  }

  private static Case delete(int threads, long entries) {
    return empty(
        "durable-delete", Works.DELETE, Set.of(FORCED_WRITES, DELETES), MEDIUM, threads, entries);
  }

  private static Case session(int threads) {
    return empty(
        "session-of-10", Works.SESSION, Set.of(FORCED_WRITES, COMMITS), MEDIUM, threads, 0);
  }

  private static Case create(int valueBytes, int threads, long entries) {
    return empty(
        "create-unforced",
        Works.CREATE_COUNTED,
        Set.of(UNFORCED_WRITES),
        valueBytes,
        threads,
        entries);
  }

  private static Case read(int valueBytes, int threads, long entries) {
    return filled(
        "random-read", Works.READ, Stage.FILLED, Set.of(READS), valueBytes, threads, entries);
  }

  private static Case readInLittleMemory(int valueBytes, long entries) {
    return new Case(
        "random-read-in-32-mb",
        Works.READ,
        Stage.FILLED,
        Set.of(READS, PERSISTENCE),
        valueBytes,
        1,
        entries,
        List.of("-Xmx32m", "-Xms32m"),
        false);
  }

  private static Case list(long entries) {
    return filled("prefix-list", Works.LIST, Stage.FILLED, Set.of(READS, ORDER), SMALL, 1, entries);
  }

  private static Case memory(long entries) {
    return filled("memory", Works.MEMORY, Stage.FILLED, Set.of(READS), SMALL, 1, entries);
  }

  private static Case open(long entries) {
    return filled(
        "open-clean",
        Works.FIRST_READ,
        Stage.FILLED,
        Set.of(READS, PERSISTENCE, DELETES),
        MEDIUM,
        1,
        entries);
  }

  private static Case openKilled(long entries) {
    return filled(
        "open-killed",
        Works.FIRST_READ,
        Stage.KILLED,
        Set.of(READS, PERSISTENCE, DELETES),
        MEDIUM,
        1,
        entries);
  }

  private static Case size(long entries) {
    return new Case(
        "disk-after-load",
        Works.SIZE,
        Stage.FILLED,
        Set.of(PERSISTENCE, DELETES),
        MEDIUM,
        1,
        entries,
        List.of(),
        true);
  }

  private static Case shrink(long entries, boolean once) {
    return new Case(
        "disk-after-compaction",
        Works.SHRINK,
        Stage.COPY,
        Set.of(PERSISTENCE, DELETES, COMPACTION),
        MEDIUM,
        1,
        entries,
        List.of(),
        once);
  }

  private static Case compaction(long entries) {
    return filled(
        "compaction",
        Works.COMPACTION,
        Stage.COPY,
        Set.of(PERSISTENCE, FORCED_WRITES, COMPACTION, ONLINE_COMPACTION),
        MEDIUM,
        1,
        entries);
  }

  private static Case empty(
      String name, String work, Set<Feature> needs, int valueBytes, int threads, long entries) {
    return new Case(name, work, Stage.EMPTY, needs, valueBytes, threads, entries, List.of(), false);
  }

  private static Case filled(
      String name,
      String work,
      Stage stage,
      Set<Feature> needs,
      int valueBytes,
      int threads,
      long entries) {
    return new Case(name, work, stage, needs, valueBytes, threads, entries, List.of(), false);
  }

  private void check(long entries) {
    if (cases.stream().noneMatch(next -> next.entries() == entries)) {
      throw new IllegalArgumentException("no work has " + entries + " entries");
    }
  }

  private void check(String work) {
    if (!names().contains(work)) {
      throw new IllegalArgumentException(
          "there is no work " + work + "; there are " + String.join(", ", names()));
    }
    boolean there = cases.stream().anyMatch(next -> next.name().equals(work));
    if (!there && !work.equals(START_UP)) {
      throw new IllegalArgumentException(work + " is no part of --quick; leave that out");
    }
  }
}
