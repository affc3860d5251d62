package dev.kvstore.etcd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.core.port.StoragePort;
import dev.kvstore.etcd.testkit.EtcdNode;
import dev.kvstore.etcd.testkit.TestCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many threads at few keys, with failures of members: all that they saw can be explained by one store. */
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LinearizabilityTest {

  private static final int THREADS = 4;

  private interface Disturbance {
    void run() throws Exception;
  }

  @Test
  void whileTheLeaderIsKilledAndAnotherPaused() throws Exception {
    try (TestCluster cluster = TestCluster.start(3)) {
      List<StoragePort> clients = clients(cluster, 3);
      List<Operation> history = record(clients, Duration.ofSeconds(9), () -> {
        Thread.sleep(1_000);
        EtcdNode leader = cluster.leader();
        leader.kill();
        Thread.sleep(2_500);
        leader.start();
        EtcdNode next = cluster.leader();
        next.pause();
        Thread.sleep(3_000);
        next.resume();
      });
      assertTrue(history.size() > 200, history.size() + " operations are too few");
      assertEquals(Optional.empty(), LinearizabilityChecker.violation(history));
    }
  }

  /** Shows that the check can fail: an engine that looks first and then writes without a condition. */
  @Test
  void aCreateWithoutComparisonIsFound() throws Exception {
    TestCluster cluster = TestCluster.shared();
    List<StoragePort> clients = new ArrayList<>();
    for (StoragePort client : clients(cluster, 3)) {
      clients.add(new CarelessStorage(client));
    }
    List<Operation> history = record(clients, Duration.ofSeconds(3), () -> {});
    assertTrue(LinearizabilityChecker.violation(history).isPresent(), "the bug was not found");
  }

  private static List<StoragePort> clients(TestCluster cluster, int count) {
    String namespace = Fixture.newNamespace();
    List<StoragePort> clients = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      clients.add(EtcdStorage.open(EtcdOptions.at(cluster.location(namespace))
          .withTimeouts(Duration.ofSeconds(1), Duration.ofSeconds(15))));
    }
    return clients;
  }

  private static List<Operation> record(
      List<StoragePort> clients, Duration duration, Disturbance disturbance) throws Exception {
    long end = System.nanoTime() + duration.toNanos();
    Random seeds = new Random();
    ExecutorService pool = Executors.newFixedThreadPool(clients.size() * THREADS);
    try {
      List<Future<List<Operation>>> parts = new ArrayList<>();
      for (int i = 0; i < clients.size() * THREADS; i++) {
        HistoryRecorder recorder =
            new HistoryRecorder(clients.get(i % clients.size()), "t" + i, seeds.nextLong());
        parts.add(pool.submit(() -> recorder.run(end)));
      }
      disturbance.run();
      List<Operation> history = new ArrayList<>();
      for (Future<List<Operation>> part : parts) {
        history.addAll(part.get());
      }
      return history;
    } finally {
      pool.shutdownNow();
      clients.forEach(StoragePort::close);
    }
  }
}
