package dev.kvstore.etcd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvstore.etcd.testkit.EtcdNode;
import dev.kvstore.etcd.testkit.NodeNetwork;
import dev.kvstore.etcd.testkit.TestCluster;
import java.io.BufferedReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Members and clients that die or stand still while processes write: nothing acknowledged is lost, and no session is half there. */
@Timeout(value = 15, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FailoverTest {

  private interface Disturbance {
    void run(TestCluster cluster) throws Exception;
  }

  @Test
  @Tag("slow")
  void theLeaderDiesUnderTwoProcesses() throws Exception {
    disturb(2, 3, 8, cluster -> {
      Thread.sleep(1_500);
      cluster.leader().kill();
    });
  }

  @Test
  @Tag("slow")
  void clientsAreKilledAmidSessions() throws Exception {
    killClients(4);
  }

  @Test
  @Tag("slow")
  void fiftyClientsAreKilledAmidSessions() throws Exception {
    killClients(50);
  }

  @Test
  @Tag("slow")
  void aFollowerDiesAndComesBack() throws Exception {
    disturb(3, 6, 15, cluster -> {
      Thread.sleep(3_000);
      EtcdNode follower = cluster.follower();
      follower.kill();
      Thread.sleep(5_000);
      follower.start();
    });
  }

  @Test
  @Tag("slow")
  void twoLeadersDieOneAfterTheOther() throws Exception {
    disturb(3, 6, 30, cluster -> {
      for (int i = 0; i < 2; i++) {
        Thread.sleep(3_000);
        EtcdNode leader = cluster.leader();
        leader.kill();
        Thread.sleep(7_000);
        leader.start();
      }
    });
  }

  @Test
  @Tag("slow")
  void theLeaderStandsStill() throws Exception {
    disturb(3, 6, 25, cluster -> {
      Thread.sleep(3_000);
      EtcdNode leader = cluster.leader();
      leader.pause();
      Thread.sleep(10_000);
      leader.resume();
    });
  }

  @Test
  @Tag("slow")
  void allMembersDieAtOnceAndComeBack() throws Exception {
    disturb(3, 6, 25, cluster -> {
      Thread.sleep(3_000);
      cluster.nodes().forEach(EtcdNode::kill);
      Thread.sleep(1_000);
      cluster.nodes().forEach(EtcdNode::start);
    });
  }

  @Test
  @Tag("slow")
  void theLeaderIsCutOff() throws Exception {
    cutOff(10, 30, cluster -> List.of(cluster.leader()));
  }

  @Test
  @Tag("slow")
  void aFollowerIsCutOff() throws Exception {
    cutOff(8, 20, cluster -> List.of(cluster.follower()));
  }

  @Test
  @Tag("slow")
  void allMembersAreCutOffFromEachOtherAndFromClients() throws Exception {
    cutOff(8, 30, TestCluster::nodes);
  }

  @Test
  @Tag("slow")
  void aHistoryOfThreeProcessesWithALeaderKilledIsLinearizable() throws Exception {
    try (TestCluster cluster = TestCluster.start(3)) {
      String location = cluster.location("history");
      List<Process> processes = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        processes.add(StoreChild.start("history", location, "p" + i, "4", "20"));
      }
      try {
        for (Process process : processes) {
          assertEquals("open", StoreChild.linesOf(process).readLine());
        }
        Thread.sleep(5_000);
        EtcdNode leader = cluster.leader();
        leader.kill();
        Thread.sleep(5_000);
        leader.start();
        List<Operation> history = new ArrayList<>();
        for (Process process : processes) {
          BufferedReader lines = StoreChild.linesOf(process);
          lines
              .lines()
              .filter(line -> !line.equals("done"))
              .map(Operation::parse)
              .forEach(history::add);
        }
        assertTrue(history.size() > 500, history.size() + " operations are too few");
        assertEquals(Optional.empty(), LinearizabilityChecker.violation(history));
        System.out.println("history of " + history.size() + " operations");
      } finally {
        processes.forEach(Process::destroyForcibly);
      }
    }
  }

  /** Cuts members off the network for a time, while processes write for {@code seconds}. */
  private static void cutOff(
      int cutSeconds, int seconds, Function<TestCluster, List<EtcdNode>> which) throws Exception {
    try (NodeNetwork network = NodeNetwork.of(3)) {
      disturb(TestCluster.startIn(network), 3, 6, seconds, cluster -> {
        Thread.sleep(3_000);
        List<Integer> places =
            which.apply(cluster).stream().map(cluster.nodes()::indexOf).toList();
        for (int place : places) {
          network.cut(place);
        }
        Thread.sleep(cutSeconds * 1_000L);
        for (int place : places) {
          network.mend(place);
        }
      });
    }
  }

  private static void disturb(int processes, int threads, int seconds, Disturbance disturbance)
      throws Exception {
    disturb(TestCluster.start(3), processes, threads, seconds, disturbance);
  }

  private static void disturb(
      TestCluster started, int processes, int threads, int seconds, Disturbance disturbance)
      throws Exception {
    try (TestCluster cluster = started) {
      Writers writers = new Writers(cluster.location("ns"));
      try {
        for (int i = 0; i < processes; i++) {
          writers.start("p" + i, threads, seconds);
        }
        disturbance.run(cluster);
        System.out.println("sessions: " + writers.verify(cluster));
      } finally {
        writers.killAll();
      }
    }
  }

  private static void killClients(int times) throws Exception {
    TestCluster cluster = TestCluster.shared();
    Random random = new Random();
    Writers writers = new Writers(cluster.location(Fixture.newNamespace()));
    try {
      for (int i = 0; i < times; i++) {
        Process process = writers.start("p" + i, 4, 60);
        int before = writers.told();
        Fixture.await(() -> writers.told() >= before + 4);
        Thread.sleep(random.nextInt((int) Duration.ofSeconds(1).toMillis()));
        // Not by the process itself, which would close the stream that is read here.
        process.toHandle().destroyForcibly();
      }
      System.out.println("sessions: " + writers.verify(cluster));
    } finally {
      writers.killAll();
    }
  }
}
