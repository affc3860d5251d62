package dev.kvstore.h2;

import static dev.kvstore.h2.Fixture.NOW;
import static dev.kvstore.h2.Fixture.options;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.JsonValue;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.port.CommitResult;
import dev.kvstore.core.port.Effect;
import dev.kvstore.core.port.Expectation;
import dev.kvstore.core.port.Mutation;
import dev.kvstore.files.Durability;
import dev.kvstore.files.StorageOptions;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Power cuts, simulated: what was written and not yet forced reaches the disk in part, sector by sector, in no order. From
 * every such state the store must open with everything that was acknowledged, and nothing of a commit that was half done.
 */
class CrashStateTest {

  private static final int SECTOR = 512;

  /** What a store is made to do: how many sessions, of how many operations, on how many keys, how seldom a large value, with which
   * pauses. */
  private record Workload(
      int sessions, int maxOperations, int keys, int largeIsOneOf, int pauseMillis) {}

  private static final Workload SMALL = new Workload(60, 4, 30, 8, 0);
  private static final Workload BATCHED = new Workload(100, 4, 30, 8, 10);
  private static final Workload LARGE = new Workload(2, 5_000, 4_000, 1, 0);
  private static final Workload AGING = new Workload(800, 4, 30, 8, 100);

  /** What happened to the file, in order. */
  private sealed interface Event {}

  private record Write(long position, List<byte[]> sectors) implements Event {}

  private record Truncate(long size) implements Event {}

  private record Force() implements Event {}

  /** A commit was acknowledged: the store holds this now. */
  private record Acknowledged(Map<Key, JsonValue> content) implements Event {}

  @TempDir
  Path folder;

  @Test
  void aPowerCutLosesNothingAcknowledged() throws IOException {
    run(200, Durability.SYNC);
  }

  @Test
  @Tag("slow")
  void thousandsOfPowerCutsLoseNothingAcknowledged() throws IOException {
    for (int round = 0; round < 10; round++) {
      run(500, Durability.SYNC);
    }
  }

  /** Without a force for each commit the last ones may be lost, but none without those after it. */
  @ParameterizedTest
  @EnumSource(names = {"BATCH", "NONE"})
  void aPowerCutWithWeakerModesLeavesAPrefix(Durability durability) throws IOException {
    run(100, durability);
  }

  @ParameterizedTest
  @EnumSource(names = {"BATCH", "NONE"})
  @Tag("slow")
  void thousandsOfPowerCutsWithWeakerModesLeaveAPrefix(Durability durability) throws IOException {
    for (int round = 0; round < 6; round++) {
      run(500, durability);
    }
  }

  /** H2 writes such a session in several parts. */
  @Test
  @Tag("slow")
  void aPowerCutAmidALargeSessionLeavesAllOfItOrNothing() throws IOException {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    Path origin = folder.resolve("origin");
    Path begin = folder.resolve("begin");
    List<Event> events = new ArrayList<>();
    record(random, LARGE, Durability.SYNC, origin, begin, events);
    checkCuts(60, seed, random, Durability.SYNC, begin, events);
  }

  /** Space that H2 has freed is free for use after 45 seconds: if it used it, the newest chunk could be anywhere. */
  @Test
  @Tag("slow")
  void aPowerCutOfAnOldFileLosesNothingAcknowledged() throws IOException {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    Path origin = folder.resolve("origin");
    Path begin = folder.resolve("begin");
    List<Event> events = new ArrayList<>();
    record(random, AGING, Durability.SYNC, origin, begin, events);
    checkCuts(1_000, seed, random, Durability.SYNC, begin, events);
  }

  private void run(int cuts, Durability durability) throws IOException {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    Path origin = folder.resolve("origin-" + seed);
    Path begin = folder.resolve("begin-" + seed);
    List<Event> events = new ArrayList<>();
    record(random, workload(durability), durability, origin, begin, events);
    checkCuts(cuts, seed, random, durability, begin, events);
  }

  /** With pauses, so that something is forced meanwhile. */
  private static Workload workload(Durability durability) {
    return durability == Durability.BATCH ? BATCHED : SMALL;
  }

  private void checkCuts(
      int cuts, long seed, Random random, Durability durability, Path begin, List<Event> events)
      throws IOException {
    for (int cut = 0; cut < cuts; cut++) {
      try {
        checkCut(random, durability, begin, events);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("cut " + cut + " of seed " + seed + ": " + e.getMessage(), e);
      }
    }
  }

  /** Runs a store, with the file as it is at first in {@code begin}, and keeps what it does to its file. */
  private static void record(
      Random random,
      Workload workload,
      Durability durability,
      Path origin,
      Path begin,
      List<Event> events)
      throws IOException {
    Map<Key, JsonValue> content = new TreeMap<>();
    try (H2Storage storage = H2Storage.open(origin)) {
      for (int i = 0; i < 20; i++) {
        change(random, SMALL, storage, content);
      }
    }
    Files.copy(Path.of(origin + ".mv.db"), begin);
    events.add(new Acknowledged(Map.copyOf(content)));
    StorageOptions options = options(origin).withDurability(durability);
    try (H2Storage storage = H2Storage.open(options, HookedFile.opener(new Recorder(events)))) {
      for (int i = 0; i < workload.sessions(); i++) {
        change(random, workload, storage, content);
        events.add(new Acknowledged(Map.copyOf(content)));
        LockSupport.parkNanos(workload.pauseMillis() * 1_000_000L);
      }
    }
  }

  private static void change(
      Random random, Workload workload, H2Storage storage, Map<Key, JsonValue> content) {
    Map<Key, JsonValue> next = new TreeMap<>(content);
    Map<Key, Mutation> mutations = new TreeMap<>();
    int operations = 1 + random.nextInt(workload.maxOperations());
    for (int i = 0; i < operations; i++) {
      Key key = Key.of("key" + random.nextInt(workload.keys()));
      if (next.containsKey(key) && random.nextInt(3) == 0) {
        mutations.put(key, new Mutation(key, Expectation.ANY, Effect.REMOVE));
        next.remove(key);
      } else {
        int bytes =
            random.nextInt(workload.largeIsOneOf()) == 0 ? 16_000 : 20 + random.nextInt(300);
        JsonValue value =
            JsonValue.parse("{\"v\":\"" + random.nextInt(1_000_000) + "x".repeat(bytes) + "\"}");
        mutations.put(key, Mutation.put(key, value, Entry.NEVER));
        next.put(key, value);
      }
    }
    assertEquals(CommitResult.APPLIED, storage.commit(List.copyOf(mutations.values()), NOW));
    content.clear();
    content.putAll(next);
  }

  private void checkCut(Random random, Durability durability, Path begin, List<Event> events)
      throws IOException {
    int last = whereToCut(random, events);
    List<Map<Key, JsonValue>> allowed = allowedAfter(events, last, durability);
    Path store = folder.resolve("cut");
    Path file = Path.of(store + ".mv.db");
    Files.copy(begin, file);
    try (RandomAccessFile disk = new RandomAccessFile(file.toFile(), "rw")) {
      replay(random, events.subList(0, last), disk);
    }
    try (H2Storage storage = H2Storage.open(store)) {
      Map<Key, JsonValue> found = new TreeMap<>();
      storage
          .scan(Fixture.ALL, 10_000, NOW)
          .items()
          .forEach(entry -> found.put(entry.key(), entry.value()));
      assertTrue(
          allowed.contains(found),
          () -> "holds " + found.size() + " entries that no commit made, or too few commits");
      Fixture.put(storage, "after", Fixture.value(1));
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /** Most of the time amid a write: elsewhere little can happen. */
  private static int whereToCut(Random random, List<Event> events) {
    int last;
    do {
      last = 1 + random.nextInt(events.size() - 1);
    } while (!(events.get(last - 1) instanceof Write) && random.nextInt(10) != 0);
    return last;
  }

  /**
   * The content last acknowledged before the cut, and that of the commit under way; in weaker modes all since the last force,
   * too.
   */
  private static List<Map<Key, JsonValue>> allowedAfter(
      List<Event> events, int last, Durability durability) {
    int durable = durability == Durability.SYNC ? last : lastForce(events.subList(0, last));
    List<Map<Key, JsonValue>> allowed = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      if (events.get(i) instanceof Acknowledged state) {
        if (i < durable) {
          allowed.clear();
        }
        allowed.add(state.content());
        if (i >= last) {
          break;
        }
      }
    }
    return allowed;
  }

  private static int lastForce(List<Event> events) {
    int forced = 0;
    for (int i = 0; i < events.size(); i++) {
      if (events.get(i) instanceof Force) {
        forced = i;
      }
    }
    return forced;
  }

  private static void replay(Random random, List<Event> events, RandomAccessFile disk)
      throws IOException {
    int forced = lastForce(events);
    long sectors = events.subList(forced, events.size()).stream()
        .mapToLong(event -> event instanceof Write write ? write.sectors().size() : 0)
        .sum();
    // Most of the time all but one, since that is what is noticed least.
    long lost = random.nextInt(4) == 0 ? -1 : random.nextLong(sectors + 1);
    int likelihood = random.nextInt(5);
    for (int i = 0; i < events.size(); i++) {
      if (events.get(i) instanceof Write write) {
        for (int sector = 0; sector < write.sectors().size(); sector++) {
          boolean written = i < forced || (lost < 0 ? random.nextInt(4) < likelihood : lost-- != 0);
          if (written) {
            disk.seek(write.position() + (long) sector * SECTOR);
            disk.write(write.sectors().get(sector));
          }
        }
      } else if (events.get(i) instanceof Truncate truncate
          && (i < forced || random.nextBoolean())
          && truncate.size() < disk.length()) {
        disk.setLength(truncate.size());
      }
    }
  }

  private record Recorder(List<Event> events) implements HookedFile.Hook {

    @Override
    public void beforeWrite(byte[] source, int offset, int length, long position) {
      List<byte[]> sectors = new ArrayList<>();
      for (int at = 0; at < length; at += SECTOR) {
        sectors.add(
            Arrays.copyOfRange(source, offset + at, offset + Math.min(at + SECTOR, length)));
      }
      add(new Write(position, sectors));
    }

    @Override
    public void beforeTruncate(long size) {
      add(new Truncate(size));
    }

    @Override
    public void afterForce() {
      add(new Force());
    }

    private void add(Event event) {
      synchronized (events) {
        events.add(event);
      }
    }
  }
}
