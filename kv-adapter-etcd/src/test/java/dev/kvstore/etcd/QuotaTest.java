package dev.kvstore.etcd;

import static dev.kvstore.etcd.Fixture.NOW;
import static dev.kvstore.etcd.Fixture.assertCode;
import static dev.kvstore.etcd.Fixture.createIn;
import static dev.kvstore.etcd.Fixture.delete;
import static dev.kvstore.etcd.Fixture.has;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.core.error.ErrorCode;
import dev.kvstore.core.error.StoreException;
import dev.kvstore.core.model.Entry;
import dev.kvstore.core.model.JsonValue;
import dev.kvstore.core.model.Key;
import dev.kvstore.core.model.StoreStatus;
import dev.kvstore.core.port.CommitResult;
import dev.kvstore.core.port.Mutation;
import dev.kvstore.etcd.testkit.TestCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A cluster whose quota is used up, and the limits of a commit. */
@Timeout(120)
class QuotaTest {

  private static final long QUOTA = 2_000_000;

  private static Mutation large(String key) {
    return Mutation.create(
        Key.of(key), JsonValue.parse("{\"v\":\"" + "x".repeat(16_000) + "\"}"), Entry.NEVER);
  }

  @Test
  void aFullClusterSaysSoAndDeletesAndIsWellAfterCompaction() {
    try (TestCluster cluster = TestCluster.start(1, "--quota-backend-bytes=" + QUOTA);
        EtcdStorage storage = EtcdStorage.open(cluster.options("ns"))) {
      List<String> made = new ArrayList<>();
      StoreException full = assertCode(ErrorCode.STORE_FULL, () -> {
        for (int i = 0; i < 1_000; i++) {
          storage.commit(List.of(large("k" + i)), NOW);
          made.add("k" + i);
        }
      });
      assertEquals(QUOTA, full.details().get("limit"));
      assertTrue((long) full.details().get("actual") > QUOTA / 2, full::toString);
      assertTrue(has(storage, made.get(0)));
      StoreStatus status = storage.status(NOW);
      assertEquals(made.size(), status.liveEntries());
      assertEquals(Long.toString(QUOTA), status.details().get("quota"));
      for (String key : made) {
        assertEquals(CommitResult.APPLIED, delete(storage, key));
      }
      assertCode(ErrorCode.STORE_FULL, () -> createIn(storage, "small", 1));
      storage.compact(NOW);
      assertEquals(CommitResult.APPLIED, createIn(storage, "small", 1));
    }
  }

  /** The write that uses the quota up takes place, though etcd answers that there is no space. */
  @Test
  void ofManyWhoUseTheQuotaUpEachIsToldTheTruth() throws Exception {
    try (TestCluster cluster = TestCluster.start(1, "--quota-backend-bytes=" + QUOTA);
        EtcdStorage storage = EtcdStorage.open(cluster.options("ns"))) {
      for (int round = 0; round < 4; round++) {
        Set<Key> acknowledged = fill(storage, round);
        assertEquals(acknowledged, keys(storage), "in round " + round);
        for (Key key : acknowledged) {
          storage.commit(List.of(Mutation.delete(key)), NOW);
        }
        storage.compact(NOW);
      }
    }
  }

  /** Sixteen threads create entries until each is told that there is no space; what was acknowledged. */
  private static Set<Key> fill(EtcdStorage storage, int round) throws Exception {
    Set<Key> acknowledged = ConcurrentHashMap.newKeySet();
    ExecutorService threads = Executors.newFixedThreadPool(16);
    List<Future<?>> all = new ArrayList<>();
    for (int thread = 0; thread < 16; thread++) {
      String start = "r" + round + "t" + thread + "n";
      all.add(threads.submit(() -> assertCode(ErrorCode.STORE_FULL, () -> {
        for (int i = 0; i < 1_000; i++) {
          Mutation create = large(start + i);
          assertEquals(CommitResult.APPLIED, storage.commit(List.of(create), NOW));
          acknowledged.add(create.key());
        }
      })));
    }
    threads.shutdown();
    for (Future<?> one : all) {
      one.get();
    }
    return acknowledged;
  }

  private static Set<Key> keys(EtcdStorage storage) {
    return Set.copyOf(storage.scanKeys(Fixture.ALL, 10_000, NOW).items());
  }

  @Test
  void aCommitThatIsTooLargeIsRefusedBeforeItIsSent() {
    try (EtcdStorage storage =
        EtcdStorage.open(TestCluster.shared().options(Fixture.newNamespace()))) {
      List<Mutation> keys = IntStream.range(0, 65)
          .mapToObj(i -> Mutation.create(Key.of("k" + i), Fixture.value(i), Entry.NEVER))
          .toList();
      assertCode(ErrorCode.SESSION_TOO_LARGE, () -> storage.commit(keys, NOW));
      assertEquals(CommitResult.APPLIED, storage.commit(keys.subList(0, 64), NOW));
      List<Mutation> bytes =
          IntStream.range(0, 64).mapToObj(i -> large("l" + i)).toList();
      assertEquals(CommitResult.APPLIED, storage.commit(bytes, NOW));
      JsonValue largest = JsonValue.parse("\"" + "x".repeat(JsonValue.MAX_BYTES - 2) + "\"");
      List<Mutation> more = IntStream.range(0, 64)
          .mapToObj(i -> Mutation.put(Key.of("m" + i), largest, Entry.NEVER))
          .toList();
      assertCode(ErrorCode.SESSION_TOO_LARGE, () -> storage.commit(more, NOW));
      assertEquals(128, storage.status(NOW).liveEntries());
    }
  }
}
