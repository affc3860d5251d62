package dev.kvstore.h2;

import static dev.kvstore.h2.Fixture.NOW;
import static dev.kvstore.h2.Fixture.options;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.JsonValue;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.port.CommitResult;
import dev.kvstore.core.port.Effect;
import dev.kvstore.core.port.Expectation;
import dev.kvstore.core.port.Mutation;
import dev.kvstore.core.port.ProgressListener;
import dev.kvstore.core.port.VerifyReport;
import dev.kvstore.files.Durability;
import dev.kvstore.files.StorageOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

  /**
   * What a store is made to do: how many sessions, of how many operations, on how many keys, how seldom a large value, with which
   * pauses, and after how many sessions a rewrite (0 for none).
   */
  private record Workload(
      int sessions,
      int maxOperations,
      int keys,
      int largeIsOneOf,
      int pauseMillis,
      int rewriteEvery) {}

  private static final Workload SMALL = new Workload(60, 4, 30, 8, 0, 25);
  private static final Workload BATCHED = new Workload(100, 4, 30, 8, 10, 45);
  private static final Workload LARGE = new Workload(3, 2_500, 2_000, 1, 0, 2);
  private static final Workload AGING = new Workload(800, 4, 30, 8, 100, 0);

  /** A commit was acknowledged: the store holds this now. */
  private record Acknowledged(Map<Key, JsonValue> content) {}

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
    run(LARGE, 60, Durability.SYNC);
  }

  /** Space that H2 has freed is free for use after 45 seconds: if it used it, the newest chunk could be anywhere. */
  @Test
  @Tag("slow")
  void aPowerCutOfAnOldFileLosesNothingAcknowledged() throws IOException {
    run(AGING, 1_000, Durability.SYNC);
  }

  private void run(int cuts, Durability durability) throws IOException {
    run(workload(durability), cuts, durability);
  }

  private void run(Workload workload, int cuts, Durability durability) throws IOException {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    Path origin = folder.resolve("origin-" + seed);
    Path begin = folder.resolve("begin-" + seed);
    DiskHistory history = record(random, workload, durability, origin, begin);
    assertEquals(workload.rewriteEvery() > 0, history.published() > 0, "rewritten");
    for (int cut = 0; cut < cuts; cut++) {
      try {
        checkCut(random, durability, begin, history);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("cut " + cut + " of seed " + seed + ": " + e.getMessage(), e);
      }
    }
  }

  /** With pauses, so that something is forced meanwhile. */
  private static Workload workload(Durability durability) {
    return durability == Durability.BATCH ? BATCHED : SMALL;
  }

  /** Runs a store, with the file as it is at first in {@code begin}, and keeps what it does to its files. */
  private static DiskHistory record(
      Random random, Workload workload, Durability durability, Path origin, Path begin)
      throws IOException {
    Map<Key, JsonValue> content = new TreeMap<>();
    try (H2Storage storage = H2Storage.open(origin)) {
      for (int i = 0; i < 20; i++) {
        change(random, SMALL, storage, content);
      }
    }
    Files.copy(Path.of(origin + ".mv.db"), begin);
    DiskHistory history = new DiskHistory();
    history.note(new Acknowledged(Map.copyOf(content)));
    StorageOptions options = options(origin).withDurability(durability);
    try (H2Storage storage = H2Storage.open(options, history)) {
      for (int i = 0; i < workload.sessions(); i++) {
        change(random, workload, storage, content);
        history.note(new Acknowledged(Map.copyOf(content)));
        LockSupport.parkNanos(workload.pauseMillis() * 1_000_000L);
        if (workload.rewriteEvery() > 0 && i % workload.rewriteEvery() == 1) {
          storage.compact(NOW);
        }
      }
    }
    return history;
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

  private void checkCut(Random random, Durability durability, Path begin, DiskHistory history)
      throws IOException {
    int cut = history.whereToCut(random);
    List<Map<Key, JsonValue>> allowed = allowedAfter(history, cut, durability);
    Path store = folder.resolve("cut");
    Path file = Path.of(store + ".mv.db");
    history.replay(random, cut, begin, file);
    VerifyReport report = H2Maintenance.of(store).verify(ProgressListener.NONE);
    assertTrue(report.isSound(), report::toString);
    try (H2Storage storage = H2Storage.open(store)) {
      Map<Key, JsonValue> found = new TreeMap<>();
      storage
          .scan(Fixture.ALL, 10_000, NOW)
          .items()
          .forEach(entry -> found.put(entry.key(), entry.value()));
      assertTrue(
          allowed.contains(found),
          () -> "holds " + found.size() + " entries that no commit made, or too few commits");
      assertFalse(Files.exists(DiskHistory.rewriteOf(file)), "what is left of a rewrite");
      Fixture.put(storage, "after", Fixture.value(1));
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /**
   * The content last acknowledged before the cut, and that of the commit under way; in weaker modes all since the last force,
   * too.
   */
  private static List<Map<Key, JsonValue>> allowedAfter(
      DiskHistory history, int cut, Durability durability) {
    int durable = durability == Durability.SYNC ? cut : history.durableBefore(cut);
    List<Map<Key, JsonValue>> allowed = new ArrayList<>();
    List<DiskHistory.Event> events = history.events();
    for (int i = 0; i < events.size(); i++) {
      if (events.get(i) instanceof DiskHistory.Note<?> note
          && note.content() instanceof Acknowledged state) {
        if (i < durable) {
          allowed.clear();
        }
        allowed.add(state.content());
        if (i >= cut) {
          break;
        }
      }
    }
    return allowed;
  }
}
